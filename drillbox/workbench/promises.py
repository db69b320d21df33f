"""What a course promises of itself in course.yaml, and whether its drops keep it."""

import os
from collections.abc import Iterator
from itertools import chain

from drillbox.domain.card import FormulaCard, SpotCard, seconds_of
from drillbox.domain.course import Course, Drop, Promises
from drillbox.domain.plan import NEW_TIMES, reading_seconds
from drillbox.words import N_, _
from drillbox.workbench.counts import cards_of, is_parametric
from drillbox.workbench.found import Found, in_drop

MORE = N_("write more, or promise less in course.yaml")


def unkept(course: Course) -> Iterator[Found]:
    """Every promise that the course breaks, with what there is in place of it."""
    promises = course.head.promises
    yield from chain.from_iterable(of_drop(one, promises) for one in course.drops)
    cards = cards_of(course.drops)
    twins = sum(card.contrast is not None for card in cards) // 2
    spots = sum(isinstance(c, SpotCard) and c.run is not None for c in cards)
    counted = (
        ("cards", len(cards), _("the course has {n} cards of the {least}")),
        (
            "misconceptions",
            len(course.misconceptions),
            _("the course has {n} misconceptions of the {least}"),
        ),
        (
            "contrast_pairs",
            twins,
            _("the course has {n} pairs of twins of the {least}"),
        ),
        (
            "spots_run",
            spots,
            _("the course has {n} spot cards with `run` of the {least}"),
        ),
    )
    file = os.path.join(course.directory, "course.yaml")
    for field, count, said in counted:
        if count < getattr(promises, field):
            what = said.format(n=count, least=getattr(promises, field))
            yield Found(file, "", None, ("promises", field), what, _("write more"))


def of_drop(drop: Drop, promises: Promises) -> Iterator[Found]:
    """The promises about every drop that this one breaks."""
    cards = cards_of((drop,))
    counted = (
        (
            _("has {n} cards of the {least} that the course promises"),
            len(cards),
            promises.cards_per_drop,
        ),
        (
            _("has {n} kinds of card of the {least} that the course promises"),
            len({c.kind for c in cards}),
            promises.kinds_per_drop,
        ),
        (
            _("has {n} parametric cards of the {least} that the course promises"),
            sum(map(is_parametric, cards)),
            promises.parametric_per_drop,
        ),
    )
    for said, count, least in counted:
        if count < least:
            what = said.format(n=count, least=least)
            yield in_drop(drop, ("cards",), what, _(MORE))
    low, high = promises.reading_words or (0, 10**9)
    words = len(drop.reading.split())
    if not low <= words <= high:
        what = _("has {n} words; the course promises {low} to {high}")
        what = what.format(n=words, low=low, high=high)
        yield in_drop(drop, ("reading",), what, _("mend the reading"))
    pages = any(isinstance(card, FormulaCard) and card.lines for card in cards)
    if drop.number in promises.blank_pages and not pages:
        what = _("has no blank page, which the course promises")
        yield in_drop(drop, ("cards",), what, _("write a formula card with `lines`"))


def too_long(drop: Drop) -> Iterator[Found]:
    """A drop whose reading and core cards take more than its minutes, as the planner
    counts them for a learner to whom all is new."""
    core = sum(seconds_of(item.card) for item in drop.core) * NEW_TIMES
    minutes = (reading_seconds(drop) + core) / 60
    if minutes > drop.minutes:
        what = _("reading and core take {n} minutes of its {most}")
        what = what.format(n=f"{minutes:.1f}", most=drop.minutes)
        yield in_drop(drop, ("minutes",), what, _("shorten them, or give more minutes"))
