"""`direction`: {"moves": ["up" | "down" | "same", …]}."""

from drillbox.domain.answer.response import Response
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import DirectionCard, Quantity
from drillbox.errors import AnswerError
from drillbox.words import N_, _, ngettext

_GOES = {
    "up": N_("{quantity}: goes up"),
    "down": N_("{quantity}: goes down"),
    "same": N_("{quantity}: stays about the same"),
}
_WRONG = {  # said, is
    ("up", "down"): N_("{quantity}: you said it goes up; it goes down."),
    ("up", "same"): N_("{quantity}: you said it goes up; it stays about the same."),
    ("down", "up"): N_("{quantity}: you said it goes down; it goes up."),
    ("down", "same"): N_("{quantity}: you said it goes down; it stays about the same."),
    ("same", "up"): N_("{quantity}: you said it stays about the same; it goes up."),
    ("same", "down"): N_("{quantity}: you said it stays about the same; it goes down."),
}


def answer(card: DirectionCard) -> str:
    """What each quantity does, as a list."""
    said = [_(_GOES[q.way]).format(quantity=q.text) for q in card.quantities]
    return "\n".join(f"- {line}" for line in said)


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
    said = _(_WRONG[move, quantity.way]).format(quantity=quantity.text)
    return f"{said} {quantity.why}"


def _moves(card: DirectionCard, response: Response) -> list[str]:
    moves, count = response.get("moves"), len(card.quantities)
    if not isinstance(moves, list | tuple) or len(moves) != count:
        said = ngettext(
            "say up, down or same for each of the {n} quantities",
            "say up, down or same for each of the {n} quantities",
            count,
        )
        raise AnswerError(said.format(n=count))
    for move in moves:
        if not isinstance(move, str) or move not in _GOES:
            none = _("`{word}` is no direction; say up, down or same")
            raise AnswerError(none.format(word=move))
    return list(moves)
