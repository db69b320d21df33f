"""What makes a card unusable though each of its fields has the right form.

Every check yields where in the card (a path), what is wrong and what to write instead.
"""

import re
from collections.abc import Generator, Iterable, Iterator

from drillbox.domain.card import (
    Algebra,
    Card,
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    SpotCard,
)
from drillbox.library.authored import (
    Finding,
    witness_call,
    wrong_bounds,
    wrong_expression,
    wrong_name,
    wrong_names,
    wrong_number,
)
from drillbox.library.drawncheck import choosing, known_of, moving, places
from drillbox.library.marks import Path
from drillbox.library.wording import nearest
from drillbox.words import N_, _


def findings(card: Card) -> Iterator[Finding]:
    """Everything that makes this card unusable."""
    match card:
        case ChoiceCard():
            yield from _choice(card)
        case NumericCard():
            yield from _numeric(card)
        case FormulaCard():
            yield from _formula(card)
        case ClozeCard():
            yield from _cloze(card)
        case OrderCard():
            yield from _order(card)
        case SpotCard():
            yield from _spot(card)
        case DirectionCard():
            yield from _direction(card)
    answer = getattr(card, "answer", None)
    numbers = NumericCard | FormulaCard | ChoiceCard
    if card.check is not None and not (isinstance(card, numbers) and answer):
        yield from _unchecked(card)


def _unchecked(card: Card) -> Iterator[Finding]:
    if isinstance(card, FormulaCard):  # a blank page, or what is told already
        return
    advice = _("leave it out, or make this a numeric or formula card")
    if isinstance(card, ChoiceCard):
        advice = _("leave it out, or give `vars`, an `answer` and the options' values")
    if isinstance(card, DirectionCard):
        advice = _("write it under a quantity, beside its `change`")
    yield Finding(
        ("check",),
        _("a {kind} card has no number to check").format(kind=card.kind),
        advice,
    )


# --- choice, order, spot, cloze ------------------------------------------------------


def _choice(card: ChoiceCard) -> Iterator[Finding]:
    yield from choosing(card) if card.vars else _ticked(card)
    for k, option in enumerate(card.options):
        if not option.right and option.why is None and not _is_right(card, k):
            what = _("a wrong option has no `why`")
            yield Finding(("options", k), what, _("say why it is wrong"))


def _is_right(card: ChoiceCard, k: int) -> bool:
    """Whether this option is right in every variant, by being the answer itself."""
    value = card.options[k].value
    return value is not None and card.answer is not None and value == card.answer


def _ticked(card: ChoiceCard) -> Iterator[Finding]:
    yield from _undrawn(card)
    right = sum(option.right for option in card.options)
    if right == 0:
        advice = _("write `right: true` under each that is")
        yield Finding(("options",), _("no option is right"), advice)
    if right == len(card.options):
        advice = _("write a wrong one too, with its `why`")
        yield Finding(("options",), _("every option is right"), advice)
    if card.answer is not None:
        yield Finding(("answer",), _(_NOTHING_DRAWN), _(_DRAW))
    for k, option in enumerate(card.options):
        for field in ("value", "when"):
            if getattr(option, field) is not None:
                yield Finding(("options", k, field), _(_NOTHING_DRAWN), _(_DRAW))


_NOTHING_DRAWN = N_("is of no use in a card that draws no numbers")
_DRAW = N_("name what is drawn in `vars`, or leave it out")


def _undrawn(card: ChoiceCard | DirectionCard) -> Iterator[Finding]:
    for field in ("let", "where"):
        if getattr(card, field):
            yield Finding((field,), _(_NOTHING_DRAWN), _(_DRAW))


def _order(card: OrderCard) -> Iterator[Finding]:
    known = yield from _algebra(card)
    first = True
    for k, step in enumerate(card.steps):
        if step.value is not None:
            yield from wrong_expression(("steps", k, "value"), step.value, known)
        if step.turn and (first or step.value is None):
            what = _("has no value before it, or none of its own, to turn from")
            yield Finding(("steps", k, "turn"), what, _("leave it out"))
        first = first and step.value is None
    if len({step.text for step in card.steps}) == 1:
        yield Finding(
            ("steps",), _("all steps are the same"), _("write different ones")
        )


def _algebra(card: Algebra) -> Generator[Finding, None, dict[str, None]]:
    """The names there are, once what is wrong with their ranges is told."""
    yield from wrong_names("ranges", card.ranges)
    yield from wrong_names("let", card.let)
    for name, bounds in card.ranges.items():
        yield from wrong_bounds(("ranges", name), *bounds)
    known = dict.fromkeys(card.ranges)
    for name, text in card.let.items():
        yield from wrong_expression(("let", name), text, known)
        known[name] = None
    return known


def _equal(card: ClozeCard) -> Iterator[Finding]:
    known = yield from _algebra(card)
    filled = [name for name, blank in card.blanks.items() if blank.value is not None]
    for name, blank in card.blanks.items():
        if blank.value is not None:
            yield from wrong_expression(("blanks", name, "value"), blank.value, known)
        for k, word in enumerate(blank.wrong):
            if word.value is not None:
                path = ("blanks", name, "wrong", k, "value")
                yield from wrong_expression(path, word.value, known)
    for k, text in enumerate(card.equal):
        yield from wrong_expression(("equal", k), text, [*known, *filled])
    if len(card.equal) == 1:
        yield Finding(("equal",), _("has one expression"), _("write two or more"))


