"""`characters: ascii`: nothing is drawn that a plain font lacks; letters stay."""

from collections.abc import Iterator
from typing import Any

import pytest
from rich.segment import Segment
from textual.color import Color

from drillbox.domain.mathtext.widths import width
from drillbox.lab.begin import find
from drillbox.lab.document import shipped
from drillbox.screen.app import Wish
from drillbox.screen.characters import TABLE, Ascii
from drillbox.screen.lab_run import LabRunScreen
from tests import pictures

DRAWN = [  # arrows, signs of keys, lines, blocks, shapes, marks, braille
    *(range(0x2190, 0x2200), range(0x23CE, 0x23CF), range(0x2500, 0x2600)),
    *(range(0x2700, 0x27C0), range(0x2800, 0x2900), range(0x1F300, 0x1FB00)),
]


def drawn(lines: list[str]) -> set[str]:
    """What is on the screen of these."""
    every = set("".join(lines))
    return {sign for sign in every if any(ord(sign) in some for some in DRAWN)}


def replayed(run: Any) -> Iterator[dict[str, Any]]:
    yield from shipped(run.id)
    yield {"type": "end", "seconds": 1.0}


@pytest.mark.parametrize(
    "keys", [[], ["enter"], ["t"], ["f1"], ["ctrl+p"], ["r"], ["p", "1"]], ids=str
)
async def test_no_screen_draws_with_what_a_plain_font_lacks(
    sit_down, scenes, keys: list[str]
) -> None:
    async with sit_down(scenes, characters="ascii") as seat:
        await seat.press(*keys)
        assert drawn(seat.lines) == set()


async def test_without_the_setting_signs_are_drawn_and_enter_is_one(
    sit_down, scenes
) -> None:
    async with sit_down(scenes) as seat:
        assert {"→", "⏎", "↑"} <= drawn(seat.lines)
        assert "⏎ start" in seat.keys
    async with sit_down(scenes, characters="ascii") as seat:
        assert "enter start" in seat.keys


async def test_letters_of_formulas_and_words_stay(sit_down, scenes) -> None:
    async with sit_down(scenes, Wish(drop=1), characters="ascii") as seat:
        seat.screen.answer({"options": [1]})
        await seat.settle()
        assert "x Wrong" in seat.text and "β" in seat.text


@pytest.mark.parametrize(
    ("wish", "term", "plain"),
    [
        ("ascii", "xterm", True),
        ("unicode", "linux", False),
        (None, "linux", True),
        (None, "xterm", False),
    ],
)
async def test_the_settings_come_before_the_name_of_the_terminal(
    sit_down, scenes, monkeypatch, wish: str | None, term: str, plain: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    async with sit_down(scenes, size=(80, 40), characters=wish) as seat:
        run = find("tabular")
        assert run is not None
        screen = LabRunScreen(run, *seat.app.opened(), replayed)
        screen.judge = lambda: None  # type: ignore[method-assign]
        await seat.app.push_screen(screen)
        await seat.settle()
        screen.action_again()
        await seat.settle()
        await pictures.draw(seat.app, seat.hand)
        curves = [line for line in seat.lines if "0.0" in line]
        assert curves
        assert any("⠀" < sign <= "⣿" for sign in "".join(seat.lines)) is not plain


def test_every_sign_keeps_its_width() -> None:
    for sign, plain in TABLE.items():
        assert plain.isascii() and width(plain) == width(chr(sign)), hex(sign)


def test_colours_stay() -> None:
    segments = [Segment("✓ β", None), Segment("plain", None)]
    painted = Ascii().apply(segments, Color.parse("black"))
    assert [segment.text for segment in painted] == ["v β", "plain"]
    assert painted[1] is segments[1]
