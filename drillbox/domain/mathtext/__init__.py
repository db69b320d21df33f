"""Formulas for the terminal: one honest line of Unicode, or the source as it stands.

    line(source)              the line, or the source itself where it is refused
    render(source)            the line; raises Refused
    prose(markdown)           a text with every $…$ and $$…$$ replaced by its line
    refusals(markdown)        a sentence for every formula that is refused
    Refused                   what: why, and what to write instead

Every character of a line is one column wide, but for the accents, which take none.
"""

from drillbox.domain.mathtext.markdown import line, prose, refusals, render
from drillbox.domain.mathtext.tree import Refused

__all__ = ["Refused", "line", "prose", "refusals", "render"]
