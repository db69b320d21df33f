"""Light or dark is asked once, and kept without touching what a person wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest

from drillbox import places
from drillbox.domain.course import Course
from drillbox.domain.settings import Settings
from drillbox.domain.studyday import Moment
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.library.settings import read_settings
from drillbox.screen import taste
from drillbox.screen.app import DrillApp, Wish
from tests.screen.conftest import Seat, SitDown
from tests.screen.test_pty import DEADLINE_S, Terminal

MINE = "minutes: 7  # five are too few\ntheme: dark\n"


def written(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    path = home / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_who_never_chose_is_asked(home: Path) -> None:
    assert taste.never_asked()
    assert taste.chosen() is None


@pytest.mark.parametrize("kept", ["settings.yaml", "theme", "history.db"])
def test_who_was_here_before_is_not_asked(home: Path, kept: str) -> None:
    home.mkdir()
    (home / kept).write_bytes(b"")
    assert not taste.never_asked()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_settings_the_choice_is_written_there(home: Path, theme: str) -> None:
    for before in ("dark", "light", theme):
        taste.remember(before)
    assert taste.chosen() == theme
    assert read_settings(places.settings()).theme == theme
    assert [path.name for path in home.iterdir()] == ["settings.yaml"]


@pytest.mark.parametrize("text", [MINE, "", "# only a remark\n", "minutes: ["])
def test_settings_of_a_person_are_never_written(home: Path, text: str) -> None:
    path = written(home, text)
    taste.remember("light")
    assert path.read_text(encoding="utf-8") == text
    assert taste.chosen() == "light"


def test_what_the_settings_say_later_holds(home: Path) -> None:
    path = written(home, MINE)
    taste.remember("light")
    path.write_text("theme: light\n", encoding="utf-8")
    path.write_text("theme: light\nminutes: 5\n", encoding="utf-8")
    assert taste.chosen() == "light"
    taste.remember("dark")
    path.write_text("minutes: 5\ntheme: 'light'\n", encoding="utf-8")
    assert taste.chosen() == "dark"
    path.write_text("minutes: 5\n", encoding="utf-8")
    assert taste.chosen() is None


def test_a_spoiled_file_says_nothing(home: Path) -> None:
    written(home, MINE)
    (home / "theme").write_bytes(b"\xff\xfe instead of nothing")
    assert taste.chosen() == "dark"


def test_what_cannot_be_written_is_one_sentence(home: Path) -> None:
    home.write_text("a file where the home should be")
    with pytest.raises(DrillboxError, match="cannot be"):
        taste.remember("light")


@pytest.mark.parametrize(
    ("key", "theme"),
    [("l", "light"), ("d", "dark"), ("enter", "dark"), ("escape", "dark")],
)
async def test_one_key_answers_and_the_next_starts(
    home: Path, clock: Callable[[], Moment], scenes: Course, key: str, theme: str
) -> None:
    app = DrillApp(
        Wish(),
        lambda _: (Settings(), scenes),
        lambda: Log.open(places.home(), clock),
        first=True,
    )
    async with app.run_test(size=(40, 15)) as hand:
        seat = Seat(app, hand)
        await seat.settle()
        assert seat.shown == "FirstScreen"
        assert "Light or dark?" in seat.text
        await seat.press("ctrl+p", key)
        assert seat.shown == "HomeScreen"
        assert app.theme == f"drillbox-{theme}"
        assert taste.chosen() == theme
        assert not taste.never_asked()
        await seat.press("enter")
        assert seat.shown == "ReadScreen"


async def test_after_the_question_a_card_is_one_key_away_and_home_says_which(
    home: Path, clock: Callable[[], Moment], scenes: Course
) -> None:
    app = DrillApp(
        Wish(),
        lambda _: (Settings(), scenes),
        lambda: Log.open(places.home(), clock),
        first=True,
    )
    async with app.run_test(size=(40, 15)) as hand:
        seat = Seat(app, hand)
        await seat.settle()
        await seat.press("l")
        assert "p try a card first" in seat.text
        assert "p practise" in seat.keys
        await seat.press("p")
        assert seat.shown == "AskScreen"
        assert "The first DPO step prints a loss" in seat.text
        await seat.press("1")
        assert seat.shown == "ToldScreen"
        assert seat.events("answer")[0].practice


async def test_once_a_drop_was_read_home_names_one_thing_to_do(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes) as seat:
        assert "p try a card first" in seat.text
        await seat.press("enter")
        await seat.read()
        await seat.press("q")
        assert seat.shown == "HomeScreen"
        assert "start today's session" in seat.text
        assert "try a card" not in seat.text


async def test_ctrl_t_is_remembered(
    home: Path, sit_down: SitDown, scenes: Course
) -> None:
    written(home, MINE)
    async with sit_down(scenes) as seat:
        await seat.press("ctrl+t")
        assert seat.app.theme == "drillbox-light"
    async with sit_down(scenes) as seat:
        assert seat.app.theme == "drillbox-light"


def test_the_installed_program_asks_once(home: Path) -> None:
    for wait_for in ("Light or dark?", "start today's session"):
        terminal = Terminal(home)
        try:
            terminal.read_until(wait_for)
            terminal.press(b"l" if "?" in wait_for else b"q")
            terminal.read_until("start today's session")
            asked = b"Light or dark?" in terminal.seen
            assert asked is ("?" in wait_for)
            terminal.press(b"\x11")
            assert terminal.process.wait(DEADLINE_S) == 0
        finally:
            terminal.close()
    assert read_settings(places.settings()).theme == "light"
