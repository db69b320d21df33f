"""A step of the session as lines of text."""

import re
from collections.abc import Callable, Iterator, Sequence

from drillbox.domain import mathtext
from drillbox.domain.card import (
    ChoiceCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    RecallCard,
    SpotCard,
)
from drillbox.domain.mathtext.markdown import Form
from drillbox.domain.plan import Asking, Entry, Plan, Reading
from drillbox.domain.variant import Variant
from drillbox.plain.read import LETTER_KINDS, how
from drillbox.session import Ask, End, Read, Told, closing, words
from drillbox.words import N_, _, ngettext

HEADLINE = {
    "right": N_("Right."),
    "close": N_("Close."),
    "wrong": N_("Wrong."),
    "unknown": N_("Not known yet."),
    "ungraded": N_("Compare."),
}

_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_BARS = re.compile("(?P<bar>█+)(?P<gap> *)")
_RULES = str.maketrans("─│┌┐└┘├┤┬┴┼", "-|+++++++++")

Voice = Callable[[str], str]  # Markdown → the lines that are printed


def text(
    markdown: str, form: Form = mathtext.render, display: Form | None = None
) -> str:
    """Markdown as it is read out: no marks of emphasis, code without its fence.

    form: what is said for a formula, its line at first. display: for one that is alone
    in its paragraph.
    """
    parts = _CODE.split(mathtext.prose(markdown, form=form, display=display))
    return "".join(
        _code(p) if n % 2 else _BOLD.sub(r"\1", p) for n, p in enumerate(parts)
    )


def spoken(markdown: str) -> str:
    """The text with its formulas in words, for a screen reader."""
    return text(markdown, mathtext.spoken)


def _code(part: str) -> str:
    if not part.startswith("```"):
        return part
    lines = undrawn(part.removesuffix("```")).rstrip("\n").split("\n")[1:]
    return "\n".join(f"  {line}" for line in lines) + "\n"


def undrawn(drawing: str) -> str:
    """A drawing that can be read aloud: bars are counted, lines are ASCII."""
    return _BARS.sub(_blocks, drawing).translate(_RULES)


def _blocks(bar: re.Match[str]) -> str:
    """In the bar's own cells where they are enough, so that columns stay columns."""
    n, gap = len(bar["bar"]), bar["gap"]
    said = ngettext("{n} block", "{n} blocks", n).format(n=n)
    return f"{said} ".ljust(n + len(gap)) if gap else said


def plan(today: Plan) -> Iterator[str]:
    """Today in one or two lines."""
    if today.sitting:
        due = _("Today belongs to the exercise {name}: it has waited.")
        yield due.format(name=today.exercise)
        return
    if _practice(today):
        yield _practised(len(today.entries))
        return
    yield _minutes(today) if today.entries else _("Today: nothing waits.")
    if today.backlog:
        yield _("The next drop waits until fewer cards are due.")


def _practised(n: int) -> str:
    return ngettext(
        "Practice: {n} card; no schedule moves.",
        "Practice: {n} cards; no schedule moves.",
        n,
    ).format(n=n)


def _minutes(today: Plan) -> str:
    said = ngettext(
        "Today: {parts}, about {n} of {minutes} minutes.",
        "Today: {parts}, about {n} of {minutes} minutes.",
        today.minutes,
    )
    n = max(1, round(today.seconds / 60))
    return said.format(parts=_parts(today.entries), n=n, minutes=today.minutes)


def _practice(today: Plan) -> bool:
    first = today.entries[0] if today.entries else None
    return isinstance(first, Asking) and first.cause == "practice"


def _parts(entries: Sequence[Entry]) -> str:
    drops = sum(isinstance(entry, Reading) for entry in entries)
    n = len(entries) - drops
    if not n:
        return _("a drop to read")
    if not drops:
        return ngettext("{n} card", "{n} cards", n).format(n=n)
    return ngettext(
        "a drop to read and {n} card", "a drop to read and {n} cards", n
    ).format(n=n)


def read(step: Read, voice: Voice = text) -> Iterator[str]:
    """A drop."""
    head = _("Drop {n}: {title}")
    yield head.format(n=step.drop.number, title=step.drop.title)
    yield ""
    yield voice(step.drop.reading)
    yield ""
    yield _("Enter when you have read it; g words, u undo, ! note, q end.")


