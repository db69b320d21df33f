"""`y` copies the code or the formula that is seen, by OSC 52."""

import base64
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.course import Course
from drillbox.domain.mathtext import render
from drillbox.screen.app import Wish
from drillbox.screen.formula import _traced
from drillbox.screen.page import COPIED, NO_COPY
from tests import pictures
from tests.screen.conftest import Seat, SitDown

FENCE = """h = (pw - rw) - (pl - rl)  # shape (B,)
loss = -F.logsigmoid(beta * h).mean()"""
MARGIN = r"h = (\log\pi_w - \log\pi_{ref,w}) - (\log\pi_l - \log\pi_{ref,l})"
LOSS = r"-\log\sigma(\beta h)"
SPOT = """def loss(pw, pl, rw, rl, beta):
    h = (pw - pl) - (rl - rw)
    return -F.logsigmoid(beta * h).mean()"""


def said(seat: Seat) -> str:
    (notice,) = seat.app._notifications
    return notice.message


async def copy(seat: Seat) -> str:
    """Press y; what then lies in the clipboard."""
    await seat.press("y")
    assert said(seat).startswith(COPIED)
    return seat.app.clipboard


async def test_a_reading_gives_its_code_where_it_is_seen(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, size=(80, 40)) as seat:
        await seat.press("r")
        assert await copy(seat) == FENCE
        await seat.resize(60, 12)
        await seat.press("pageup", "pageup", "pageup")
        assert await copy(seat) == MARGIN


async def test_what_is_said_of_a_copy_is_closed_by_escape(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, size=(80, 40)) as seat:
        await seat.press("enter")
        await copy(seat)
        await seat.press("escape")
        assert (seat.shown, len(seat.app._notifications)) == ("ReadScreen", 0)


@pytest.mark.parametrize("way_out", ["q", "f1"])
async def test_what_is_said_of_a_copy_stays_with_its_screen(
    sit_down: SitDown, scenes: Course, way_out: str
) -> None:
    async with sit_down(scenes, size=(80, 40)) as seat:
        await seat.press("enter")
        await copy(seat)
        await seat.press(way_out)
        assert (seat.shown != "ReadScreen", len(seat.app._notifications)) == (True, 0)


async def test_a_formula_in_running_text_is_copied_and_the_next_by_y_again(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, size=(80, 40)) as seat:
        await seat.press("r")
        found = []
        while (text := await copy(seat)) not in found:
            found.append(text)
        assert found == [FENCE, MARGIN, LOSS, "h < 0", "h = 0", r"h \gg 0"]
        assert "1 of 6: h = (pw - rw) - (pl - rl) # s… · y again" in said(seat)


async def test_bare_names_come_last_and_what_is_seen_anew_begins_again(
    sit_down: SitDown, tmp_path: Path
) -> None:
    text = "reading: |\n  The $h$ of $\\beta_w$ is $h = 0$, `code`, - a $\\sigma(h)$.\n"
    head, _, rest = pictures.DROP.partition("reading: |")
    drop = head + text + rest[rest.index("cards:") :]
    course = pictures.course_of(tmp_path / "course", drop=drop)
    async with sit_down(course) as seat:
        await seat.press("r")
        found = [await copy(seat) for _ in range(6)]
        assert found == ["h = 0", r"\sigma(h)", "h", r"\beta_w", "code", "h = 0"]
        await copy(seat)
        await seat.press("escape", "enter")
        assert await copy(seat) == "h = 0"


async def test_prompt_options_and_rubric_of_a_card_give_their_formulas(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, Wish(drop=1)) as seat:
        assert await copy(seat) == "0.6931"
        found = {await copy(seat) for _ in range(9)}
        assert found == {"0.6931"}
        seat.screen.answer({"options": [1]})
        await seat.settle()
        found = {await copy(seat) for _ in range(9)}
        assert {"h = 0", r"-\beta/2"} <= found


