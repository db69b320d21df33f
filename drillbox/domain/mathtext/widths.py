"""How many cells of a terminal a text takes."""

import unicodedata

_NO_CELL = ("Mn", "Me", "Cf")  # accents, enclosing marks, what is invisible


def width(text: str) -> int:
    """The cells: two for a wide character, none for an accent on the one before."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in _NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
