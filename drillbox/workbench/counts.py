"""What a course holds, counted: for authors, and for whoever chooses one."""

from collections import Counter
from collections.abc import Iterator

from drillbox.domain.card import KINDS, Card, Drawing, FormulaCard, SpotCard
from drillbox.domain.course import Course, Drop
from drillbox.domain.plan import reading_seconds
from drillbox.workbench.named import names


def counts(course: Course) -> Iterator[str]:
    """Lines: each drop, the cards by kind, misconceptions, exercises and runs."""
    for drop in course.drops:
        yield _drop(drop)
    cards = cards_of(course.drops)
    kinds = Counter[str](card.kind for card in cards)
    yield _row("drops", f"{len(course.drops)}, {len(cards)} cards")
    yield _row("kinds", ", ".join(f"{kinds[k]} {k}" for k in KINDS if kinds[k]))
    yield _row("parametric", str(sum(map(is_parametric, cards))))
    yield from _kept(cards)
    yield from _beliefs(course, cards)
    tied = f"{len(course.exercises)} exercises, {len(course.runs)} runs in drops"
    yield _row("tied", tied)
    answered = f"{len(course.questions)} questions, {len(course.glossary)} terms"
    yield _row("answered", answered)


def cards_of(drops: tuple[Drop, ...]) -> list[Card]:
    """Every card once, in the order of the path."""
    found = {item.card.id: item.card for drop in drops for item in drop.items}
    return list(found.values())


def _row(name: str, text: str) -> str:
    return f"{name:<14} {text}"


def _drop(drop: Drop) -> str:
    cards = cards_of((drop,))
    kinds = len({card.kind for card in cards})
    words = len(drop.reading.split())
    minutes = reading_seconds(drop) / 60
    tied = ", ".join((*drop.exercises, *(f"run {name}" for name in drop.runs)))
    return (
        f"{drop.number:>2}  {len(cards):>2} cards of {kinds} kinds, "
        f"{sum(map(is_parametric, cards))} parametric; {words} words, {minutes:.1f} of "
        f"{drop.minutes} minutes; {tied or 'nothing tied'}"
    )


def is_parametric(card: Card) -> bool:
    """Whether it has other numbers for every variant, or is checked at drawn points."""
    return isinstance(card, FormulaCard) or (
        isinstance(card, Drawing) and bool(card.vars)
    )


def _kept(cards: list[Card]) -> Iterator[str]:
    """What stands behind the cards."""
    pages = sum(isinstance(card, FormulaCard) and bool(card.lines) for card in cards)
    spots = [card for card in cards if isinstance(card, SpotCard)]
    run = sum(card.run is not None for card in spots)
    yield _row("sources", f"{sum(c.source is not None for c in cards)} of {len(cards)}")
    yield _row("checks", f"{sum(c.check is not None for c in cards)} by a witness")
    yield _row("code", f"{run} of {len(spots)} spot cards are run")
    pairs = sum(card.contrast is not None for card in cards) // 2
    yield _row("by hand", f"{pages} blank pages, {pairs} pairs of twins")


def _beliefs(course: Course, cards: list[Card]) -> Iterator[str]:
    """Misconceptions that cards ask about, and that a wrong answer is known by."""
    known = {name for card in cards for _, name in names(card, ())}
    asked = sum(bool(one.cards) for one in course.misconceptions)
    seen = [one.id for one in course.misconceptions if one.id in known]
    yield _row(
        "misconceptions",
        f"{len(course.misconceptions)}: {asked} have cards, {len(seen)} are recognised "
        "in a wrong answer",
    )
