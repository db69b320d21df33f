"""`formula` with `lines`, a blank page: {"lines": ["r + c", …]}, one text a line.

Each line is held against the author's line at drawn points, as a single formula is. The
first line that is not right is named, with what is wrong with it:

    it does not follow              its value is another one
    it follows, and leads away      its value is right, and it is the line before once
                                    more, or has a name in it that should be gone
"""

from collections.abc import Sequence

from drillbox.domain.answer import formula
from drillbox.domain.answer.response import Response
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import FormulaCard, Line
from drillbox.domain.expression import Expression
from drillbox.domain.variant import Variant, authored
from drillbox.errors import AnswerError
from drillbox.words import _, ngettext


def answer(card: FormulaCard) -> str:
    """The author's lines, numbered, as code."""
    lines = enumerate(card.lines, 1)
    return "\n".join(f"{k}. `{line.answer}`" for k, line in lines)


def judge(card: FormulaCard, variant: Variant, response: Response) -> Judgement:
    """Right if every line is. Close: what is wrong follows, and leads away."""
    typed = [_read(card, k, text) for k, text in enumerate(_lines(card, response))]
    for k, line in enumerate(card.lines):
        found = _line(card, variant, typed[: k + 1], line)
        if found is not None:
            return found
    return RIGHT


def read(card: FormulaCard, text: str) -> Expression:
    """One line as it is typed; AnswerError says what is wrong with it."""
    if not text.strip():
        raise AnswerError(_("nothing was typed; type an expression"))
    return formula.read(card, text.strip())


def _lines(card: FormulaCard, response: Response) -> Sequence[str]:
    lines, count = response.get("lines"), len(card.lines)
    if not isinstance(lines, list | tuple) or len(lines) != count:
        said = ngettext(
            "type {n} lines, each an expression",
            "type {n} lines, each an expression",
            count,
        )
        raise AnswerError(said.format(n=count))
    return [str(line) for line in lines]


def _read(card: FormulaCard, k: int, text: str) -> Expression:
    try:
        return read(card, text)
    except AnswerError as error:
        said = _("line {n}: {text}").format(n=k + 1, text=error)
        raise AnswerError(said) from None


def _line(
    card: FormulaCard, variant: Variant, typed: Sequence[Expression], line: Line
) -> Judgement | None:
    """What is wrong with the last of the typed lines; those before it are right."""
    number, learner = len(typed), typed[-1]
    right = authored(variant.item, line.answer, f"lines.{number - 1}.answer")
    points = formula.compared(card, variant, learner, right)
    if all(point.equal for point in points):
        away = _leads_away(typed, line)
        return _away(number, away, line) if away else None
    wrong = formula.known((*line.wrong, *card.wrong), points, variant.item)
    if wrong is not None:
        said = _headline(number, line)
        return Judgement("wrong", (said, wrong.why), wrong.misconception)
    if line.turn and _same(card, variant, learner, typed[-2:-1]):
        away = _("it is still equal to the line before, and here the page turns")
        return _away(number, away, line)
    name = _("the right line") if line.turn or number == 1 else _("the line before")
    how = formula.apart(learner, right, points, name)
    return Judgement("wrong", (_headline(number, line), *how, line.why))


def _same(
    card: FormulaCard,
    variant: Variant,
    learner: Expression,
    before: Sequence[Expression],
) -> bool:
    """Whether what was typed is equal to the line before."""
    pairs = [formula.compared(card, variant, learner, one) for one in before]
    return bool(pairs) and all(point.equal for points in pairs for point in points)


def _leads_away(typed: Sequence[Expression], line: Line) -> str:
    """Why a line of the right value is not where we go; nothing if it is."""
    left = [name for name in line.without if name in typed[-1].names]
    lacks = [name for name in line.uses if name not in typed[-1].names]
    if left:
        return _("{names} should be gone by now").format(names=_names(left))
    if lacks:
        return _("{names} should stand in it").format(names=_names(lacks))
    formed = line.without or line.uses
    if len(typed) > 1 and not formed and str(typed[-1]) == str(typed[-2]):
        return _("it is the line before once more")
    return ""


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _away(number: int, away: str, line: Line) -> Judgement:
    said = _("Line {n} follows, but is not where we go: {why}. ({goal})")
    why = said.format(n=number, why=away, goal=line.text)
    return Judgement("close", (why, line.why))


def _headline(number: int, line: Line) -> str:
    if number == 1:
        return _("Line 1 is not {goal}.").format(goal=line.text)
    said = _("Line {n} does not follow from the line before. ({goal})")
    if line.turn:
        said = _("Line {n} is the first wrong one: it is not {goal}.")
    return said.format(n=number, goal=line.text)
