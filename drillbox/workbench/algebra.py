"""The values of a derivation's steps, held equal at drawn points.

Equal: within 1e-9 relative to max(1, |value|), wherever both are finite; that must be
so at 16 of 64 points at least.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from drillbox.domain.card import Algebra, ClozeCard, OrderCard, WrongWord
from drillbox.domain.course import Item
from drillbox.domain.expression import parse
from drillbox.domain.stream import Stream
from drillbox.domain.variant import evaluated, seed_of
from drillbox.library.marks import Path
from drillbox.words import _
from drillbox.workbench.found import Found, in_card

POINTS = 64
FEWEST = 16
EQUAL = 1e-9
Point = dict[str, float]


def unequal(item: Item) -> Iterator[Found]:
    """Steps whose values are not what the card says of them."""
    match item.card:
        case OrderCard() as card:
            yield from _steps(item, card)
        case ClozeCard(equal=[_, *_]) as card:
            yield from _fillings(item, card)


def _points(item: Item, card: Algebra) -> list[Point]:
    found = []
    for k in range(POINTS):
        stream = Stream(seed_of("lint", item.card.id, k), "algebra")
        at = {name: stream.between(*bounds) for name, bounds in card.ranges.items()}
        for name, text in card.let.items():
            at[name] = evaluated(item, text, at, f"let.{name}")
        found.append(at)
    return found


def _steps(item: Item, card: OrderCard) -> Iterator[Found]:
    points = _points(item, card)
    before = ""
    for k, step in enumerate(card.steps):
        if step.value is None:
            continue
        path: Path = ("steps", k, "value")
        apart = before and _apart(before, step.value, points)
        if apart and not step.turn:
            advice = _("mend one, or write `turn: true`")
            what = _("is not the value before it: {why}").format(why=apart)
            yield in_card(item, path, what, advice)
        if before and not apart and step.turn:
            what = _("is the value before it")
            yield in_card(item, path, what, _("leave `turn` out"))
        before = step.value


def _fillings(item: Item, card: ClozeCard) -> Iterator[Found]:
    """The right values make `equal` equal, and each wrong one does not."""
    points = _points(item, card)
    right = {n: b.value for n, b in card.blanks.items() if b.value is not None}
    apart = _broken(card, right, points)
    if apart and item.blank == next(iter(card.blanks)):
        what = _("are not equal: {why}").format(why=apart)
        yield in_card(item, ("equal",), what, _("mend one of them"))
    if apart:
        return
    name = item.blank or ""
    for k, word in enumerate(card.blanks[name].wrong):
        if word.value is not None and not _breaks(card, right, name, word, points):
            path: Path = ("blanks", name, "wrong", k, "value")
            what = _("`{value}` leaves `equal` equal").format(value=word.value)
            yield in_card(item, path, what, _("mend it, or drop it"))


def _breaks(
    card: ClozeCard,
    right: Mapping[str, str],
    name: str,
    word: WrongWord,
    points: Sequence[Point],
) -> bool:
    return bool(_broken(card, {**right, name: word.value or ""}, points))


def _broken(card: ClozeCard, values: Mapping[str, str], points: Sequence[Point]) -> str:
    """Where two of `equal` differ with these fillings; nothing if they do not."""
    filled = [
        {**at, **{name: parse(text).evaluate(at) for name, text in values.items()}}
        for at in points
    ]
    first, *others = card.equal
    return next(filter(None, (_apart(first, other, filled) for other in others)), "")


def _apart(one: str, other: str, points: Sequence[Point]) -> str:
    """The first point where two expressions differ, in words; nothing if none."""
    pairs = [(at, parse(one).evaluate(at), parse(other).evaluate(at)) for at in points]
    finite = [p for p in pairs if math.isfinite(p[1]) and math.isfinite(p[2])]
    if len(finite) < FEWEST:
        return _("`{one}` and `{other}` are both finite at {n} of {points}").format(
            one=one, other=other, n=len(finite), points=POINTS
        )
    for at, a, b in finite:
        if abs(a - b) > EQUAL * max(1.0, abs(a)):
            values = ", ".join(f"{name} = {value:.4g}" for name, value in at.items())
            return _("for {values} `{one}` is {a:.6g} and `{other}` is {b:.6g}").format(
                values=values, one=one, a=a, other=other, b=b
            )
    return ""
