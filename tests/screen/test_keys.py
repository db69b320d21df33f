"""Every key that a screen shows does something; Esc leaves whatever is transient."""

from collections.abc import AsyncIterator, Iterator, Sequence
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
BACK = {"move": "up", "turn": "pageup", "say": "backspace"}  # to where it was
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


async def as_before(
    app: DrillApp, hand: pictures.Hand, binding: Binding, before: Sequence[object]
) -> bool:
    """Is everything as it was, once what this key has led to is left?"""
    if app.return_code is None and list(state(app)) != before:
        elsewhere = app.screen is not before[1]
        action = binding.action.partition("(")[0]
        key = "escape" if elsewhere else BACK.get(action)
        await pictures.press(app, hand, *([key] if key else []))
    return list(state(app)) == before


def in_their_order(app: DrillApp) -> bool:
    """Does the line of keys show each of them, the next right one first?"""
    line = " ".join(str(app.screen.query_one(Keys).content).split())
    places = [line.find(f" {key.description}") for key in keys_of(app)]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("name", SHOWN)
async def test_each_key_that_is_shown_does_something_and_stands_in_its_place(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for editor in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(editor, raising=False)
    monkeypatch.chdir(tmp_path)  # where a figure is saved
    ahead: list[Binding] | None = None
    while ahead or ahead is None:
        home = tmp_path / str(len(ahead or ()))
        async with at(name, home) as (app, hand):
            if ahead is None:
                ahead = keys_of(app)
                assert ahead and in_their_order(app)
            before = list(state(app))
            again = True  # a scene takes long to set up: one serves while it is itself
            while ahead and again:
                binding = ahead.pop()
                await until_changed(app, hand, binding, before)
                if (name, binding.action) not in LOOKS_THE_SAME:
                    said = binding.key, binding.description
                    assert list(state(app)) != before, said
                again = await as_before(app, hand, binding, before)


async def until_changed(
    app: DrillApp, hand: pictures.Hand, binding: Binding, before: Sequence[object]
) -> None:
    """Press a key of this binding, and the next only if nothing has changed."""
    for key in pressed(binding):
        await pictures.press(app, hand, key)
        if list(state(app)) != before:
            return


async def test_the_line_of_keys_is_not_written_where_the_keys_stay_the_same(
    tmp_path: Path,
) -> None:
    async with at("choice", tmp_path) as (app, hand):
        with patch.object(Keys, "update") as update:
            await pictures.press(app, hand, "down", "up")
        assert not update.called


@pytest.mark.parametrize("name", LEFT_BY_ESCAPE)
async def test_escape_leaves_what_is_transient_and_nothing_else(
    tmp_path: Path, name: str
) -> None:
    async with at(name, tmp_path) as (app, hand):
        await pictures.press(app, hand, "escape")
        assert app.return_code is None
        assert type(app.screen).__name__ == LEFT_BY_ESCAPE[name]
