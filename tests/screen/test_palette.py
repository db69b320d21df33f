"""The palette: every verb that makes sense, every drop, exercise and run, by name."""

import pytest

from drillbox.domain.course import Course
from drillbox.screen.palette import Commands
from tests.screen.conftest import Seat, SitDown

LAST = "No matches found"


def offered(seat: Seat) -> list[str]:
    """The names of what the palette would offer on the screen that is seen."""
    return [command.name for command in Commands(seat.screen).every()]


async def choose(seat: Seat, name: str) -> None:
    """Open the palette, type a name, take the first that is found."""
    await seat.press("ctrl+p", *name.replace(" ", ""), "enter")


@pytest.mark.parametrize("key", ["ctrl+p", "f2"])
async def test_a_key_opens_it_and_escape_leaves_it(
    sit_down: SitDown, scenes: Course, key: str
) -> None:
    async with sit_down(scenes) as seat:
        await seat.press(key)
        assert seat.shown == "Palette"
        await seat.press(key)
        assert seat.shown == "Palette", "opened twice"
        await seat.press("escape")
        assert seat.shown == "HomeScreen"


async def test_everything_in_the_course_is_found(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes) as seat:
        names = offered(seat)
        assert {
            "start (⏎)",
            "keys (f1)",
            "quit (q)",
            "theme: light (ctrl+t)",
            "read drop 1: The loss is a log-sigmoid of a margin",
            "practise drop 1: The loss is a log-sigmoid of a margin",
            "exercise dpo-loss",
            "run three-pairs",
        } <= set(names)
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("read drop 1", "RereadScreen"),
        ("practise drop 1", "AskScreen"),
        ("start", "ReadScreen"),
        ("exercise dpo-loss", "ExerciseScreen"),
        ("run three-pairs", "RunScreen"),
        ("keys", "HelpScreen"),
    ],
)
async def test_what_is_chosen_is_done(
    sit_down: SitDown, scenes: Course, typed: str, shown: str
) -> None:
    async with sit_down(scenes) as seat:
        await choose(seat, typed)
        assert seat.shown == shown


async def test_the_theme_changes_by_its_name(sit_down: SitDown, scenes: Course) -> None:
    async with sit_down(scenes) as seat:
        await choose(seat, "theme light")
        assert seat.app.theme == "drillbox-light"
        assert "theme: dark (ctrl+t)" in offered(seat)


async def test_a_session_is_not_started_within_a_session(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes) as seat:
        await seat.press("enter")
        await seat.read()
        names = offered(seat)
        assert "hint (h)" in names and "exercise dpo-loss" in names
        assert not [name for name in names if name.startswith(("practise", "start"))]


async def test_from_an_exercise_or_a_run_the_next_is_opened_in_its_place(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes) as seat:
        await choose(seat, "exercise dpo-loss")
        first = seat.screen
        await choose(seat, "exercise dpo-loss")
        assert seat.shown == "ExerciseScreen" and seat.screen is not first
        assert first not in seat.app.screen_stack
        await choose(seat, "run three-pairs")
        assert seat.shown == "RunScreen"
        await choose(seat, "exercise dpo-loss")
        assert seat.shown == "ExerciseScreen" and len(seat.app.screen_stack) == 3


async def test_an_exercise_with_something_unsaved_stays(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes) as seat:
        await choose(seat, "exercise dpo-loss")
        first = seat.screen
        first.draft = "def"
        await choose(seat, "exercise dpo-loss")
        assert seat.screen is first
        while "not saved" not in seat.text:  # the screen below is painted again
            await seat.hand.pause(0.05)


async def test_forty_by_fifteen_is_enough(sit_down: SitDown, scenes: Course) -> None:
    async with sit_down(scenes, size=(40, 15)) as seat:
        await seat.press("ctrl+p", *"readdrop")
        assert "read drop 1: The loss is a" in seat.text
        assert max(map(len, seat.lines)) <= 40


async def test_what_is_not_there_is_said(sit_down: SitDown, scenes: Course) -> None:
    async with sit_down(scenes) as seat:
        await seat.press("ctrl+p", *"zzzz")
        while LAST not in seat.text:  # Textual says so after half a second
            await seat.hand.pause(0.05)
        await seat.press("enter")
        assert seat.shown == "Palette"


async def test_the_mouse_is_given_back_and_taken_again(
    sit_down: SitDown, scenes: Course
) -> None:
    told: list[bool] = []
    async with sit_down(scenes) as seat:
        assert not [name for name in offered(seat) if "mouse" in name]
        seat.app._driver.report_mouse = told.append  # as the driver of a terminal has
        for words in ("give the mouse back to the terminal", "take the mouse again"):
            assert words in offered(seat)
            await choose(seat, words)
    assert told == [False, True]
