"""What a learner has done, and what is coming."""

from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.event import Draft
from drillbox.domain.statistics import Day
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log, Recorded
from drillbox.history.stats import days, due, nothing, reviews, stats, streak

Clock = Any
NOON = 1_795_435_200_000  # 2026-11-23 12:00 UTC


def answered(log: Log, item: str = "a", quality: int = 4, **more: Any) -> Recorded:
    body = {"duration_ms": more.pop("ms", None), "kind": "choice"}
    draft = Draft("answer", "dpo", item, quality=quality, body=body, **more)
    return log.append(draft)


def undo(log: Log, recorded: Recorded) -> None:
    log.append(Draft("undo", "dpo", "a", target=recorded.event.id))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], 0),
        ([0], 1),
        ([-1], 1),  # today's answer may still come
        ([-2], 0),
        ([-2, -1, 0], 3),
        ([-3, -1, 0], 2),
        ([-3, -2, -1], 3),
    ],
)
def test_the_streak_is_study_days_in_a_row(
    log: Log, clock: Clock, days: list[int], expected: int
) -> None:
    clock.sleep(-10)
    for day in range(-10, 1):
        if day in days:
            answered(log)
        if day < 0:
            clock.sleep(1)
    assert streak(log) == expected


class Traveller:
    """A clock that stands at a wall clock's study day and hour in some time zone."""

    def __init__(self) -> None:
        self.at(1, 20, 0)

    def at(self, day: int, hour: int, offset_min: int) -> None:
        """Noon of study day 0 would be 2026-11-23; the offset is ahead of UTC."""
        wall = NOON + (day * 24 + hour - 12) * 3_600_000
        self.now = Moment(wall - offset_min * 60_000, offset_min)

    def __call__(self) -> Moment:
        self.now = Moment(self.now.utc_ms + 1, self.now.offset_min)
        return self.now


HONOLULU, AUCKLAND, SYDNEY, LONDON = -600, 780, 660, 0


@pytest.mark.parametrize(
    ("journey", "expected"),
    [
        # West over the date line: Tuesday, day 2, is skipped.
        ([(0, 20, HONOLULU), (1, 20, HONOLULU), (3, 9, AUCKLAND)], 3),
        ([(1, 20, HONOLULU), (3, 9, AUCKLAND), (4, 9, AUCKLAND)], 3),
        # Back over it, day 3 is lived twice.
        ([(2, 9, AUCKLAND), (3, 9, AUCKLAND), (3, 10, HONOLULU)], 2),
        # Thirteen hours of the missed day were left to live.
        ([(1, 20, LONDON), (3, 20, SYDNEY)], 1),
        # Nobody flew.
        ([(1, 20, AUCKLAND), (3, 9, AUCKLAND)], 1),
        # Two days were missed.
        ([(1, 20, HONOLULU), (4, 9, AUCKLAND)], 1),
    ],
)
def test_a_crossed_date_line_never_breaks_the_streak(
    home: Path, journey: list[tuple[int, int, int]], expected: int
) -> None:
    clock = Traveller()
    with Log.open(str(home), clock) as log:
        for place in journey:
            clock.at(*place)
            answered(log)
        assert streak(log) == expected


@pytest.mark.parametrize(("day", "expected"), [(3, 1), (4, 0)])
def test_who_has_just_crossed_the_date_line_has_a_day_to_answer_in(
    home: Path, day: int, expected: int
) -> None:
    clock = Traveller()
    with Log.open(str(home), clock) as log:
        clock.at(1, 20, HONOLULU)
        answered(log)
        clock.at(day, 9, AUCKLAND)
        assert streak(log) == expected


def test_an_undone_answer_makes_no_streak_and_a_passed_exercise_does(log: Log) -> None:
    undo(log, answered(log))
    log.append(Draft("attempt", "dpo", "dpo-loss", body={"what": "check"}))
    log.append(Draft("bring", "dpo", body={"items": ["pass"]}))
    assert streak(log) == 0
    log.append(Draft("attempt", "dpo", "dpo-loss", quality=5, body={"what": "pass"}))
    assert streak(log) == 1 and stats(log).answers == 1


def test_a_reset_takes_no_day_away_from_the_streak(log: Log, clock: Clock) -> None:
    answered(log)
    clock.sleep(1)
    log.append(Draft("reset", "dpo"))
    assert streak(log) == 1


def test_answers_and_minutes_are_todays(log: Log, clock: Clock) -> None:
    answered(log, ms=60_000)
    clock.sleep(1)
    answered(log, ms=30_000)
    answered(log, ms=3_600_000)  # walked away: five minutes at most
    answered(log)
    undo(log, answered(log, ms=60_000))
    found = stats(log)
    assert (found.answers, found.minutes, found.today) == (3, 5.5, log.today())


