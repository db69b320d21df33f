"""Every key that a screen shows does something; Esc leaves whatever is transient."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.binding import Binding

from drillbox.screen.app import DrillApp
from drillbox.screen.keys import Keys
from drillbox.screen.rows import NUMBERS
from tests import pictures

SHOWN = [
    "home",
    "reading",
    "choice",
    "verdict",
    "exercise",
    "solved",
    "diff",
    "predicting",
    "verdict-of-run",
    "end",
    "statistics-empty",
    "questions",
    "answer",
    "courses",
    "keys",
    "note",
    "first",
]
LOOKS_THE_SAME = {  # as before: the same file is graded, the same records come
    ("exercise", "grade"),
    ("verdict-of-run", "again"),
}
LEFT_BY_ESCAPE = {
    "exercise": "HomeScreen",
    "solved": "HomeScreen",
    "diff": "ExerciseScreen",
    "predicting": "HomeScreen",
    "verdict-of-run": "HomeScreen",
    "end": "HomeScreen",
    "statistics-empty": "HomeScreen",
    "questions": "HomeScreen",
    "answer": "QuestionsScreen",
    "courses": "HomeScreen",
    "keys": "AskScreen",
    "note": "AskScreen",
    "first": "HomeScreen",
    "commands": "HomeScreen",
    "home": "HomeScreen",
    "reading": "ReadScreen",
    "choice": "AskScreen",
    "verdict": "ToldScreen",
}


@asynccontextmanager
async def at(name: str, home: Path) -> AsyncIterator[tuple[DrillApp, pictures.Hand]]:
    """The app at a scene; an exercise that is opened from it has no real grader."""
    course = pictures.shown(name, home / "course")
    if name == "courses":
        pictures.add(home)
    no_torch = patch(
        "drillbox.screen.exercise.Grader", lambda **_: pictures.FakeGrader()
    )
    async with pictures.stage(home, course, 80) as (app, hand):
        with no_torch:
            await pictures.SCENES[name](app, hand)
            yield app, hand


def keys_of(app: DrillApp) -> list[Binding]:
    """The keys in the line of keys, each action once."""
    found: dict[str, Binding] = {}
    for _, binding, enabled, _ in app.screen.active_bindings.values():
        if binding.show and enabled:
            found.setdefault(binding.action, binding)
    return list(found.values())


def pressed(binding: Binding) -> tuple[str, ...]:
    """What a learner presses for it; of the arrows, the one that has a way to go."""
    if binding.key.startswith(NUMBERS):
        return ("1",)
    return ("down", "up") if binding.key_display == "↑↓" else (binding.key,)


def state(app: DrillApp) -> Iterator[Any]:
    """Whatever a key may change."""
    yield app.return_code
    if app.return_code is None:
        yield app.screen
        yield pictures.lines(app)
        yield app.screen.focused
        yield [notice.message for notice in app._notifications]
        yield app.log_of_answers and len(list(app.log_of_answers.events()))


@pytest.mark.parametrize("name", SHOWN)
async def test_each_key_that_is_shown_does_something(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for editor in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(editor, raising=False)
    monkeypatch.chdir(tmp_path)  # where a figure is saved
    async with at(name, tmp_path / "0") as (app, _):
        bindings = keys_of(app)
        assert bindings
    for number, binding in enumerate(bindings, 1):
        async with at(name, tmp_path / str(number)) as (app, hand):
            before = list(state(app))
            for key in pressed(binding):
                await pictures.press(app, hand, key)
                if list(state(app)) != before:
                    break
            if (name, binding.action) not in LOOKS_THE_SAME:
                assert list(state(app)) != before, (binding.key, binding.description)


@pytest.mark.parametrize("name", SHOWN)
async def test_the_line_of_keys_shows_them_in_that_order(
    tmp_path: Path, name: str
) -> None:
    async with at(name, tmp_path) as (app, _):
        line = " ".join(str(app.screen.query_one(Keys).content).split())
        places = [line.find(f" {key.description}") for key in keys_of(app)]
        assert -1 not in places and places == sorted(places)


@pytest.mark.parametrize("name", LEFT_BY_ESCAPE)
async def test_escape_leaves_what_is_transient_and_nothing_else(
    tmp_path: Path, name: str
) -> None:
    async with at(name, tmp_path) as (app, hand):
        await pictures.press(app, hand, "escape")
        assert app.return_code is None
        assert type(app.screen).__name__ == LEFT_BY_ESCAPE[name]
