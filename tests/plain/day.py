"""A day in plain lines, worked out from the course: what is typed, step by step."""

from collections.abc import Iterator
from typing import Any

from drillbox.domain.course import Course
from drillbox.domain.expression import parse
from drillbox.history.log import Log
from drillbox.session import Ask, Done, End, Read, Respond, session, today


def typed(ask: Ask) -> list[str]:
    """The lines that answer a question rightly, and how sure."""
    card: Any = ask.item.card
    shown = list(ask.variant.order)
    if card.kind == "choice":
        right = [k for k, option in enumerate(card.options) if option.right]
        lines = [" ".join(str(shown.index(k) + 1) for k in right)]
    elif card.kind == "order":
        lines = [" ".join(str(shown.index(k) + 1) for k in range(len(shown)))]
    elif card.kind == "direction":
        lines = [" ".join(quantity.answer for quantity in card.quantities)]
    elif card.kind == "spot":
        lines = [str(card.line)]
    elif card.kind == "numeric":
        lines = [f"{parse(card.answer).evaluate(ask.variant.values):.9g}"]
    elif card.kind == "formula":
        lines = [one.answer for one in card.lines] or [card.answer]
    elif card.kind == "cloze":
        lines = [card.blanks[ask.item.blank].answer]
    else:
        lines = ["as I said"]
    return [*lines, "80"] if ask.sure else lines


def lines(course: Course, log: Log, minutes: int | None = None) -> Iterator[str]:
    """A day's cards on `log`, all right; every recall is graded 4 by its learner."""
    from drillbox.plain.read import page_of, response

    loop = session(course, log, today(course, log, minutes))
    step = next(loop)
    while not isinstance(step, End):
        if isinstance(step, Read):
            yield ""
            step = loop.send(Done())
        elif isinstance(step, Ask):
            given = typed(step)
            yield from given
            answers = given[:-1] if step.sure else given
            page = page_of(step.variant) is not None
            said = {"lines": answers} if page else response(step.variant, answers[0])
            step = loop.send(Respond({**said}, timed=False))
        else:
            if step.quality is None:
                yield "4"
            step = loop.send(Done())
    loop.close()
