"""One call of the program, whatever it is given: a sentence, never a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from drillbox.cli.shell import run

SMALL = Path(__file__).parents[1] / "courses" / "small"
Done = subprocess.CompletedProcess[str]


def drillbox(home: Path, *words: str, **env: str) -> Done:
    """One call without a terminal and without input."""
    return subprocess.run(
        [sys.executable, "-m", "drillbox", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, "DRILLBOX_HOME": str(home), **env},
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["reveiw"], "No such command 'reveiw'. Did you mean 'review'?"),
        (["exercises"], "No such command 'exercises'. Did you mean 'exercise'?"),
        (["xyzzy"], "No such command 'xyzzy'.\n"),
        (["lint", ""], "the path of the course is empty; give the directory of"),
        (["review", "--course", ""], "the path of the course is empty; give the"),
    ],
)
def test_what_was_mistyped_is_said(home: Path, words: list[str], sentence: str) -> None:
    done = drillbox(home, *words)
    assert done.returncode == 2 and sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_help_says_of_every_verb_a_whole_sentence(home: Path) -> None:
    shown = drillbox(home, "--help").stdout
    assert "..." not in shown.partition("Commands:")[2] and "  where " in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_course_that_was_added_is_known_by_its_id(home: Path) -> None:
    shutil.copytree(SMALL, home / "courses" / "small")
    for words in (["lint", "small"], ["review", "--plain", "--course", "small"]):
        assert drillbox(home, *words).returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("verb", ["where", "lint", "--help"])
def test_output_that_cannot_be_written_is_one_sentence(home: Path, verb: str) -> None:
    words = [verb, str(SMALL)] if verb == "lint" else [verb]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "drillbox", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "DRILLBOX_HOME": str(home)},
        )
    assert done.returncode == 2
    assert done.stderr == "drillbox: No space left on device\n"


def test_what_the_terminal_cannot_show_is_named(home: Path, tmp_path: Path) -> None:
    course = Path(shutil.copytree(SMALL, tmp_path / "course"))
    drop = course / "drops" / "01-first.yaml"
    drop.write_text(drop.read_text().replace("kind: recall", "kind: βecall"))
    done = drillbox(home, "lint", str(course), PYTHONIOENCODING="latin-1")
    assert done.returncode == 1 and "GREEK SMALL LETTER BETA" in done.stdout


def test_without_a_verb_the_exit_code_is_the_sessions(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drillbox.cli.review._plain", lambda *_: 2)
    assert run([]) == run(["review", "--plain"]) == 2
