"""Where what stands below and above a base is put."""

from drillbox.domain.mathtext.box import Box, beside, of_text, stacked
from drillbox.domain.mathtext.tree import Row, Symbol

_LONGEST = 3  # characters of a small script; more are hard to read
_PROTRUDES = 3  # rows; a script as tall as that is covered by brackets


def small(row: Row | None, letters: dict[str, str]) -> str:
    """The script in small characters; "" where it has none or would read badly."""
    text = ""
    for node in row or ():
        if not isinstance(node, Symbol) or node.role in ("word", "function"):
            return ""
        text += node.text
    if len(text) > _LONGEST or any(letter not in letters for letter in text):
        return ""
    return "".join(letters[letter] for letter in text)


def attached(
    base: Box, low: str, below: Box | None, high: str, above: Box | None
) -> Box:
    """The base with its scripts in a column of their own, right after it.

    low, high: scripts in small characters, which stay on the base's last and first row;
    those without are `below` and `above`, in rows under and over all of it.
    """
    if low and above and not base.tall:  # a power of xᵢ, after the ᵢ
        return attached(beside([base, of_text(low)]), "", None, "", above)
    up = above.rows if above else ()
    down = below.rows if below else ()
    between = base.last - base.first - 1
    beside_base = (high, *("",) * between, low) if base.tall else (low + high,)
    rows = (*up, *beside_base, *down)
    at_base = len(up) + base.base - base.first
    column = stacked([of_text(row) for row in rows], at_base, "left")
    return _covering(beside([base, column]), base, len(up), len(down))


def _covering(whole: Box, base: Box, up: int, down: int) -> Box:
    """Scripts stick out of what a bracket covers, unless they are tall themselves."""
    first = whole.base - (base.base - base.first)
    last = whole.base + base.last - base.base
    return whole._replace(
        first=0 if up >= _PROTRUDES else first,
        last=len(whole.rows) - 1 if down >= _PROTRUDES else last,
    )


def limits(base: Box, below: Box | None, above: Box | None) -> Box:
    """What stands right under and right over the base; both make it tall."""
    boxes = [box for box in (above, base, below) if box]
    over = len(above.rows) if above else 0
    whole = stacked(boxes, over)
    if above and below:
        return whole
    return whole._replace(first=over, last=over)
