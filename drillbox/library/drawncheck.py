"""What makes a card unusable whose numbers are drawn, in what draws them."""

from collections.abc import Generator, Iterable, Iterator

from drillbox.domain.card import ChoiceCard, DirectionCard, Drawing
from drillbox.domain.expression import compare
from drillbox.library.authored import (
    Finding,
    witness_call,
    wrong_expression,
    wrong_names,
    wrong_places,
    wrong_variable,
)
from drillbox.library.marks import Path
from drillbox.words import N_, _

Texts = Iterable[tuple[Path, str | None]]


def known_of(card: Drawing) -> Generator[Finding, None, dict[str, None]]:
    """The names there are, once what is wrong with how they are drawn is told."""
    yield from wrong_names("vars", card.vars)
    yield from wrong_names("let", card.let)
    for name, variable in card.vars.items():
        yield from wrong_variable(("vars", name), variable)
    known = dict.fromkeys(card.vars)
    for name, text in card.let.items():
        if name in card.vars:
            what = _("`{name}` is one of the vars already").format(name=name)
            yield Finding(("let", name), what, _("give it another name"), at_name=True)
        yield from wrong_expression(("let", name), text, known)
        known[name] = None
    for k, text in enumerate(card.where):
        yield from wrong_expression(("where", k), text, known, compare)
    return known


def places(card: Drawing, known: Iterable[str], more: Texts) -> Iterator[Finding]:
    """What is wrong with the places for numbers in the card's texts and in `more`."""
    texts: list[tuple[Path, str | None]] = [
        (("prompt",), card.prompt),
        (("hint",), card.hint),
        (("explain",), card.explain),
    ]
    yield from wrong_places([*texts, *more], known)


def choosing(card: ChoiceCard) -> Iterator[Finding]:
    """What is wrong with a choice whose right option follows from what is drawn."""
    known = yield from known_of(card)
    if card.answer is not None:
        yield from wrong_expression(("answer",), card.answer, known)
    if card.check is not None:
        yield from wrong_expression(("check",), card.check, known, witness_call)
    field, other = ("when", "value") if card.answer is None else ("value", "when")
    for k, option in enumerate(card.options):
        text, path = getattr(option, field), ("options", k, field)
        if text is None:
            what = _("has no `{field}`").format(field=field)
            yield Finding(("options", k), what, _(_SAYS[field]))
        else:
            read = {"read": compare} if field == "when" else {}
            yield from wrong_expression(path, text, known, **read)
        for name in (other, "right"):
            if getattr(option, name):
                what, advice = _(_BESIDE[field]), _(_SAYS[field])
                yield Finding(("options", k, name), what, advice)
    texts = [
        (("options", k, name), getattr(option, name))
        for k, option in enumerate(card.options)
        for name in ("text", "why")
    ]
    yield from places(card, known, texts)


_SAYS = {
    "when": N_(
        "write a comparison: `when: a > b`; or an `answer` and the options' values"
    ),
    "value": N_("write what this option says as an expression, `value: …`"),
}
_BESIDE = {
    "when": N_("cannot stand in a card with `vars` and no `answer`"),
    "value": N_("cannot stand in a card with `vars` and an `answer`"),
}


def moving(card: DirectionCard) -> Iterator[Finding]:
    """What is wrong with directions that follow from what is drawn."""
    known = yield from known_of(card)
    texts: list[tuple[Path, str | None]] = []
    for k, quantity in enumerate(card.quantities):
        at: Path = ("quantities", k)
        texts += [((*at, "text"), quantity.text), ((*at, "why"), quantity.why)]
        if quantity.change is not None:
            yield from wrong_expression((*at, "change"), quantity.change, known)
        if quantity.check is not None:
            path = (*at, "check")
            yield from wrong_expression(path, quantity.check, known, witness_call)
    if all(quantity.change is None for quantity in card.quantities):
        what = _("none has a `change` that follows from what is drawn")
        yield Finding(("quantities",), what, _("write one in place of an `answer`"))
    yield from places(card, known, texts)
