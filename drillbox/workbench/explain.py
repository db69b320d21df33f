"""Where everything in a card comes from: its source, its numbers, its check.

A variant is drawn as a learner's is, and every value is worked out again: by the
expressions, by the witness of `check:`, by the code of a `spot` and its repaired twin,
and by the records that its texts name.
"""

from collections.abc import Iterator

from drillbox.domain.answer import mark
from drillbox.domain.answer.formula import point_of
from drillbox.domain.card import (
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    Drawing,
    FormulaCard,
    NumericCard,
    Option,
    OrderCard,
    SpotCard,
    WrongFormula,
)
from drillbox.domain.course import Course, Item
from drillbox.domain.expression import parse
from drillbox.domain.mathtext import prose
from drillbox.domain.stream import Stream
from drillbox.domain.variant import Variant, draw, seed_of, written
from drillbox.errors import ContentError
from drillbox.library import yaml12
from drillbox.library.authored import witness_call
from drillbox.library.records import folder_of, quoted, references
from drillbox.library.sheet import bytes_of
from drillbox.library.wording import nearest
from drillbox.words import _

DIGITS = 6


def explained(course: Course, name: str, number: int = 0) -> Iterator[str]:
    """Lines about the card, or about every blank of a cloze. number: which variant, as
    after so many answers. ContentError if there is no such card."""
    items = [item for item in course.items.values() if name in (item.id, item.card.id)]
    if not items:
        near = nearest(name, [item.card.id for item in course.items.values()])
        said = _("{id} has no card {name}; look at its `id:`")
        if near:
            said = _("{id} has no card {name}; did you mean {near}?")
        raise ContentError(said.format(id=course.id, name=repr(name[:80]), near=near))
    card = items[0].card
    yield _("{id}, {kind}, drop {n}").format(
        id=card.id, kind=card.kind, n=items[0].drop
    )
    yield from _row(_("written"), f"{items[0].file}:{items[0].line}")
    yield from _row(_("source"), card.source or _("none is given"))
    for item in items:
        yield from _answer(item, _drawn(course, item, number), number)
    first = _drawn(course, items[0], number)
    yield from _expressions(items[0], first)
    yield from _checks(items[0], first)
    yield from _runs(items[0])
    yield from _beliefs(course, card.id)
    if card.contrast:
        yield from _row(_("twin"), card.contrast)


def _drawn(course: Course, item: Item, number: int) -> Variant:
    return draw(item, seed_of(course.id, item.id, number))


def _row(name: str, text: str) -> Iterator[str]:
    first, *more = text.splitlines() or [""]
    yield f"{name:<10} {first}"
    yield from (f"{'':<10} {line}" for line in more)


def _answer(item: Item, variant: Variant, number: int) -> Iterator[str]:
    yield from _row(_("question"), prose(variant.prompt))
    if variant.values:
        values = ", ".join(f"{n} = {written(x)}" for n, x in variant.values.items())
        yield from _row(_("variant"), f"{number}: {values}")
    name = _("answer") if item.blank is None else item.blank
    yield from _row(name, prose(mark(variant, {"unknown": True}).answer))


# --- what it rests on ----------------------------------------------------------------


def _expressions(item: Item, variant: Variant) -> Iterator[str]:
    match item.card:
        case NumericCard() as card:
            yield from _row(_("expression"), f"{_lets(card)}{card.answer}")
            for wrong in card.wrong:
                said = _worked(wrong.formula, variant)
                yield from _row(_("wrong"), f"{said}{_named(wrong)}")
        case ChoiceCard(vars=names) as card if names:
            yield from _options(card, variant)
        case DirectionCard(vars=names) as card if names:
            lines = [_worked(q.change, variant) for q in card.quantities if q.change]
            yield from _row(_("expression"), _lets(card) + "\n".join(lines))
        case FormulaCard() as card:
            yield from _row(_("expression"), card.goal)
            for wrong in card.wrong:
                yield from _row(_("wrong"), f"{wrong.formula}{_named(wrong)}")
        case OrderCard() as card:
            values = [step.value for step in card.steps if step.value is not None]
            yield from _row(_("steps"), "\n= ".join(values)) if values else ()
        case ClozeCard(equal=[_, *_]) as card:
            yield from _row(_("equal"), "\n= ".join(card.equal))
        case SpotCard(run=run) as card if run is not None:
            yield from _code(card)


def _lets(card: Drawing) -> str:
    return "".join(f"{name} = {text}\n" for name, text in card.let.items())


def _worked(text: str, variant: Variant) -> str:
    return f"{text} = {written(parse(text).evaluate(variant.values), DIGITS)}"


def _options(card: ChoiceCard, variant: Variant) -> Iterator[str]:
    """What makes one option the right one, and what the others say."""
    lines = [_worked(card.answer, variant)] if card.answer else []
    lines += [
        _("option {n}: {when}").format(n=k, when=o.when)
        for k, o in enumerate(card.options, 1)
        if o.when
    ]
    yield from _row(_("expression"), _lets(card) + "\n".join(lines))
    shown = variant.item.card
    assert isinstance(shown, ChoiceCard)
    for option in shown.options:
        if not option.right:
            said = prose(option.text)
            if option.value:
                said = _("{text} of {value}").format(text=said, value=option.value)
            yield from _row(_("wrong"), f"{said}{_named(option)}")


def _named(wrong: WrongFormula | Option) -> str:
    return f", {wrong.misconception}" if wrong.misconception else ""


def _checks(item: Item, variant: Variant) -> Iterator[str]:
    """What the witnesses in the reference library give, beside the answers."""
    from drillbox.workbench.witnesses import checks_of, value_of

    checks = list(checks_of(item))
    if not checks:
        yield from _row(_("check"), _("none is given"))
    values = variant.values
    if isinstance(item.card, FormulaCard):
        values = point_of(item, item.card, Stream(variant.seed, "points"))
    for _path, check, goal in checks:
        call = witness_call(check)
        arguments = [argument.evaluate(values) for argument in call.arguments]
        shown = ", ".join(written(x, DIGITS) for x in arguments)
        yield from _row(_("check"), check)
        found = written(value_of(call.witness, arguments), DIGITS)
        own = written(parse(goal).evaluate(values), DIGITS)
        said = _("{call} = {found}; the answer is {own}")
        made = f"{call.witness}({shown})"
        yield from _row("", said.format(call=made, found=found, own=own))


def _code(card: SpotCard) -> Iterator[str]:
    from drillbox.grader.snippet import Snippets
    from drillbox.workbench.spots import program, repaired

    run = card.run
    if run is None:
        return
    inputs = ", ".join(f"{name} = {value}" for name, value in run.inputs.items())
    yield from _row(_("inputs"), inputs)
    with Snippets() as snippets:
        yield from _row(_("as shown"), str(snippets.run(program(card.code, run))))
        yield from _row(_("repaired"), str(snippets.run(program(repaired(card), run))))


def _runs(item: Item) -> Iterator[str]:
    """Every number that the card quotes from a run."""
    document = yaml12.read(bytes_of(item.file)[0], item.file)
    lines = document.lines.get("cards", ())
    if item.line not in lines:
        return
    raw = document.value["cards"][lines.index(item.line)]
    for reference in dict.fromkeys(references(raw)):
        shown = quoted(reference, folder_of(item.file))
        yield from _row(_("run"), f"{reference} = {shown}")


def _beliefs(course: Course, card: str) -> Iterator[str]:
    for one in course.misconceptions:
        if card in one.cards:
            yield from _row(_("belief"), f"{one.id}: {one.sentence}")
