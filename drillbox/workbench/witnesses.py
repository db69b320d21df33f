"""Every `check:` of a course, held against the reference library.

All calls go to the reference worker in one request; this process never sees torch.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drillbox.domain.answer.formula import point_of
from drillbox.domain.card import FormulaCard, NumericCard
from drillbox.domain.course import Item
from drillbox.domain.expression import Expression, parse
from drillbox.domain.stream import Stream
from drillbox.domain.variant import seed_of
from drillbox.errors import ContentError
from drillbox.library.cardcheck import WitnessCall, witness_call
from drillbox.workbench.cards import VARIANTS, Drawn
from drillbox.workbench.found import Found, in_card
from drillbox.workers.stream import WorkerError, stream

MODULE = "drillbox.reference.witness"
DEADLINE_S = 120.0
CHECK = ("check",)
SAME = 1e-9  # relative to max(1, |answer|)


class Claim(NamedTuple):
    """One variant's answer, and the call that must give the same."""

    item: Item
    witness: str
    arguments: tuple[float, ...]
    answer: float


def disagreements(entries: list[Drawn]) -> Iterator[Found]:
    """A problem for every card whose witness does not confirm its answer."""
    claims = [claim for entry in entries for claim in _claims(entry)]
    if not claims:
        return
    calls = [[claim.witness, list(claim.arguments)] for claim in claims]
    try:
        (answer,) = stream(MODULE, {"calls": calls}, deadline_s=DEADLINE_S)
    except WorkerError as error:
        yield in_card(claims[0].item, CHECK, f"cannot be evaluated: {error}")
        return
    if "error" in answer:
        item = claims[answer.get("call", 0)].item
        what, advice = str(answer["error"]), "see drillbox/reference/witness.py"
        yield in_card(item, CHECK, what, advice)
        return
    yield from _compared(claims, answer["values"])


def value_of(witness: str, arguments: Sequence[float]) -> float:
    """One value of a witness; nan where it is no finite number. ContentError if there
    is no such witness or it cannot be asked."""
    calls = [[witness, list(arguments)]]
    try:
        (answer,) = stream(MODULE, {"calls": calls}, deadline_s=DEADLINE_S)
    except WorkerError as error:
        raise ContentError(f"{witness} cannot be evaluated: {error}") from None
    if "error" in answer:
        raise ContentError(str(answer["error"]))
    value = answer["values"][0]
    return math.nan if value is None else float(value)


def _compared(claims: list[Claim], values: list[float | None]) -> Iterator[Found]:
    told = set()
    for claim, value in zip(claims, values, strict=True):
        if claim.item.id in told or _agree(claim.answer, value):
            continue
        told.add(claim.item.id)
        arguments = ", ".join(f"{argument:.6g}" for argument in claim.arguments)
        what = (
            f"{claim.witness}({arguments}) is {value}, the card's answer "
            f"{claim.answer!r}"
        )
        yield in_card(claim.item, CHECK, what, "mend the answer or the check")


def _agree(answer: float, value: float | None) -> bool:
    return value is not None and abs(answer - value) <= SAME * max(1.0, abs(answer))


def _claims(entry: Drawn) -> Iterator[Claim]:
    card = entry.item.card
    if card.check is None or not isinstance(card, NumericCard | FormulaCard):
        return
    goal = card.answer if isinstance(card, NumericCard) else card.goal
    call, answer = witness_call(card.check), parse(goal)
    if isinstance(card, NumericCard):
        points: Iterator[Mapping[str, float]] = (v.values for v in entry.variants)
    else:
        points = _points(entry.item, card)
    for values in points:
        claim = _claim(entry.item, call, answer, values)
        if math.isfinite(claim.answer):
            yield claim


def _claim(
    item: Item, call: WitnessCall, answer: Expression, values: Mapping[str, float]
) -> Claim:
    arguments = tuple(argument.evaluate(values) for argument in call.arguments)
    return Claim(item, call.witness, arguments, answer.evaluate(values))


def _points(item: Item, card: FormulaCard) -> Iterator[dict[str, float]]:
    """Points of a formula card, drawn from its ranges."""
    for k in range(VARIANTS):
        source = Stream(seed_of("lint", item.id, k), "witness")
        yield point_of(item, card, source)
