"""What the pictures do not show can be read too; no verdict is told by colour alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color
from textual.widgets import Static

from drillbox.domain.course import Course
from drillbox.screen.theme import THEMES
from drillbox.screen.verdict import HEADLINE
from tests import pictures
from tests.screen.conftest import Seat, SitDown
from tests.screen.test_pictures import contrast

SIGNS = ("✓", "✗", "≈", "·")
JUDGED = {"right", "wrong", "close", "unknown"}
TOLD = ["verdict", "exercise", "solved", "verdict-of-run"]
NAMES = [theme.name for theme in THEMES]


def too_faint(seat: Seat) -> list[object]:
    """What is painted below 4.5 : 1."""
    pairs = set(pictures.painted(seat.app))
    assert pairs
    return [pair for pair in pairs if contrast(pair[0], pair[1]) < 4.5]


async def shown_in(seat: Seat, theme: str) -> list[object]:
    seat.app.theme = theme
    await seat.settle()
    return too_faint(seat)


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("severity", ["information", "warning", "error"])
async def test_a_notice_can_be_read(
    sit_down: SitDown, scenes: Course, theme: str, severity: Any
) -> None:
    async with sit_down(scenes, size=(40, 15)) as seat:
        seat.app._disable_notifications = False  # a test's app shows none
        await seat.press("r")  # from this screen on
        seat.app.notify("Something was said", severity=severity)
        assert await shown_in(seat, theme) == []
        assert "Something was" in seat.text


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize(
    "keys", [["ctrl+p"], ["ctrl+p", "t", "h", "e"], ["f1"], ["p", "escape"]]
)
async def test_what_lies_over_a_screen_can_be_read(
    sit_down: SitDown, scenes: Course, theme: str, keys: list[str]
) -> None:
    async with sit_down(scenes, size=(40, 15)) as seat:
        await seat.press(*keys)
        assert await shown_in(seat, theme) == []


@pytest.mark.parametrize("theme", NAMES)
async def test_every_kind_of_card_and_its_verdict_can_be_read(
    sit_down: SitDown, kinds: Course, theme: str
) -> None:
    async with sit_down(kinds, size=(40, 15)) as seat:
        for drop in range(1, 9):
            seat.app.start_practice(drop)
            await seat.settle()
            await seat.press("down")
            assert await shown_in(seat, theme) == [], drop
            for name in ("AskScreen", "ToldScreen"):
                if seat.shown == name == "AskScreen":
                    await seat.answer(well=False)
                assert await shown_in(seat, theme) == [], drop
            seat.app.screen.sitting._end()
            await seat.settle()


@pytest.mark.parametrize("theme", NAMES)
async def test_the_edit_box_can_be_read(
    sit_down: SitDown, scenes: Course, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    async with sit_down(scenes) as seat:
        seat.app.open_exercise("dpo-loss")
        await seat.settle()
        await seat.press("e", "down", "shift+down", "shift+down")
        assert seat.shown == "EditBox"
        assert await shown_in(seat, theme) == []


def judged(seat_or_app: Any) -> Iterator[Any]:
    """The widgets that a verdict colours."""
    for widget in seat_or_app.screen.walk_children():
        if widget.display and JUDGED & set(widget.classes):
            yield widget


def text_of(widget: Any) -> str:
    """All it says."""
    parts = [widget] if isinstance(widget, Static) else widget.query(Static)
    return " ".join(str(part.content) for part in parts).strip()


@pytest.mark.parametrize("name", TOLD)
async def test_every_verdict_has_its_sign(tmp_path: Path, name: str) -> None:
    course = pictures.course_of(tmp_path / "course")
    async with pictures.stage(tmp_path / "home", course, 80) as (app, hand):
        await pictures.SCENES[name](app, hand)
        texts = [text_of(widget) for widget in judged(app)]
        assert texts
        assert [text for text in texts if not text.startswith(SIGNS)] == []


@pytest.mark.parametrize("name", TOLD)
async def test_nothing_but_a_verdict_is_green_or_red(tmp_path: Path, name: str) -> None:
    course = pictures.course_of(tmp_path / "course")
    async with pictures.stage(tmp_path / "home", course, 80) as (app, hand):
        await pictures.SCENES[name](app, hand)
        theme = app.current_theme
        told = {Color.parse(c) for c in (theme.success, theme.error) if c}
        coloured = {
            w for w in app.screen.walk_children(Static) if w.styles.color in told
        }
        allowed = {w for one in judged(app) for w in one.walk_children(with_self=True)}
        assert coloured - allowed == set()


def test_the_headline_of_every_outcome_says_it_in_words_and_by_a_sign() -> None:
    graded = {key: text for key, text in HEADLINE.items() if key != "ungraded"}
    assert set(graded) == JUDGED
    assert all(text.startswith(SIGNS) for text in graded.values())
    assert len({text[0] for text in graded.values()}) == len(graded)


async def test_without_colour_a_verdict_is_the_same_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    course = pictures.course_of(tmp_path / "course")
    async with pictures.stage(tmp_path / "home", course, 80) as (app, hand):
        await pictures.SCENES["verdict"](app, hand)
        shown = "\n".join(pictures.lines(app)) + "\n"
        grey = {
            front[0] == front[1] == front[2] for front, _, _ in pictures.painted(app)
        }
    kept = pictures.path_of("verdict", 80).read_text(encoding="utf-8")
    assert shown == kept
    assert "✗ Wrong" in shown
    assert grey == {True}
