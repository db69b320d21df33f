"""Tab completes verbs, and the names that a verb takes, in the shells that are here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from drillbox.cli.complete import cards
from drillbox.cli.completion import SHELLS, command
from drillbox.cli.shell import run

PROGRAM = Path(sys.executable).with_name("drillbox")


def completed(home: Path, line: str, shell: str = "bash") -> list[str]:
    """What is offered for the last word of a line, as `shell` asks for it."""
    words = line.split(" ")
    env = {**os.environ, "DRILLBOX_HOME": str(home), "COMP_WORDS": line}
    env |= {
        "COMP_CWORD": str(len(words) - 1),
        "_DRILLBOX_COMPLETE": f"{shell}_complete",
    }
    if shell == "fish":  # which hands over the word itself
        env["COMP_CWORD"] = words[-1]
    done = subprocess.run(
        [PROGRAM], env=env, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("drillbox rev", "review"),
        ("drillbox check dpo-lo", "dpo-loss"),
        ("drillbox exercise start dpo-lo", "dpo-loss"),
        ("drillbox exercise give-up dpo-lo", "dpo-loss"),
        ("drillbox lab run three", "three-pairs"),
        ("drillbox lab run tab", "tabular"),
        ("drillbox explain dpo-loss-of", "dpo-loss-of-one-pair"),
        ("drillbox review --drop 1", "14"),
    ],
)
def test_a_name_is_completed(home: Path, line: str, offered: str) -> None:
    lines = completed(home, line)
    assert f"plain,{offered}" in lines
    last = line.split(" ")[-1]
    assert all(found.startswith(f"plain,{last}") for found in lines)
    assert not home.exists() or not (home / "history.db").exists()


@pytest.mark.parametrize(
    ("shell", "line"),
    [("zsh", ["plain", "dpo-loss", "_"]), ("fish", ["plain,dpo-loss"])],
)
def test_the_other_shells_ask_in_their_own_way(
    home: Path, shell: str, line: list[str]
) -> None:
    found = completed(home, "drillbox check dpo-loss", shell)
    assert found[: len(line)] == line


def test_a_course_that_cannot_be_used_completes_nothing(
    home: Path, tmp_path: Path
) -> None:
    import click

    context = click.Context(command)
    context.params["course"] = str(tmp_path / "none")
    assert cards(context, command.params[0], "") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_lines(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert f"_DRILLBOX_COMPLETE={shell}_complete" in out


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_takes_them(home: Path, shell: str) -> None:
    """Where the shell is here: its own syntax check, and in bash the completion."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    made = subprocess.run(
        [PROGRAM, "completion", shell], capture_output=True, text=True, check=True
    )
    subprocess.run([shell, "-n"], input=made.stdout, text=True, check=True)
    if shell != "bash":
        return
    ask = "COMP_WORDS=(drillbox check dpo-lo); COMP_CWORD=2; "
    ask += '_drillbox_completion drillbox; printf "%s\\n" "${COMPREPLY[@]}"'
    env = {**os.environ, "DRILLBOX_HOME": str(home)}
    env["PATH"] = f"{PROGRAM.parent}:{env['PATH']}"
    told = subprocess.run(
        ["bash", "--norc", "-c", f"{made.stdout}\n{ask}"],
        capture_output=True,
        text=True,
        env=env,
        check=True,
    )
    assert "dpo-loss" in told.stdout.split()


def test_another_shell_is_refused_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["completion", "tcsh"]) == 2
    assert "'bash', 'zsh', 'fish'" in capsys.readouterr().err
