"""Yours and the reference, side by side where there is room, else one above the other.

Lines that are the same stand on one height; a mark says of every other line whose it
is. Nothing is cut off: a long line goes on below.
"""

import ast
import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from drillbox.grader import printable

_LONGEST = 1 << 20  # characters of a line: a whole file of the largest size
ROOM = 100  # columns from which on two columns are readable

Mark = Literal[" ", "≠", "‹", "›"]  # both alike, both but not alike, yours, reference


class Pair(NamedTuple):
    """A line of yours and one of the reference; None where one has none."""

    mark: Mark
    yours: str | None
    reference: str | None


def pairs(yours: str, reference: str) -> Iterator[Pair]:
    """Both texts line by line; how a line is indented does not tell them apart."""
    mine, theirs = yours.splitlines(), reference.splitlines()
    a, b = [_bare(one) for one in mine], [_bare(one) for one in theirs]
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        left, right = mine[i:j], theirs[k:m]
        for n in range(max(len(left), len(right))):
            one = left[n] if n < len(left) else None
            other = right[n] if n < len(right) else None
            yield Pair(_mark(what == "equal", one, other), one, other)


def _bare(line: str) -> str:
    return " ".join(line.split())


def _mark(equal: bool, one: str | None, other: str | None) -> Mark:
    if equal:
        return " "
    if one is None:
        return "›"
    return "‹" if other is None else "≠"


def body(source: str) -> str:
    """A learner's file without its imports and its docstring; as it is, if that does
    not parse."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    gone: set[int] = set()
    kept: set[int] = set()
    for node in tree.body:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        left_out = isinstance(node, ast.Import | ast.ImportFrom)
        left_out = left_out or node is _docstring(tree)
        (gone if left_out else kept).update(lines)
    shown = enumerate(_LINE_END.split(source), 1)
    return "\n".join(text for n, text in shown if n not in gone - kept).strip("\n")


_LINE_END = re.compile(r"\r\n|\r|\n")  # what Python takes for one


def _docstring(tree: ast.Module) -> ast.stmt | None:
    return tree.body[0] if ast.get_docstring(tree, clean=False) is not None else None


def lines(yours: str, reference: str, width: int) -> Iterator[tuple[str, bool]]:
    """Lines of at most `width` columns, and whether each is where the two differ."""
    found = list(pairs(yours, reference))
    if width >= ROOM:
        yield from _beside(found, width)
    else:
        yield from _above(found, width)


def _beside(found: Sequence[Pair], width: int) -> Iterator[tuple[str, bool]]:
    column = (width - len(" │ ") - len("≠ ")) // 2
    yield f"  {_padded('yours', column)} │ the reference", False
    for mark, yours, reference in found:
        left, right = broken(yours or "", column), broken(reference or "", column)
        for n in range(max(len(left), len(right))):
            one = left[n] if n < len(left) else ""
            other = right[n] if n < len(right) else ""
            shown = f"{mark} {_padded(one, column)} │ {other}"
            yield shown.rstrip(), mark != " "


def _above(found: Sequence[Pair], width: int) -> Iterator[tuple[str, bool]]:
    for title, index in (("yours", 1), ("the reference", 2)):
        yield f"  {title}", False
        for pair in found:
            line = pair[index]
            for part in broken(line, width - 2) if line is not None else ():
                yield f"{pair.mark} {part}".rstrip(), pair.mark != " "
        if index == 1:
            yield "", False


def broken(line: str, width: int) -> list[str]:
    """A line in parts of at most `width` columns, without what a terminal obeys."""
    parts, used = [""], 0
    for character in printable.line(line.expandtabs(4), _LONGEST):
        wide = columns(character)
        if used + wide > width and parts[-1]:
            parts.append("")
            used = 0
        parts[-1] += character
        used += wide
    return parts


def columns(text: str) -> int:
    """How many columns a terminal takes for it."""
    return sum(_width(one) for one in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))
