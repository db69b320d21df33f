"""Which questions ask how sure: the count is kept, and equals one made from the log."""

import random

import pytest

from drillbox.domain.confidence import KINDS, asks
from drillbox.domain.course import Course
from drillbox.history.log import Log
from drillbox.session import Ask, Done, End, Respond, Told, Undo
from tests.session.test_loop import WRONG, Sit, right


def recounted(course: Course, log: Log) -> int:
    """Answers to the kinds that ask, from the states on disk."""
    states = log.schedule(course.id)
    items = (item for item in course.items.values() if item.card.kind in KINDS)
    return sum(states[item.id].answers for item in items if item.id in states)


@pytest.mark.parametrize("seed", (0, 3, 4, 5, 6, 7))
def test_every_third_answer_on_disk_asks_whatever_was_undone(
    small: Course, log: Log, seed: int
) -> None:
    draw, asked = random.Random(seed), set()
    sit = Sit(small, log)
    for _ in range(90):
        step = sit.step
        if isinstance(step, Ask):
            given = recounted(small, log)
            assert step.sure is asks(given, step.item.card.kind)
            asked.add(step.sure)
            answer = draw.choice(
                (right(step), WRONG[step.item.id], WRONG[step.item.id])
            )
            sit.send(Respond(answer, 1000) if draw.random() < 0.9 else Undo())
        elif isinstance(step, Told):
            sit.send(Done() if draw.random() < 0.9 else Undo())
        elif isinstance(step, End):
            sit.send(Undo())
        else:
            sit.send(Done())
    assert asked == {True, False}
