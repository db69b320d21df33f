"""The documents are true: every verb is there, and has help with examples."""

import re
from importlib import metadata
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from drillbox.cli import VERBS, app

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