def ask(step: Ask, voice: Voice = text, below: Voice | None = None) -> Iterator[str]:
    """A question with what can be answered.

    below: says what stands behind numbers below the prompt, if not `voice`.
    """
    changed = _("{n} of {total}. {kind} (changed since you learned it)")
    head = changed if step.changed else _("{n} of {total}. {kind}")
    kind = words.kind(step.item.card)
    yield head.format(n=step.position, total=step.total, kind=kind)
    yield voice(step.variant.prompt)
    yield from given(step.variant, below or voice)
    colon = ":" if step.item.card.kind in LETTER_KINDS else ""
    hint = _("Type {how}; ? if you do not know, {c}h hint. {keys}")
    plain = _("Type {how}; ? if you do not know. {keys}")
    # Translators: {c} is a colon, or nothing.
    keys = _("{c}u undo, {c}s suspend, {c}! note, {c}q end.").format(c=colon)
    type_it = hint.replace("{c}", colon) if step.item.card.hint else plain
    yield type_it.format(how=how(step.item.card), keys=keys)


def given(variant: Variant, voice: Voice = text) -> Iterator[str]:
    """What stands below the prompt: options, steps, lines of code, names."""
    card = variant.item.card
    if isinstance(card, ChoiceCard):
        texts = [card.options[k].text for k in variant.order]
        yield from (f"  {n}. {voice(each)}" for n, each in enumerate(texts, 1))
    elif isinstance(card, OrderCard):
        texts = [card.steps[k].text for k in variant.order]
        yield from (f"  {n}. {voice(each)}" for n, each in enumerate(texts, 1))
    elif isinstance(card, DirectionCard):
        yield from (f"  - {voice(quantity.text)}" for quantity in card.quantities)
    elif isinstance(card, SpotCard):
        lines = card.code.rstrip("\n").split("\n")
        yield from (f"  {n}: {line}" for n, line in enumerate(lines, 1))
    elif isinstance(card, FormulaCard):
        yield from (f"  {name}: {voice(what)}" for name, what in card.names.items())
        line = _("Line {n}: {text}")
        texts = [voice(each.text) for each in card.lines]
        yield from (line.format(n=n, text=text) for n, text in enumerate(texts, 1))
    elif isinstance(card, NumericCard):
        unit = _("in {unit}").format(unit=card.unit)
        yield from [f"  {unit}"] if card.unit else []
        yield from [f"  {_('a calculator is fair')}"] if card.calculator else []


def told(step: Told, voice: Voice = text) -> Iterator[str]:
    """The verdict, its reasons, and when the card comes back."""
    yield _(HEADLINE[step.verdict.outcome])
    yield from map(voice, words.reasons(step))
    card = step.ask.item.card
    if isinstance(card, RecallCard):
        yield _("A good answer says:")
        yield from (f"  - {voice(point)}" for point in card.rubric)
    yield from standing(step)


def standing(step: Told) -> Iterator[str]:
    """The quality as it stands, and how to change it; what else can be done."""
    change = "" if step.quality is None else " " + _("To change it: :g0 to :g5.")
    yield words.standing(step) + change
    if step.leech:
        yield f"{_(words.LEECH)} {_('Enter goes on.')}"


def unknown(line: str) -> str:
    """About a line that is no command."""
    said = _("'{line}' is no command here: u undo, s suspend, ! note, q end.")
    return said.format(line=line)


def unknown_at_end(line: str) -> str:
    """The same at the end of a session; what can be typed is said after it."""
    return _("'{line}' is no command here.").format(line=line)


def end(step: End) -> Iterator[str]:
    """What was done, and what waits."""
    yield closing.done(step)
    yield from closing.lines(step.sums)
    if step.waiting:
        yield ngettext(
            "{n} card waits for another day; that is fine.",
            "{n} cards wait for another day; that is fine.",
            step.waiting,
        ).format(n=step.waiting)


def offered(step: End, exercise: str | None, run: str | None) -> Iterator[str]:
    """What can be typed at the end, the one next action first.

    exercise: the one that waits; run: of today's drop.
    """
    if exercise:
        yield _("Next: e, the exercise {name}.").format(name=exercise)
    parts = [_("l the run {name}").format(name=run)] if run else []
    parts += [_("t statistics")]
    parts += [_("m for {n} more").format(n=step.more)] if step.more else []
    change = [_("u undo"), _(":g0 to :g5 change the last answer")]
    parts += change if step.answered else []
    yield f"{', '.join([*parts, _('Enter to end')])}."
