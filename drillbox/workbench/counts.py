"""What a course holds, counted: for authors, and for whoever chooses one."""

from collections import Counter
from collections.abc import Iterator

from drillbox.domain.card import KINDS, Card, Drawing, FormulaCard, SpotCard
from drillbox.domain.course import Course, Drop
from drillbox.domain.plan import reading_seconds
from drillbox.words import _, ngettext
from drillbox.workbench.named import names


def counts(course: Course) -> Iterator[str]:
    """Lines: each drop, the cards by kind, misconceptions, exercises and runs."""
    for drop in course.drops:
        yield _drop(drop)
    cards = cards_of(course.drops)
    kinds = Counter[str](card.kind for card in cards)
    n = len(cards)
    there = ngettext("{drops}, {n} cards", "{drops}, {n} cards", n)
    yield _row(_("drops"), there.format(drops=len(course.drops), n=n))
    yield _row(_("kinds"), ", ".join(f"{kinds[k]} {k}" for k in KINDS if kinds[k]))
    yield _row(_("parametric"), str(sum(map(is_parametric, cards))))
    yield from _kept(cards)
    yield from _beliefs(course, cards)
    tied = _("{exercises} exercises, {runs} runs in drops")
    yield _row(
        _("tied"),
        tied.format(exercises=len(course.exercises), runs=len(course.runs)),
    )
    answered = _("{questions} questions, {terms} terms")
    yield _row(
        _("answered"),
        answered.format(questions=len(course.questions), terms=len(course.glossary)),
    )


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
    runs = (_("run {name}").format(name=name) for name in drop.runs)
    said = _(
        "{number}  {cards} cards of {kinds} kinds, {parametric} parametric; {words} "
        "words, {minutes} of {most} minutes; {tied}"
    )
    return said.format(
        number=f"{drop.number:>2}",
        cards=f"{len(cards):>2}",
        kinds=kinds,
        parametric=sum(map(is_parametric, cards)),
        words=words,
        minutes=f"{reading_seconds(drop) / 60:.1f}",
        most=drop.minutes,
        tied=", ".join((*drop.exercises, *runs)) or _("nothing tied"),
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
    n = len(cards)
    sources = sum(card.source is not None for card in cards)
    yield _row(_("sources"), _("{some} of {n}").format(some=sources, n=n))
    checks = sum(card.check is not None for card in cards)
    yield _row(_("checks"), _("{n} by a witness").format(n=checks))
    ran = _("{some} of {n} spot cards are run")
    yield _row(_("code"), ran.format(some=run, n=len(spots)))
    pairs = sum(card.contrast is not None for card in cards) // 2
    said = _("{pages} blank pages, {pairs} pairs of twins")
    yield _row(_("by hand"), said.format(pages=pages, pairs=pairs))


def _beliefs(course: Course, cards: list[Card]) -> Iterator[str]:
    """Misconceptions that cards ask about, and that a wrong answer is known by."""
    known = {name for card in cards for _path, name in names(card, ())}
    asked = sum(bool(one.cards) for one in course.misconceptions)
    seen = [one.id for one in course.misconceptions if one.id in known]
    said = _("{n}: {asked} have cards, {seen} are recognised in a wrong answer")
    n = len(course.misconceptions)
    yield _row(_("misconceptions"), said.format(n=n, asked=asked, seen=len(seen)))
