"""The documents are true: every verb is there, and has help with examples."""

import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from importlib import metadata
from io import StringIO
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from drillbox.cli import VERBS, app
from drillbox.cli.shell import run

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_stands_in_the_readme(verb: str) -> None:
    assert f"`drillbox {verb}`" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_examples(verb: str) -> None:
    context = click.Context(app, info_name="drillbox")
    command = app.get_command(context, verb)
    assert command is not None
    text = command.get_help(click.Context(command, context, info_name=verb))
    assert "Examples:" in text and f"drillbox {verb}" in text


def test_the_readme_names_no_verb_that_is_not_there() -> None:
    text = (ROOT / "README.md").read_text()
    named = set(re.findall(r"^drillbox ([a-z]+)", text, re.MULTILINE))
    assert named and named <= set(VERBS)


def test_everything_the_makefile_installs_is_pinned() -> None:
    """By name; `make drill` would otherwise give another program every day."""
    pins = re.findall(
        r"^([\w.-]+)==[\w.+-]+$", (ROOT / "constraints.txt").read_text(), re.MULTILINE
    )
    pinned = {canonical(name) for name in pins}
    asked = ["drillbox", *(ROOT / "requirements-dev.txt").read_text().split()]
    seen: set[str] = set()
    while asked:
        name = canonical(asked.pop())
        if name not in seen:
            seen.add(name)
            asked += needs(name)
    assert {"torch", "textual", "setuptools"} < seen
    assert seen - pinned == {"drillbox", "pip"}  # each venv brings its own pip


def canonical(name: str) -> str:
    """A distribution's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needs(name: str) -> list[str]:
    """What an installed distribution needs here, without extras."""
    found = map(Requirement, metadata.requires(name) or ())
    return [one.name for one in found if not one.marker or one.marker.evaluate()]


def test_every_path_in_architecture_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    paths = set(re.findall(r"`((?:[a-z0-9_]+/)+(?:[a-z0-9_]+\.[a-z]+)?)`", text))
    assert len(paths) > 20
    missing = [
        path
        for path in sorted(paths)
        if not (ROOT / "drillbox" / path).exists() and not (ROOT / path).exists()
    ]
    assert missing == []


def test_no_file_has_grown_beyond_one_room() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "drillbox").rglob("*.py")
        if (count := len(path.read_text().splitlines())) > 420
    }
    assert long == {}


# --- docs/authoring.md, followed to the letter ---------------------------------------

AUTHORING = ROOT / "docs" / "authoring.md"
_BLOCK = re.compile(
    r"(?:^(?P<path>`[^`\n]+`):\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
FAILING = "wrong/divided-by-count.py"  # the command that shows a failed check
PROOF = "drillbox lint averages/exercises/mean-square"  # the second finds a gap


def steps() -> Iterator[tuple[str, str]]:
    """Each step of the page: a path and its text, or "" and a command."""
    for block in _BLOCK.finditer(AUTHORING.read_text(encoding="utf-8")):
        if block["kind"] == "sh":
            yield from (("", line) for line in block["text"].splitlines())
        else:
            yield (block["path"] or "").strip("`"), block["text"]


def name_in_drop(text: str) -> None:
    """The one edit that the page describes in words."""
    drop = Path("averages/drops/02-variance.yaml")
    lines = drop.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = [k for k, line in enumerate(lines) if "exercises: [an-ex" in line]
    lines[place] = text
    drop.write_text("".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def followed(
    tmp_path_factory: pytest.TempPathFactory, one_crew: None
) -> dict[str, list[str]]:
    """What every command of the page says, in a directory where there is nothing."""
    said: dict[str, list[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        directory = tmp_path_factory.mktemp("authoring")
        patch.chdir(directory)
        patch.setenv("DRILLBOX_HOME", str(directory / "home"))
        for path, text in steps():
            if path:
                Path(path).write_text(text, encoding="utf-8")
            elif text.startswith("drillbox "):
                before = said.setdefault(text, [])
                gap = text == PROOF and len(before) == 1
                before.append(answer(text, int(gap or FAILING in text)))
            else:
                name_in_drop(text)
    return said


def answer(command: str, expected: int) -> str:
    """What a command says; it exits with the code that is expected."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = run(shlex.split(command)[1:])
    assert code == expected, f"{command}\n{out.getvalue()}"
    return out.getvalue()


def test_the_page_for_authors_ends_with_a_graded_exercise(
    followed: dict[str, list[str]],
) -> None:
    check = "drillbox check mean-square averages/exercises/mean-square"
    assert "passed" in followed[f"{check}/reference.py"][0]
    failed = followed[f"{check}/{FAILING}"][0]
    message = "The sum is divided by the number of entries, not by the sum of the"
    assert "consistent with" in failed and message in " ".join(failed.split())


def test_the_lints_of_the_page_find_what_it_says(
    followed: dict[str, list[str]],
) -> None:
    proofs = followed[PROOF]
    assert len(proofs) == 3
    (shown,) = re.findall(r"^averages/.*:1:1: .*", AUTHORING.read_text(), re.MULTILINE)
    assert shown in proofs[1]
    for said in (proofs[0], proofs[2]):
        assert "mean-square: proved; " in said and "none unnoticed" in said
    whole = followed["drillbox lint averages"]
    assert whole[0] == "1 drop, 3 cards, no problems\n"
    assert whole[1].endswith("2 drops, 7 cards, no problems\n")


def test_every_verb_that_authors_need_stands_on_their_page() -> None:
    commands = [text for path, text in steps() if text.startswith("drillbox ")]
    verbs = {shlex.split(command)[1] for command in commands}
    assert {"new", "lint", "preview", "schema", "add", "exercise", "check"} <= verbs
    loose = re.findall(r"^ *\$? *drillbox .*", AUTHORING.read_text(), re.MULTILINE)
    assert sorted(line.strip() for line in loose) == sorted(commands)
