"""The minutes that the course promises, held by the real planner over made-up learners.

`make simulate` prints the whole of it, with more learners and a harsher memory.
"""

from collections.abc import Sequence
from functools import cache

import pytest

from drillbox.library.load import load_course
from tests import simulate
from tests.simulate import (
    CONTENT,
    FULL,
    Day,
    Fsrs,
    Harsh,
    broken,
    grown,
    lived,
    outcome,
)

DAYS, LEARNERS = 31, 24


@cache
def lives() -> Sequence[Sequence[Day]]:
    course = load_course(str(CONTENT)).course
    assert course is not None
    full = grown(course, FULL)
    return [lived(full, Fsrs(), seed, DAYS) for seed in range(LEARNERS)]


def test_the_days_the_path_and_the_reviews_keep_their_bounds() -> None:
    assert [one for one in broken(outcome(lives())) if "later" not in one] == []


def test_after_the_path_the_mean_day_is_within_five_minutes() -> None:
    later = outcome(lives()).minutes[simulate.PATH_DAYS :]
    assert sum(later) / len(later) <= 5


def test_a_learner_is_the_same_twice() -> None:
    course = load_course(str(CONTENT)).course
    assert course is not None
    assert lived(course, Fsrs(), 3, 5) == lived(course, Fsrs(), 3, 5)


@pytest.mark.parametrize("memory", [Fsrs, Harsh])
def test_what_was_answered_right_is_surer_for_longer(
    memory: type[Fsrs] | type[Harsh],
) -> None:
    one = memory()
    for right in (True, False):
        one.answered("right" if right else "wrong", 0, right)
    one.answered("right", 4, True)
    one.answered("wrong", 4, False)
    assert (
        0 < one.recall("wrong", 10) < one.recall("right", 10) < one.recall("right", 5)
    )
