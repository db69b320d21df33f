"""Formulas for the terminal: a picture, one honest line, words, or the source.

    render(source)            the line; raises Refused
    line(source)              the line, or the source itself where it is refused
    picture(source, width)    rows as on a board, or the line where they are too wide
    spoken(source)            words to be read out; raises Refused
    prose(markdown)           a text with every $…$ and $$…$$ replaced by its line
    refusals(markdown)        a sentence for every formula that is refused
    Refused                   what: why, and what to write instead

Widths are cells of a terminal: two for a wide character, none for an accent.
"""

from drillbox.domain.mathtext.forms import line, picture, render, spoken
from drillbox.domain.mathtext.markdown import prose, refusals
from drillbox.domain.mathtext.tree import Refused

__all__ = [
    "Refused",
    "line",
    "picture",
    "prose",
    "refusals",
    "render",
    "spoken",
]
