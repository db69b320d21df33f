"""`direction`: {"moves": ["up" | "down" | "same", …]}."""

from drillbox.domain.answer.response import Response
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import DirectionCard, Quantity
from drillbox.errors import AnswerError

_GOES = {"up": "goes up", "down": "goes down", "same": "stays about the same"}


def answer(card: DirectionCard) -> str:
    """What each quantity does, as a list."""
    return "\n".join(f"- {q.text}: {_GOES[q.way]}" for q in card.quantities)


def judge(card: DirectionCard, response: Response) -> Judgement:
    """Close: some quantity is right and no sign is reversed, only "same" misplaced."""
    moves = _moves(card, response)
    pairs = list(zip(card.quantities, moves, strict=True))
    wrong = [(q, move) for q, move in pairs if move != q.way]
    if not wrong:
        return RIGHT
    reversed_ = any("same" not in (q.way, move) for q, move in wrong)
    close = not reversed_ and len(wrong) < len(pairs)
    named = (q.misconceptions[m] for q, m in wrong if m in q.misconceptions)
    why = tuple(_why(q, move) for q, move in wrong)
    return Judgement("close" if close else "wrong", why, next(named, None))


def _why(quantity: Quantity, move: str) -> str:
    said, goes = _GOES[move], _GOES[quantity.way]
    return f"{quantity.text}: you said it {said}; it {goes}. {quantity.why}"


def _moves(card: DirectionCard, response: Response) -> list[str]:
    moves, count = response.get("moves"), len(card.quantities)
    if not isinstance(moves, list | tuple) or len(moves) != count:
        raise AnswerError(f"say up, down or same for each of the {count} quantities")
    for move in moves:
        if not isinstance(move, str) or move not in _GOES:
            raise AnswerError(f"`{move}` is no direction; say up, down or same")
    return list(moves)
