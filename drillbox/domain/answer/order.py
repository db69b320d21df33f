"""`order`: {"steps": [indexes as the author wrote them, in the learner's order]}."""

from collections.abc import Sequence
from itertools import pairwise

from drillbox.domain.answer.response import Response, numbers_of
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import OrderCard
from drillbox.errors import AnswerError
from drillbox.words import _, ngettext


def answer(card: OrderCard) -> str:
    """The steps as a numbered list."""
    return "\n".join(f"{k}. {step.text}" for k, step in enumerate(card.steps, 1))


def judge(card: OrderCard, response: Response) -> Judgement:
    """Close: two neighbours have changed places and the rest is right."""
    count = len(card.steps)
    given = numbers_of(response, "steps", count)
    if len(given) != count:
        n = len(given)
        said = ngettext(
            "{n} step was given; name all {all} once",
            "{n} steps were given; name all {all} once",
            n,
        )
        raise AnswerError(said.format(n=n, all=count))
    given = _ranked(card, given)
    if given == tuple(range(count)):
        return RIGHT
    moved = [place for place, step in enumerate(given) if place != step]
    swapped = len(moved) == 2 and moved[1] == moved[0] + 1
    return Judgement("close" if swapped else "wrong", _why(card, given))


def _ranked(card: OrderCard, given: Sequence[int]) -> tuple[int, ...]:
    """The same order, where steps of one text count as named in the right order."""
    alike: dict[str, list[int]] = {}
    for k, step in enumerate(card.steps):
        alike.setdefault(step.text, []).append(k)
    waiting = {text: iter(places) for text, places in alike.items()}
    return tuple(next(waiting[card.steps[k].text]) for k in given)


def _why(card: OrderCard, given: Sequence[int]) -> tuple[str, ...]:
    """For each place where the order falls back: what has to come before, and why."""
    said = _("“{first}” comes before “{second}”.")
    return tuple(
        f"{said.format(first=card.steps[before].text, second=card.steps[after].text)} "
        f"{card.steps[after].why}"
        for after, before in pairwise(given)
        if before < after
    )
