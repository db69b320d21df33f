"""Every `check:` of a course, held against the reference library.

All calls go to the reference worker in one request; this process never sees torch.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drillbox.domain.answer.formula import point_of
from drillbox.domain.card import ChoiceCard, DirectionCard, FormulaCard, NumericCard
from drillbox.domain.course import Item
from drillbox.domain.expression import Expression, parse
from drillbox.domain.stream import Stream
from drillbox.domain.variant import seed_of
from drillbox.errors import ContentError
from drillbox.library.authored import WitnessCall, witness_call
from drillbox.library.marks import Path
from drillbox.words import _
from drillbox.workbench.cards import VARIANTS, Drawn
from drillbox.workbench.found import Found, in_card
from drillbox.workers.stream import WorkerError, stream

MODULE = "drillbox.reference.witness"
DEADLINE_S = 120.0
CHECK: Path = ("check",)
SAME = 1e-9  # relative to max(1, |answer|)


class Claim(NamedTuple):
    """One variant's answer, and the call that must give the same."""

    item: Item
    path: Path
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
        what = _("cannot be evaluated: {why}").format(why=error)
        yield in_card(claims[0].item, claims[0].path, what)
        return
    if "error" in answer:
        claim = claims[answer.get("call", 0)]
        what, advice = str(answer["error"]), _("see drillbox/reference/witness.py")
        yield in_card(claim.item, claim.path, what, advice)
        return
    yield from _compared(claims, answer["values"])


def value_of(witness: str, arguments: Sequence[float]) -> float:
    """One value of a witness; nan where it is no finite number. ContentError if there
    is no such witness or it cannot be asked."""
    calls = [[witness, list(arguments)]]
    try:
        (answer,) = stream(MODULE, {"calls": calls}, deadline_s=DEADLINE_S)
    except WorkerError as error:
        said = _("{witness} cannot be evaluated: {why}")
        raise ContentError(said.format(witness=witness, why=error)) from None
    if "error" in answer:
        raise ContentError(str(answer["error"]))
    value = answer["values"][0]
    return math.nan if value is None else float(value)


def _compared(claims: list[Claim], values: list[float | None]) -> Iterator[Found]:
    told = set()
    for claim, value in zip(claims, values, strict=True):
        if (claim.item.id, claim.path) in told or _agree(claim.answer, value):
            continue
        told.add((claim.item.id, claim.path))
        arguments = ", ".join(f"{argument:.6g}" for argument in claim.arguments)
        call, answer = f"{claim.witness}({arguments})", repr(claim.answer)
        what = _("{call} is {value}, the card's answer {answer}")
        what = what.format(call=call, value=value, answer=answer)
        yield in_card(claim.item, claim.path, what, _("mend the answer or the check"))


def _agree(answer: float, value: float | None) -> bool:
    return value is not None and abs(answer - value) <= SAME * max(1.0, abs(answer))


def _claims(entry: Drawn) -> Iterator[Claim]:
    for path, check, goal in checks_of(entry.item):
        call, answer = witness_call(check), parse(goal)
        for values in _values(entry):
            claim = _claim(entry.item, path, call, answer, values)
            if math.isfinite(claim.answer):
                yield claim


def checks_of(item: Item) -> Iterator[tuple[Path, str, str]]:
    """Each `check:` of a card: where it stands, its text, the expression it is held
    equal to."""
    match item.card:
        case NumericCard(check=str(check), answer=goal):
            yield CHECK, check, goal
        case FormulaCard(check=str(check)) as card:
            yield CHECK, check, card.goal
        case ChoiceCard(check=str(check), answer=str(goal)):
            yield CHECK, check, goal
        case DirectionCard() as card:
            for k, one in enumerate(card.quantities):
                if one.check is not None and one.change is not None:
                    yield ("quantities", k, "check"), one.check, one.change


def _values(entry: Drawn) -> Iterator[Mapping[str, float]]:
    card = entry.item.card
    if isinstance(card, FormulaCard):
        yield from _points(entry.item, card)
    else:
        yield from (variant.values for variant in entry.variants)


def _claim(
    item: Item,
    path: Path,
    call: WitnessCall,
    answer: Expression,
    values: Mapping[str, float],
) -> Claim:
    arguments = tuple(argument.evaluate(values) for argument in call.arguments)
    return Claim(item, path, call.witness, arguments, answer.evaluate(values))


def _points(item: Item, card: FormulaCard) -> Iterator[dict[str, float]]:
    """Points of a formula card, drawn from its ranges."""
    for k in range(VARIANTS):
        source = Stream(seed_of("lint", item.id, k), "witness")
        yield point_of(item, card, source)
