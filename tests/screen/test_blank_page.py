"""A blank page on the screen and line by line: typed, checked, answered."""

import io
from pathlib import Path

import pytest
import yaml

from drillbox.domain.course import Course
from drillbox.history.log import Log
from drillbox.library.load import load_course
from drillbox.plain import run
from drillbox.screen.app import Wish
from drillbox.session import adopt, today
from tests.screen.conftest import GOLDEN, HEAD

LINES = ("b*w + b*z", "b*w + b*z - b*l - b*z", "b*w - b*l", "b*(w - l)", "b*h")


@pytest.fixture
def page(tmp_path: Path) -> Course:
    """A course of one drop with the golden page."""
    found = yaml.safe_load((GOLDEN / "formula.yaml").read_text(encoding="utf-8"))
    card = found[-1]["card"]
    words = {"id": "first", "title": "t", "does": "read", "reading": "Read it."}
    drop = {**words, "drop": 1, "phase": 1, "minutes": 5, "cards": [card]}
    (tmp_path / "drops").mkdir()
    (tmp_path / "course.yaml").write_text(HEAD, encoding="utf-8")
    text = yaml.safe_dump(drop, allow_unicode=True, sort_keys=False)
    (tmp_path / "drops" / "01-first.yaml").write_text(text, encoding="utf-8")
    loaded = load_course(str(tmp_path))
    assert loaded.course is not None, loaded.problems
    return loaded.course


async def test_every_line_is_typed_and_the_last_answers(sit_down, page) -> None:
    async with sit_down(page, Wish(drop=1)) as seat:
        assert "1 the reward of the chosen answer" in seat.text
        for line in LINES:
            await seat.press(*line, "enter")
        assert "✓ Right" in seat.text
        assert seat.events()[0].body["answer"] == {"lines": list(LINES)}


async def test_what_is_no_line_is_said_at_once_and_typed_again(sit_down, page) -> None:
    async with sit_down(page, Wish(drop=1)) as seat:
        await seat.press(*"b*q", "enter")
        assert "there is no `q` here" in seat.text
        await seat.press("backspace", *"w", "enter")
        assert "there is no" not in seat.text
        await seat.press("up", "end", *" + b*z", "enter", *LINES[1], "enter")
        await seat.press("down", "down", *LINES[4], "enter")
        assert "nothing was typed" in seat.text
        await seat.press(*"b*w", "enter", *LINES[3], "enter", "enter")
        assert "✗ Wrong" in seat.text
        assert "Line 3 does not follow from the line before." in seat.text


async def test_a_page_that_is_not_known_is_said_on_any_line(sit_down, page) -> None:
    async with sit_down(page, Wish(drop=1)) as seat:
        await seat.press(*LINES[0], "enter", "?", "enter")
        assert "Not known yet" in seat.text


def test_the_plain_session_takes_one_line_after_the_other(
    page: Course, log: Log
) -> None:
    adopt(page, log)
    typed = ["", LINES[0], "b*q", *LINES[1:], "q"]
    out = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in typed))
    run(page, log, today(page, log), source, out)
    assert "Line 5: with h" in out.getvalue()
    assert "Line 2: there is no `q` here" in out.getvalue()
    assert "Right." in out.getvalue()
