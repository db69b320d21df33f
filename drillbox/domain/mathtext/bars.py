"""Which upright bars of a row are a pair (|y|, ‖v‖) and which says "given" (y|x).

TeX does not ask, a renderer must: what stands between a pair is in brackets. A bar that
finds no partner stays what TeX makes of it, a sign like any other.
"""

from drillbox.domain.mathtext.tree import Fenced, Node, Row, Scripts, Space, Symbol

_BEFORE_AN_OPERAND = ("bin", "rel", "punct", "mid", "slash", "function", "big")


def paired(items: list[Node]) -> Row:
    """The row with every pair of bars made a Fenced, and a lone bar made a `mid`."""
    row: Row = tuple(items)
    for glyph in ("|", "‖"):
        places = [k for k, node in enumerate(row) if _bar(node) == glyph]
        if len(places) == 1:
            row = _given(row, places[0])
        elif places:
            row = _all_paired(row, glyph, places)
    return row


def _all_paired(row: Row, glyph: str, places: list[int]) -> Row:
    """By what stands before each bar; else two by two, if that comes out even."""
    by_position = _by_position(row, glyph)
    if not any(_is_loose(node, glyph) for node in by_position):
        return by_position
    first_ones, last_ones = places[::2], places[1::2]
    if len(places) % 2 or any(isinstance(row[k], Scripts) for k in first_ones):
        return by_position
    for first, last in zip(first_ones[::-1], last_ones[::-1], strict=True):
        row = _join(row, first, last)
    return row


def _is_loose(node: Node, glyph: str) -> bool:
    return _bar(node) == glyph or node == Symbol(glyph, "mid")


def _bar(node: Node) -> str:
    """The glyph, if the node is a bar, or a bar with scripts (which then closes)."""
    match node:
        case (
            Symbol(text=glyph, role="bar")
            | Scripts(base=Symbol(text=glyph, role="bar"))
        ):
            return glyph
    return ""


def _given(row: Row, place: int) -> Row:
    if isinstance(row[place], Scripts):
        return row
    return (*row[:place], Symbol(_bar(row[place]), "mid"), *row[place + 1 :])


def _join(row: Row, first: int, last: int) -> Row:
    """The row with what stands from `first` to `last` made one node."""
    glyph, closing = _bar(row[last]), row[last]
    inside: Node = Fenced(glyph, row[first + 1 : last], glyph)
    if isinstance(closing, Scripts):
        inside = Scripts(inside, closing.below, closing.above)
    return (*row[:first], inside, *row[last + 1 :])


def _by_position(row: Row, glyph: str) -> Row:
    """A bar opens where an operand is due; else it closes one, or is given."""
    opened: list[int] = []
    place = 0
    while place < len(row):
        if _bar(row[place]) == glyph:
            if _operand_due(row[:place]) and isinstance(row[place], Symbol):
                opened.append(place)
            elif opened:
                first = opened.pop()
                row, place = _join(row, first, place), first
            else:
                row = _given(row, place)
        place += 1
    return row


def _operand_due(before: Row) -> bool:
    seen: Row = tuple(node for node in before if not isinstance(node, Space))
    if not seen:
        return True
    last = seen[-1].base if isinstance(seen[-1], Scripts) else seen[-1]
    return isinstance(last, Symbol) and last.role in (*_BEFORE_AN_OPERAND, "bar")