def _spot(card: SpotCard) -> Iterator[Finding]:
    lines = card.code.splitlines()
    seen = {card.line: _("line {n} is the faulty one")}
    if card.line > len(lines):
        yield _no_line(("line",), card.line, len(lines))
    elif card.fix.split() == lines[card.line - 1].split():
        what = _("is line {line} as it stands").format(line=card.line)
        yield Finding(("fix",), what, _("write the line put right"))
    for k, wrong in enumerate(card.wrong):
        path = ("wrong", k, "line")
        if wrong.line > len(lines):
            yield _no_line(path, wrong.line, len(lines))
        elif wrong.line in seen:
            what = seen[wrong.line].format(n=wrong.line)
            advice = _("name a line that is all right, or drop this")
            yield Finding(path, what, advice)
        seen.setdefault(wrong.line, _("line {n} is explained above already"))


def _no_line(path: Path, line: int, last: int) -> Finding:
    return Finding(
        path,
        _("the code has no line {line}").format(line=line),
        _("write one from 1 to {last}").format(last=last),
    )


def _direction(card: DirectionCard) -> Iterator[Finding]:
    yield from moving(card) if card.vars else _undrawn(card)
    for k, quantity in enumerate(card.quantities):
        if quantity.change is not None and not card.vars:
            yield Finding(("quantities", k, "change"), _(_NOTHING_DRAWN), _(_DRAW))
        if (quantity.answer is None) is (quantity.change is None):
            both = "answer" if quantity.answer else None
            what = _("stands beside `change`") if both else _("has no `answer`")
            advice = _("leave one out") if both else _("write up, down or same")
            yield Finding(("quantities", k, *filter(None, [both])), what, advice)
        if quantity.check is not None and quantity.change is None:
            path: Path = ("quantities", k, "check")
            yield Finding(path, _("there is no `change` to check"), _("leave it out"))
        if quantity.answer is not None and quantity.answer in quantity.misconceptions:
            path = ("quantities", k, "misconceptions", quantity.answer)
            what = _("`{answer}` is the right move").format(answer=quantity.answer)
            yield Finding(path, what, _("name a wrong one"), at_name=True)


_GAP = re.compile(r"\[\[\s*([A-Za-z][A-Za-z0-9_]*)\s*\]\]")


def _cloze(card: ClozeCard) -> Iterator[Finding]:
    yield from _equal(card)
    gaps = dict.fromkeys(_GAP.findall(card.prompt))
    for name in card.blanks:
        if name not in gaps:
            what = _("the prompt has no gap `[[{name}]]`").format(name=name)
            advice = _("write one, or delete this blank")
            yield Finding(("blanks", name), what, advice, at_name=True)
    for name in gaps:
        if name not in card.blanks:
            what = _("the gap `[[{name}]]` has no blank").format(name=name)
            near = nearest(name, [n for n in card.blanks if n not in gaps])
            advice = _("add `{name}:` to the blanks").format(name=name)
            if near:
                advice = _("write `[[{name}]]`").format(name=near)
            yield Finding(("prompt",), what, advice)


# --- expressions ---------------------------------------------------------------------


def _numeric(card: NumericCard) -> Iterator[Finding]:
    known = yield from known_of(card)
    yield from _answers(card, known)
    whys = ((("wrong", k, "why"), wrong.why) for k, wrong in enumerate(card.wrong))
    yield from places(card, known, whys)


def _formula(card: FormulaCard) -> Iterator[Finding]:
    yield from wrong_names("names", card.names)
    known = {name: None for name in card.names if name not in card.let}
    for name, text in card.let.items():
        yield from wrong_name(("let", name), name, card.names, at_name=True)
        yield from wrong_expression(("let", name), text, known)
        known[name] = None
    yield from _answers(card, card.names)
    yield from _page(card) if card.lines else _one_answer(card)
    for k, name in enumerate(card.positive):
        yield from wrong_name(("positive", k), name, card.names)
    for name, bounds in card.ranges.items():
        yield from wrong_name(("ranges", name), name, card.names, at_name=True)
        yield from wrong_bounds(("ranges", name), *bounds)


def _one_answer(card: FormulaCard) -> Iterator[Finding]:
    if card.answer is None:
        yield Finding(("answer",), _("is missing"), _("write `answer: …`, or `lines:`"))


def _page(card: FormulaCard) -> Iterator[Finding]:
    if card.answer is not None:
        what = _("stands beside `lines`")
        yield Finding(("answer",), what, _("leave it out: the last line is the answer"))
    for k, line in enumerate(card.lines):
        yield from wrong_expression(("lines", k, "answer"), line.answer, card.names)
        for j, wrong in enumerate(line.wrong):
            path = ("lines", k, "wrong", j, "formula")
            yield from wrong_expression(path, wrong.formula, card.names)
        for field, names in (("without", line.without), ("uses", line.uses)):
            for j, name in enumerate(names):
                yield from wrong_name(("lines", k, field, j), name, card.names)
    if card.lines[0].turn:
        what = _("has no line before it that it could turn from")
        yield Finding(("lines", 0, "turn"), what, _("leave it out"))


def _answers(
    card: NumericCard | FormulaCard, known: Iterable[str]
) -> Iterator[Finding]:
    if card.answer is not None:
        yield from wrong_expression(("answer",), card.answer, known)
    for k, wrong in enumerate(card.wrong):
        yield from wrong_expression(("wrong", k, "formula"), wrong.formula, known)
    if card.check is not None:
        yield from wrong_expression(("check",), card.check, known, witness_call)
    if isinstance(card, NumericCard):
        yield from wrong_number(("tolerance", "absolute"), card.tolerance.absolute)
