"""The end of a session: what is new, what was kept, what comes next."""

import pytest

from drillbox.domain.course import Course
from drillbox.domain.statistics import Share
from drillbox.history.log import Log
from drillbox.session import (
    Ask,
    Done,
    End,
    Grade,
    Loop,
    Respond,
    Told,
    Undo,
    adopt,
    closing,
    session,
    today,
)
from drillbox.session.steps import Sums
from tests.conftest import Clock


def begun(course: Course, log: Log) -> Loop:
    adopt(course, log)
    return session(course, log, today(course, log))


def lived(loop: Loop, grade: int = 4) -> End:
    """Every card answered "I do not know" and graded, up to the end."""
    step = next(loop)
    while not isinstance(step, End):
        if isinstance(step, Ask):
            step = loop.send(Respond({"unknown": True}, 2_000))
        elif isinstance(step, Told) and step.quality != grade:
            step = loop.send(Grade(grade))
        else:
            step = loop.send(Done())
    return step


def test_new_cards_are_counted_by_drop_and_tomorrow_is_said(
    small: Course, log: Log
) -> None:
    found = lived(begun(small, log)).sums
    assert found.new == (1,) * len(small.items) and found.kept == Share()
    assert found.tomorrow == len(small.items) and found.later is None
    assert found.seconds > 0


def test_only_first_answers_to_what_was_due_are_reviews(
    small: Course, log: Log, clock: Clock
) -> None:
    lived(begun(small, log))
    clock.sleep(1)
    found = lived(begun(small, log)).sums
    assert found.new == ()
    assert found.kept == Share(len(small.items), len(small.items))
    assert found.tomorrow == 0
    assert found.later == (log.today() + 6, len(small.items))


def test_a_forgotten_card_that_comes_again_is_one_review_and_no_right_one(
    small: Course, log: Log, clock: Clock
) -> None:
    lived(begun(small, log))
    clock.sleep(1)
    loop = begun(small, log)
    step = next(loop)
    while not isinstance(step, Told):
        step = loop.send(Respond({"unknown": True}, 2_000))
    step = loop.send(Grade(1))
    forgotten = step.ask.item.id
    step = loop.send(Done())
    met = []
    while not isinstance(step, End):
        if isinstance(step, Ask):
            met.append(step.item.id)
            step = loop.send(Respond({"unknown": True}, 2_000))
        elif isinstance(step, Told) and step.quality != 4:
            step = loop.send(Grade(4))
        else:
            step = loop.send(Done())
    assert forgotten in met  # again
    assert step.sums.kept == Share(len(small.items) - 1, len(small.items))
    assert step.sums.tomorrow == 1


def test_an_undone_answer_leaves_the_sums(small: Course, log: Log) -> None:
    loop = begun(small, log)
    end = lived(loop)
    count = len(end.sums.new)
    step = loop.send(Undo())
    assert isinstance(step, Ask)
    told = loop.send(Respond({"unknown": True}, 2_000))
    assert isinstance(told, Told)
    last = loop.send(Grade(4))
    assert isinstance(last, Told)
    again = loop.send(Done())
    assert isinstance(again, End) and len(again.sums.new) == count


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        (Sums(), []),
        (Sums((7, 7, 7)), ["New: 3 cards of drop 7."]),
        (
            Sums((7, 6), Share(9, 11), 4, 130.0, (739952, 2)),
            [
                "New: 2 cards of drops 6, 7. Reviews: 9 of 11 right.",
                "Tomorrow: 4 cards, about 2 minutes; then 2 on Wed 2 Dec.",
            ],
        ),
        (
            Sums(later=(739952, 1)),
            ["Tomorrow: no card is due; then 1 on Wed 2 Dec."],
        ),
    ],
)
def test_the_end_says_only_what_there_is(sums: Sums, said: list[str]) -> None:
    assert list(closing.lines(sums)) == said
