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

HEADLINE = {
    "right": "Right.",
    "close": "Close.",
    "wrong": "Wrong.",
    "unknown": "Not known yet.",
    "ungraded": "Compare.",
}

_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_BARS = re.compile("█+")
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
    counted = _BARS.sub(lambda bar: _some(len(bar.group()), "block"), drawing)
    return counted.translate(_RULES)


def plan(today: Plan) -> Iterator[str]:
    """Today in one or two lines."""
    if today.sitting:
        yield f"Today belongs to the exercise {today.exercise}: it has waited."
        return
    if _practice(today):
        yield f"Practice: {_some(len(today.entries), 'card')}; no schedule moves."
        return
    minutes = f"about {max(1, round(today.seconds / 60))} of {today.minutes} minutes"
    if today.entries:
        yield f"Today: {_parts(today.entries)}, {minutes}."
    else:
        yield "Today: nothing waits."
    if today.backlog:
        yield "The next drop waits until fewer cards are due."


def _practice(today: Plan) -> bool:
    first = today.entries[0] if today.entries else None
    return isinstance(first, Asking) and first.cause == "practice"


def _parts(entries: Sequence[Entry]) -> str:
    drops = sum(isinstance(entry, Reading) for entry in entries)
    cards = len(entries) - drops
    parts = ["a drop to read"] if drops else []
    parts += [_some(cards, "card")] if cards else []
    return " and ".join(parts)


def _some(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def read(step: Read, voice: Voice = text) -> Iterator[str]:
    """A drop."""
    yield f"Drop {step.drop.number}: {step.drop.title}"
    yield ""
    yield voice(step.drop.reading)
    yield ""
    yield "Enter when you have read it; g words, u undo, ! note, q end."


def ask(step: Ask, voice: Voice = text, below: Voice | None = None) -> Iterator[str]:
    """A question with what can be answered.

    below: says what stands behind numbers below the prompt, if not `voice`.
    """
    changed = " (changed since you learned it)" if step.changed else ""
    yield f"{step.position} of {step.total}. {step.item.card.kind}{changed}"
    yield voice(step.variant.prompt)
    yield from given(step.variant, below or voice)
    colon = ":" if step.item.card.kind in LETTER_KINDS else ""
    hint = f", {colon}h hint" if step.item.card.hint else ""
    keys = f"{colon}u undo, {colon}s suspend, {colon}! note, {colon}q end"
    yield f"Type {how(step.item.card)}; ? if you do not know{hint}. {keys}."


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
        yield from (f"Line {n}: {voice(e.text)}" for n, e in enumerate(card.lines, 1))
    elif isinstance(card, NumericCard):
        yield from [f"  in {card.unit}"] if card.unit else []
        yield from ["  a calculator is fair"] if card.calculator else []


def told(step: Told, voice: Voice = text) -> Iterator[str]:
    """The verdict, its reasons, and when the card comes back."""
    yield HEADLINE[step.verdict.outcome]
    yield from map(voice, words.reasons(step))
    card = step.ask.item.card
    if isinstance(card, RecallCard):
        yield "A good answer says:"
        yield from (f"  - {voice(point)}" for point in card.rubric)
    yield from standing(step)


def standing(step: Told) -> Iterator[str]:
    """The quality as it stands, and how to change it; what else can be done."""
    change = "" if step.quality is None else " To change it: :g0 to :g5."
    yield words.standing(step) + change
    if step.leech:
        yield f"{words.LEECH} Enter goes on."


def unknown(line: str) -> str:
    """About a line that is no command."""
    return f"'{line}' is no command here: u undo, s suspend, ! note, q end."


def end(step: End) -> Iterator[str]:
    """What was done, and what waits."""
    yield _done(step)
    yield from closing.lines(step.sums)
    if step.waiting:
        verb = "waits" if step.waiting == 1 else "wait"
        yield f"{_some(step.waiting, 'card')} {verb} for another day; that is fine."


def offered(step: End, exercise: str | None, run: str | None) -> Iterator[str]:
    """What can be typed at the end, the one next action first.

    exercise: the one that waits; run: of today's drop.
    """
    if exercise:
        yield f"Next: e, the exercise {exercise}."
    parts = [f"l the run {run}"] if run else []
    parts += ["t statistics"]
    parts += [f"m for {step.more} more"] if step.more else []
    change = ["u undo", ":g0 to :g5 change the last answer"]
    parts += change if step.answered else []
    yield f"{', '.join(parts)}, Enter to end."


def _done(step: End) -> str:
    if not step.answered:
        return "Nothing was asked."
    counts = f"Done: {_some(step.answered, 'answer')}, {step.right} right"
    minutes = round(step.seconds / 60)
    if minutes:
        return f"{counts}, in {_some(minutes, 'minute')}."
    return f"{counts}, in under a minute."