@given(st.lists(st.sampled_from(["$h$", "a", "$x^2$", "\n", "\n\n", "`$b$`", "* $c$"])))
def test_every_formula_of_a_text_is_found_on_its_line(parts: list[str]) -> None:
    text = " ".join(parts)
    shown, lines = _traced(text)
    assert "\ue000" not in shown and len(lines) == shown.count("\n") + 1
    alone = shown.count("```formula")
    wrote = sum(part.count("$") // 2 for part in parts if "`" not in part)
    assert sum(map(len, lines)) + alone == wrote
    for line, sources in zip(shown.split("\n"), lines, strict=True):
        assert all(render(one).replace("²", "")[0] in line for one in sources)


async def test_a_formula_on_its_board_gives_its_source(
    sit_down: SitDown, tmp_path: Path
) -> None:
    text = "reading: |\n  It is\n\n  $-\\log\\sigma(\\beta h)$\n\n  and no more.\n"
    head, _, rest = pictures.DROP.partition("reading: |")
    drop = head + text + rest[rest.index("cards:") :]
    course = pictures.course_of(tmp_path / "course", drop=drop)
    async with sit_down(course) as seat:
        await seat.press("enter")
        assert await copy(seat) == r"-\log\sigma(\beta h)"


async def test_a_card_gives_its_code_without_numbers(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, Wish(drop=1)) as seat:
        while seat.screen.step.item.id != "wrong-line":
            seat.screen.answer(pictures.RIGHT[seat.screen.step.item.id])
            await seat.settle()
            await seat.press("enter")
        assert await copy(seat) == SPOT
        await seat.answer(well=False)
        assert seat.shown == "ToldScreen"
        assert "h = (pw - pl) - (rw - rl)" in await copy(seat)


async def test_where_a_line_is_typed_y_is_a_letter(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, Wish(drop=1)) as seat:
        while seat.screen.step.item.id != "loss-formula":
            seat.screen.answer(pictures.RIGHT[seat.screen.step.item.id])
            await seat.settle()
            await seat.press("enter")
        await seat.press("y")
        assert not seat.app._notifications and seat.screen.focused.value == "y"


async def test_an_exercise_gives_the_code_of_its_task_and_y_still_gives_up(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, size=(100, 50)) as seat:
        seat.app.open_exercise("dpo-loss")
        await seat.settle()
        await seat.press("y")
        copied = seat.app.clipboard
        assert said(seat).startswith(COPIED) and copied
        await seat.press("g", "y")
        assert seat.app.clipboard == copied
        assert "Given up" in seat.text
        assert "def dpo_loss" in await copy(seat)


async def test_a_comparison_gives_the_reference(tmp_path: Path) -> None:
    course = pictures.course_of(tmp_path / "course")
    async with pictures.stage(tmp_path / "home", course, 80) as (app, hand):
        await pictures.SCENES["diff"](app, hand)
        reference = app.screen.reference
        await pictures.press(app, hand, "y")
        assert "logsigmoid" in app.clipboard and app.clipboard == reference


@pytest.mark.parametrize("keys", [[], ["f1"], ["t"]])
async def test_where_nothing_is_to_copy_that_is_said(
    sit_down: SitDown, scenes: Course, keys: list[str]
) -> None:
    async with sit_down(scenes) as seat:
        await seat.press(*keys, "y")
        assert said(seat) == NO_COPY
        assert seat.app.clipboard == ""


async def test_the_terminal_gets_it_as_osc_52(
    sit_down: SitDown, scenes: Course
) -> None:
    async with sit_down(scenes, size=(80, 40)) as seat:
        await seat.press("r")
        with patch.object(seat.app._driver, "write") as write:
            await seat.press("y")
        sent = [call.args[0] for call in write.call_args_list]
        packed = base64.b64encode(FENCE.encode()).decode()
        assert f"\x1b]52;c;{packed}\a" in sent
