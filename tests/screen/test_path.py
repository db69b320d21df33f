"""The path: as many lines as it needs, and of them only those painted that changed."""

from collections import Counter
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Size

from drillbox.domain.course import Drop
from drillbox.screen.path import SIGNS, CoursePath, laid
from drillbox.screen.standing import Learned, Row
from tests import pictures

DROP = Drop("one", 1, 1, 7, "One", "read", "Read it.", (), (), ())
titles = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1)
learned = st.builds(
    Learned,
    st.sampled_from(["waiting", "open", "learning"]),
    st.just(4),
    st.integers(0, 4),
    st.integers(0, 120),
)
rows = st.builds(
    lambda title, number, mark, far: Row(
        title, replace(DROP, number=number), mark, learned=far
    ),
    titles,
    st.integers(1, 1_000),
    st.sampled_from(sorted(SIGNS)),
    learned,
)
phases = st.builds(lambda title, outcome: Row(title, outcome=outcome), titles, titles)
windows = st.builds(Size, st.integers(40, 200), st.integers(15, 60))


@given(st.lists(phases | rows), windows)
def test_no_line_is_wider_than_the_path_and_a_drop_fills_its_lines(
    path: list[Row], window: Size
) -> None:
    width = min(window.width - 1, 92)
    for line in laid(path, width, window):
        wide = cell_len(line.text)
        assert wide <= width if line.place is None else wide == width


@given(st.lists(phases | rows), windows)
def test_the_lines_of_a_drop_stand_together_in_the_order_of_the_path(
    path: list[Row], window: Size
) -> None:
    lines = laid(path, min(window.width - 1, 92), window)
    places = [line.place for line in lines if line.place is not None]
    assert places == sorted(places)
    assert set(places) == set(range(sum(row.drop is not None for row in path)))


@given(rows, windows)
def test_nothing_of_a_title_is_lost(row: Row, window: Size) -> None:
    width = window.width - 1
    lines = laid([row], width, window), laid([replace(row, text="")], width, window)
    shown, bare = (Counter("".join(line.text for line in one)) for one in lines)
    lost = Counter(row.text) - (shown - bare)
    assert "".join(lost).isspace() or not lost


@pytest.mark.parametrize(
    ("columns", "said"), [(80, "50% mature, 3 due"), (60, "50%, 3 due"), (40, "3 due")]
)
def test_how_far_a_drop_is_stands_in_every_window(columns: int, said: str) -> None:
    row = Row("One", DROP, "done", learned=Learned("learning", 4, 2, 3))
    (line,) = laid([row], columns - 1, Size(columns, 24))
    assert line.text.rstrip().endswith(f" {said}")


async def test_a_key_paints_the_drop_that_the_cursor_left_and_its_new_one_alone(
    sit_down, dpo
) -> None:
    async with sit_down(dpo, size=(80, 40)) as seat:
        path = seat.screen.query_one(CoursePath)
        spans = {y for p in (0, 1) for y in path.region_of(p).line_range}
        with patch.object(path, "render_line", wraps=path.render_line) as painted:
            await seat.press("down")
        assert {call.args[0] for call in painted.call_args_list} == spans
        assert any(line.startswith("› ·  2") for line in seat.lines)


async def test_what_is_marked_by_the_mouse_can_be_copied(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(80, 40)) as seat:
        path = seat.screen.query_one(CoursePath)
        top = path.region_of(0).y
        before = {back for _, back, _ in pictures.painted(seat.app)}
        await seat.hand.mouse_down(path, offset=(8, top))
        await seat.hand.hover(path, offset=(14, top))
        await seat.hand.mouse_up(path, offset=(14, top))
        await seat.settle()
        assert seat.screen.get_selected_text() == dpo.drops[0].title[:7]
        assert {back for _, back, _ in pictures.painted(seat.app)} > before