def test_days_keep_what_a_reset_forgets_and_reviews_do_not(
    log: Log, clock: Clock
) -> None:
    log.set_live("dpo", {"a": ((), "")})
    first = log.today()
    answered(log, ms=2_000)
    clock.sleep(1)
    answered(log, "a", 2, ms=4_000)
    undo(log, answered(log, ms=9_000))
    assert [told.quality for told in reviews(log, "dpo")] == [2]
    assert reviews(log, "other") == []
    log.append(Draft("reset", "dpo"))
    assert days(log) == {first: Day(1, 2.0), first + 1: Day(1, 4.0)}
    assert days(log, first + 1) == {first + 1: Day(1, 4.0)}
    assert reviews(log, "dpo") == []


def test_what_is_due_is_counted_by_the_rule_of_the_prompt(
    log: Log, clock: Clock
) -> None:
    log.set_live("dpo", dict.fromkeys("abcd", ((), "")))
    for name in "abc":
        answered(log, name)
    log.append(Draft("suspend", "dpo", "b"))
    clock.sleep(1)
    log.append(Draft("bring", "dpo", body={"items": ["d"]}))
    assert due(log, "dpo") == {"a", "c", "d"}
    assert len(due(log, "dpo")) == stats(log).courses[0].due


def test_each_course_has_its_counts(log: Log, clock: Clock) -> None:
    log.set_live("dpo", dict.fromkeys("abcde", ((), "")))
    log.set_live("other", {"x": ((), "")})
    for name in "abc":
        answered(log, name)
    answered(log, "deleted")
    log.append(Draft("suspend", "dpo", "b"))
    log.append(Draft("suspend", "dpo", "e"))
    clock.sleep(1)
    dpo, other = stats(log).courses
    assert (dpo.course, dpo.seen, dpo.due, dpo.suspended) == ("dpo", 3, 2, 2)
    assert (other.course, other.seen, other.due, other.suspended) == ("other", 0, 0, 0)


def test_retention_is_the_share_of_due_reviews_that_were_right(
    log: Log, clock: Clock
) -> None:
    log.set_live("dpo", dict.fromkeys("ab", ((), "")))
    answered(log, "a")  # new: a review, but not of something due
    answered(log, "b", 1)  # its learning
    assert stats(log).courses[0].kept.value is None
    clock.sleep(1)
    answered(log, "a", 3)  # due, right
    answered(log, "a", 0)  # a drill
    wrong = answered(log, "b", 5)
    log.append(Draft("grade", "dpo", "b", wrong.event.id, 2))  # due, graded wrong
    clock.sleep(2)
    answered(log, "a", 1)  # early and wrong: a review, but it was not due
    answered(log, "b", 4, practice=True)
    one = stats(log).courses[0]
    assert (one.kept.count, one.kept.right, one.kept.value) == (2, 1, 0.5)
    clock.sleep(29)
    assert stats(log).courses[0].kept.count == 0


def test_the_forecast_counts_the_next_seven_days(log: Log, clock: Clock) -> None:
    log.set_live("dpo", dict.fromkeys("abc", ((), "")))
    answered(log, "a")
    answered(log, "deleted")
    clock.sleep(1)
    answered(log, "a")  # in six days
    answered(log, "b")
    answered(log, "c", 1)
    today = log.today()
    found = stats(log).forecast
    assert [day for day, _ in found] == list(range(today + 1, today + 8))
    assert [count for _, count in found] == [2, 0, 0, 0, 0, 1, 0]


def test_before_anything_was_done_there_is_nothing(log: Log) -> None:
    assert stats(log) == nothing(log.today())


def outcome(log: Log, target: str, checkpoint: str, right: bool) -> None:
    body = {"answers": [[0.8, right]] * 6, "checkpoint": checkpoint}
    log.append(Draft("outcome", "dpo", "three-pairs", target=target, body=body))


def test_only_the_first_outcome_of_a_checkpoint_counts(log: Log) -> None:
    first, second, other = (
        log.append(Draft("predict", "dpo", "three-pairs")) for _ in range(3)
    )
    outcome(log, first.event.id, "a", right=False)
    outcome(log, second.event.id, "a", right=True)
    outcome(log, other.event.id, "b", right=True)
    found = stats(log).predictions
    assert found is not None and found.count == 12
    assert found.brier == pytest.approx((1.46 + 0.06) / 2)
    undo(log, first)
    found = stats(log).predictions
    assert found is not None and (found.count, found.brier) == (12, pytest.approx(0.06))
