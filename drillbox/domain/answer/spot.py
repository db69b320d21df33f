"""`spot`: {"line": which line of the code is wrong, from 1}."""

from drillbox.domain.answer.response import Response
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import SpotCard
from drillbox.errors import AnswerError


def answer(card: SpotCard) -> str:
    """The faulty line and the line put right."""
    return f"Line {card.line} should be:\n\n```python\n{card.fix}\n```"


def judge(card: SpotCard, response: Response) -> Judgement:
    """Right or wrong; the line next to the faulty one is wrong like any other."""
    lines = card.code.splitlines()
    line = response.get("line")
    if type(line) is not int or not 1 <= line <= len(lines):
        raise AnswerError(f"there is no such line; name one from 1 to {len(lines)}")
    if line == card.line:
        return RIGHT
    for known in card.wrong:
        if known.line == line:
            return Judgement("wrong", (known.why,), known.misconception)
    return Judgement("wrong", (_why(card, lines, line),))


def _why(card: SpotCard, lines: list[str], line: int) -> str:
    code = lines[line - 1].strip()
    suspect = (
        f"Line {line}, `{code}`, is all right" if code else f"Line {line} is empty"
    )
    faulty = "".join(lines[card.line - 1 : card.line]).strip()
    return f"{suspect}; the fault is in line {card.line}, `{faulty}`."
