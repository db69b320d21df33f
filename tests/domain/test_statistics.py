"""Counts over events: golden values, and laws that hold whatever was answered."""

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.domain import statistics
from drillbox.domain.event import Event
from drillbox.domain.schedule import ItemState, Schedule, Told, fold
from drillbox.domain.sm2 import State
from drillbox.domain.statistics import Day, Share, wilson

DROPS = {"a": 1, "b": 1, "c": 2}
Journey = list[tuple[str, int, int, bool]]  # item, study day, quality, practice


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Answers on a few days to items of two drops and to one that is gone; undos."""
    answer = st.tuples(
        st.sampled_from("abcz"), st.integers(1, 40), st.integers(0, 5), st.booleans()
    )
    found: list[Event] = []
    for number, (item, day, quality, practice) in enumerate(
        sorted(draw(st.lists(answer, max_size=40)), key=lambda one: one[1])
    ):
        ident = f"{number:032x}"
        head = (ident, "0" * 32, number, number, 0, day)
        found.append(Event(*head, "answer", "dpo", item, None, quality, practice, {}))
        if draw(st.integers(0, 9)) == 0:
            gone = f"{number:031x}u"
            head = (gone, "0" * 32, number, number, 0, day)
            found.append(Event(*head, "undo", "dpo", item, ident))
    return found


def folded(events: list[Event]) -> tuple[Schedule, list[Told]]:
    told: list[Told] = []
    return fold(events, watch=told.append), told


@given(histories())
def test_every_review_is_counted_once_in_the_drop_of_its_item(
    events: list[Event],
) -> None:
    _, told = folded(events)
    found = statistics.by_drop(told, DROPS)
    mine = [one for one in told if statistics.is_review(one) and one.item in DROPS]
    assert sum(one.count for one in found.values()) == len(mine)
    assert sum(one.right for one in found.values()) == statistics.share(mine).right
    assert all(0 <= one.right <= one.count for one in found.values())
    first = {(one.item, one.day) for one in mine}
    assert len(first) == len(mine)  # no item has two on one study day


@given(histories())
def test_the_reviews_told_are_those_the_schedule_has_counted(
    events: list[Event],
) -> None:
    schedule, told = folded(events)
    for (_, item), state in schedule.items.items():
        due = [one for one in told if one.item == item and statistics.is_review(one)]
        assert len(due) <= state.reviews
        assert sum((one.quality or 0) < 3 for one in due) <= state.lapses


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(0, 300)), max_size=60))
def test_days_add_up_to_all_answers_and_all_seconds(
    answers: list[tuple[int, float]],
) -> None:
    found = statistics.days(answers)
    assert sum(day.answers for day in found.values()) == len(answers)
    total = sum(day.seconds for day in found.values())
    assert total == pytest.approx(sum(seconds for _, seconds in answers))
    assert list(found) == sorted({day for day, _ in answers})


# -- Wilson


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [  # to four places, from the formula of Wilson (1927) at z = 1.96
        (0, 10, 0.0, 0.2775),
        (8, 10, 0.4902, 0.9433),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I: 0.2553 to 0.3662
        (15, 148, 0.0624, 0.1605),  # the same
        (1, 29, 0.0061, 0.1718),  # the same
    ],
)
def test_wilsons_interval_is_the_published_one(
    right: int, of: int, low: float, high: float
) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_every_share_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert Share().value is None


@given(
    st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
)
def test_the_interval_holds_the_share_and_stays_within_0_and_1(
    counts: tuple[int, int],
) -> None:
    low, high = wilson(*counts)
    value = Share(*counts).value
    assert value is not None and 0 <= low <= value <= high <= 1
    assert low < high


@given(st.integers(0, 50), st.integers(0, 50))
def test_ten_times_the_answers_make_the_interval_narrower(
    right: int, wrong: int
) -> None:
    few, many = Share(right, right + wrong), Share(10 * right, 10 * (right + wrong))
    narrow = many.interval[1] - many.interval[0]
    assert narrow < few.interval[1] - few.interval[0] or right + wrong == 0


# -- the heat map


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_more_answers_never_mean_a_lower_level(one: int, other: int, most: int) -> None:
    low, high = sorted((one, other))
    assert statistics.level(low, most) <= statistics.level(high, most)
    assert statistics.level(one, most) in range(len(statistics.LEVELS))
    assert (statistics.level(one, most) == 0) == (one == 0)
    assert statistics.level(most, most) == 3


@given(st.integers(1, 200))
def test_the_bounds_of_the_levels_are_those_that_level_keeps(most: int) -> None:
    for answers in range(1, most + 1):
        low, high = statistics.counts_of(statistics.level(answers, most), most)
        assert low <= answers <= high


@given(
    st.dictionaries(st.integers(730_000, 730_400), st.integers(1, 99)),
    st.integers(730_000, 730_400),
    st.integers(1, 60),
)
def test_every_day_of_the_year_stands_once_in_the_heat_map(
    answers: dict[int, int], today: int, weeks: int
) -> None:
    found = {day: Day(n) for day, n in answers.items()}
    rows = statistics.heat(found, today, weeks)
    assert [len(row) for row in rows] == [weeks] * 7
    cells = [rows[k % 7][k // 7] for k in range(7 * weeks)]
    first = today - sum(cell is not None for cell in cells) + 1
    shown = [cell for cell in cells if cell is not None]
    assert cells[: len(shown)] == shown  # the days to come are the last ones
    assert first == statistics.monday(first) <= today
    busy = [first + k for k, cell in enumerate(shown) if cell]
    assert busy == [day for day in sorted(answers) if first <= day <= today]


def test_the_rows_of_the_heat_map_begin_with_monday() -> None:
    sunday = 7  # 0001-01-07
    rows = statistics.heat({1: Day(1), 6: Day(2), 7: Day(3)}, sunday, 1)
    assert [row[0] for row in rows] == [1, 0, 0, 0, 0, 2, 3]


# -- the streak


def on(days: set[int]) -> Callable[[int], bool]:
    return days.__contains__


@given(st.sets(st.integers(1, 30)), st.sets(st.integers(1, 30)))
@settings(max_examples=300)
def test_the_streak_counts_only_days_that_were_met(
    met: set[int], skipped: set[int]
) -> None:
    plain = statistics.streak(on(met), on(set()), 30)
    found = statistics.streak(on(met), on(skipped - met), 30)
    assert plain <= found <= len(met)
    by_hand = next(k for k in count() if 30 - k not in met)
    assert plain == by_hand or (30 not in met and 29 in met)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (-600, 780, True),  # Honolulu to Auckland
        (-480, 540, True),  # Los Angeles to Tokyo
        (780, -600, False),  # back: the day comes twice
        (0, 660, False),  # London to Sydney
        (60, 120, False),  # summer time
        (None, 780, False),
        (-600, None, False),
    ],
)
def test_a_jump_of_half_a_day_leaves_a_day_out(
    before: int | None, after: int | None, expected: bool
) -> None:
    assert statistics.jumped(before, after) is expected


# -- what is hard, and what comes


def test_the_hardest_have_most_lapses_then_the_lowest_easiness() -> None:
    states = {
        "a": ItemState(State(200, 3, 9), lapses=1),
        "b": ItemState(State(180, 3, 9), lapses=1),
        "c": ItemState(State(130, 0, 1), lapses=4),
        "z": ItemState(State(130, 0, 1), lapses=9),  # is in no drop
        "easy": ItemState(State(260, 3, 30)),
    }
    found = statistics.hardest(states, {**DROPS, "easy": 2})
    assert [(one.item, one.drop, one.lapses) for one in found] == [
        ("c", 2, 4),
        ("b", 1, 1),
        ("a", 1, 1),
    ]
    assert [one.item for one in statistics.hardest(states, DROPS, 1)] == ["c"]


@given(st.lists(st.integers(-5, 60)), st.integers(1, 40))
def test_the_forecast_counts_each_item_that_comes_due_in_its_span_once(
    dues: list[int], span: int
) -> None:
    found = statistics.forecast(dues, 10, span)
    assert [day for day, _ in found] == list(range(11, 11 + span))
    assert sum(n for _, n in found) == sum(10 < day <= 10 + span for day in dues)


def test_items_that_are_gone_or_suspended_are_not_waited_for() -> None:
    states = {
        "a": ItemState(due=7),
        "b": ItemState(due=8, suspended=True),
        "c": ItemState(),
        "z": ItemState(due=9),
    }
    assert list(statistics.waiting(states, DROPS)) == [7]


@pytest.mark.parametrize(("interval", "expected"), [(20, 0), (21, 1), (90, 1)])
def test_from_three_weeks_on_an_item_is_mature(interval: int, expected: int) -> None:
    state = ItemState(State(250, 4, interval), due=100)
    assert statistics.mature([state, ItemState()]) == expected
