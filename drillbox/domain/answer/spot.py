"""`spot`: {"line": which line of the code is wrong, from 1}."""

from drillbox.domain.answer.response import Response
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import SpotCard
from drillbox.errors import AnswerError
from drillbox.words import _


def answer(card: SpotCard) -> str:
    """The faulty line and the line put right."""
    said = _("Line {n} should be:").format(n=card.line)
    return f"{said}\n\n```python\n{card.fix}\n```"


def judge(card: SpotCard, response: Response) -> Judgement:
    """Right or wrong; the line next to the faulty one is wrong like any other."""
    lines = card.code.splitlines()
    line = response.get("line")
    if type(line) is not int or not 1 <= line <= len(lines):
        none = _("there is no such line; name one from 1 to {n}")
        raise AnswerError(none.format(n=len(lines)))
    if line == card.line:
        return RIGHT
    for known in card.wrong:
        if known.line == line:
            return Judgement("wrong", (known.why,), known.misconception)
    return Judgement("wrong", (_why(card, lines, line),))


def _why(card: SpotCard, lines: list[str], line: int) -> str:
    code = lines[line - 1].strip()
    right = _("Line {n}, `{code}`, is all right; the fault is in line {m}, `{faulty}`.")
    empty = _("Line {n} is empty; the fault is in line {m}, `{faulty}`.")
    faulty = "".join(lines[card.line - 1 : card.line]).strip()
    if not code:
        return empty.format(n=line, m=card.line, faulty=faulty)
    return right.format(n=line, code=code, m=card.line, faulty=faulty)
