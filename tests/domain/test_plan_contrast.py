"""Twins: first met on different study days, later one right after the other."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.course import Drop, items_of
from drillbox.domain.plan import Asking, Plan, make
from drillbox.domain.schedule import ItemState
from tests.domain.test_plan import TODAY, choice, course, learned, progress

CARDS = 8


def paired(twins: dict[int, int]) -> Drop:
    """A drop of eight cards; twins: which names which, both ways."""
    both = twins | {b: a for a, b in twins.items()}
    items = []
    for k in range(CARDS):
        twin = f"c{both[k]}" if k in both else None
        card = choice(f"c{k}").model_copy(update={"contrast": twin})
        items += items_of(card, 1, k < 3, "f", 1)
    return Drop("d", 1, 1, 60, "t", "d", "word", (), (), tuple(items))


def asked(plan: Plan) -> list[str]:
    return [e.item.id for e in plan.entries if isinstance(e, Asking)]


def two_days(drop: Drop) -> tuple[list[str], list[str]]:
    """What is asked on the first day and, all of it answered well, on the second."""
    first = asked(make(course(drop), progress(), TODAY, 60))
    met = replace(learned(TODAY + 6), last_review=TODAY, last_answer=TODAY)
    later = progress(dict.fromkeys(first, met), {"d": TODAY})
    again = asked(make(course(drop), later, TODAY, 60))
    assert again == []  # nor in a second session of the day
    return first, asked(make(course(drop), later, TODAY + 1, 60))


def test_twins_are_first_met_a_day_apart() -> None:
    first, second = two_days(paired({0: 5, 3: 4}))
    assert first == ["c0", "c1", "c2", "c3", "c6", "c7"]
    assert second == ["c4", "c5"]


def test_a_new_card_may_meet_a_twin_that_is_known() -> None:
    known = replace(learned(TODAY), reviews=4, last_review=TODAY - 9)
    plan = make(
        course(paired({0: 5})), progress({"c5": known}, {"d": TODAY - 9}), TODAY
    )
    assert {"c0", "c5"} <= set(asked(plan))


STATES = st.lists(
    st.tuples(st.integers(-9, 3), st.sampled_from([1, 4])),
    min_size=CARDS,
    max_size=CARDS,
)
PAIRS = st.permutations(range(CARDS)).map(
    lambda order: dict(zip(order[:3], order[3:6], strict=True))
)


@given(twins=PAIRS, states=STATES, minutes=st.integers(1, 6))
def test_twins_that_are_both_asked_as_due_stand_side_by_side(
    twins: dict[int, int], states: list[tuple[int, int]], minutes: int
) -> None:
    given_: dict[str, ItemState] = {
        f"c{k}": learned(TODAY + due, quality, reviews=5)
        for k, (due, quality) in enumerate(states)
    }
    where = progress(given_, {"d": TODAY - 20}, seconds=50.0)
    plan = make(course(paired(twins)), where, TODAY, minutes)
    order = asked(plan)
    neighbours = set(pairwise(order)) | {(b, a) for a, b in pairwise(order)}
    for a, b in twins.items():
        pair = (f"c{a}", f"c{b}")
        assert not set(pair) <= set(order) or pair in neighbours
    due = {name for name, state in given_.items() if (state.due or 0) <= TODAY}
    spare = [e.item.id for e in plan.spare if isinstance(e, Asking)]
    assert sorted(order + spare) == sorted(due)  # nobody is lost, nobody comes twice
