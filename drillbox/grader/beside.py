"""Yours and the reference, side by side where there is room, else one above the other.

Lines that are the same stand on one height; a mark says of every other line whose it
is. Nothing is cut off: a long line goes on below.
"""

import ast
import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from drillbox.grader import printable
from drillbox.words import _

_LONGEST = 1 << 20  # characters of a line: a whole file of the largest size
ROOM = 100  # columns from which on two columns are readable

Mark = Literal[" ", "≠", "‹", "›"]  # both alike, both but not alike, yours, reference


class Pair(NamedTuple):
    """A line of yours and one of the reference; None where one has none."""

    mark: Mark
    yours: str | None
    reference: str | None


def pairs(yours: str, reference: str) -> Iterator[Pair]:
    """Both texts line by line; lines that resemble each other stand together. Blanks do
    not tell lines apart."""
    mine, theirs = yours.splitlines(), reference.splitlines()
    a, b = [_words(one) for one in mine], [_words(one) for one in theirs]
    i = k = 0
    for i_next, k_next in [*_anchors(a, b), (len(mine), len(theirs))]:
        yield from _unlike(mine[i:i_next], theirs[k:k_next])
        if i_next < len(mine):
            mark: Mark = " " if a[i_next] == b[k_next] else "≠"
            yield Pair(mark, mine[i_next], theirs[k_next])
        i, k = i_next + 1, k_next + 1


def _unlike(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Pair]:
    for one, other in zip_longest(mine, theirs):
        yield Pair("›" if one is None else "‹" if other is None else "≠", one, other)


def _words(line: str) -> list[str]:
    return _WORD.findall(line)


_WORD = re.compile(r"\w+|[^\w\s]")
_ALIKE = 0.5  # of the words of two lines that stand together
_MANY = 40_000  # pairs of lines; beyond it only equal lines stand together


def _anchors(
    a: Sequence[list[str]], b: Sequence[list[str]]
) -> Iterator[tuple[int, int]]:
    """Pairs of lines, in order, that are the most alike altogether."""
    if len(a) * len(b) > _MANY:
        keys = [" ".join(one) for one in a], [" ".join(one) for one in b]
        matcher = difflib.SequenceMatcher(None, *keys, autojunk=False)
        for block in matcher.get_matching_blocks():
            yield from ((block.a + n, block.b + n) for n in range(block.size))
        return
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    alike = [[_alike(one, other) for other in b] for one in a]
    for i in reversed(range(len(a))):
        for k in reversed(range(len(b))):
            together = best[i + 1][k + 1] + alike[i][k]
            best[i][k] = max(best[i + 1][k], best[i][k + 1], together)
    i = k = 0
    while i < len(a) and k < len(b):
        if alike[i][k] and best[i][k] == best[i + 1][k + 1] + alike[i][k]:
            yield i, k
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1


def _alike(one: list[str], other: list[str]) -> float:
    """How alike two lines are, from 0 to 1; below a half it is nothing."""
    if one[:1] == ["def"] and one[:2] == other[:2]:
        return 1.0
    count = len(one) + len(other)
    if not count:
        return 0.1  # two empty lines
    share = 2 * sum((Counter(one) & Counter(other)).values()) / count
    return share if share >= _ALIKE else 0.0


def body(source: str, starter: str = "") -> str:
    """A learner's file without its imports and without the docstrings that the starter
    has too; as it is, if it does not parse."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    given = {_text(node) for node in _docstrings(ast.parse(starter))}
    left_out = {id(node) for node in _docstrings(tree) if _text(node) in given}
    gone: set[int] = set()
    kept: set[int] = set()
    for node in _statements(tree):
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        out = isinstance(node, ast.Import | ast.ImportFrom) or id(node) in left_out
        (gone if out else kept).update(lines)
    shown = enumerate(_LINE_END.split(source), 1)
    return "\n".join(text for n, text in shown if n not in gone - kept).strip("\n")


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Those of the module, and of its functions the head and the statements."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            end = max(node.lineno, node.body[0].lineno - 1)
            yield ast.Pass(lineno=node.lineno, end_lineno=end)
            yield from node.body
        else:
            yield node


def _docstrings(tree: ast.Module) -> Iterator[ast.stmt]:
    nodes: list[ast.Module | ast.FunctionDef] = [tree]
    nodes += [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in nodes:
        if ast.get_docstring(node, clean=False) is not None:
            yield node.body[0]


def _text(node: ast.stmt) -> str:
    return ast.dump(node)


_LINE_END = re.compile(r"\r\n|\r|\n")  # what Python takes for one


def lines(
    yours: str, reference: str, width: int, two: bool
) -> Iterator[tuple[str, bool]]:
    """Lines of at most `width` columns, and whether each is where the two differ.

    two: side by side, for a terminal of ROOM columns or more.
    """
    found = list(pairs(yours, reference))
    if two:
        yield from _beside(found, width)
    else:
        yield from _above(found, width)


def _beside(found: Sequence[Pair], width: int) -> Iterator[tuple[str, bool]]:
    column = (width - len(" │ ") - len("≠ ")) // 2
    yield f"  {_padded(_('yours'), column)} │ {_('the reference')}", False
    for mark, yours, reference in found:
        left, right = broken(yours or "", column), broken(reference or "", column)
        for n in range(max(len(left), len(right))):
            one = left[n] if n < len(left) else ""
            other = right[n] if n < len(right) else ""
            shown = f"{mark} {_padded(one, column)} │ {other}"
            yield shown.rstrip(), mark != " "


def _above(found: Sequence[Pair], width: int) -> Iterator[tuple[str, bool]]:
    for title, index in ((_("yours"), 1), (_("the reference"), 2)):
        yield f"  {title}", False
        for pair in found:
            line = pair[index]
            for part in broken(line, width - 2) if line is not None else ():
                yield f"{pair.mark} {part}".rstrip(), pair.mark != " "
        if index == 1:
            yield "", False


def broken(line: str, width: int) -> list[str]:
    """A line in parts of at most `width` columns, without what a terminal obeys.

    Broken at blanks where there are some; what goes on below is indented further.
    """
    shown = printable.line(line.expandtabs(4), _LONGEST)
    indent = len(shown) - len(shown.lstrip(" ")) + 4
    ahead = " " * indent if indent < width // 2 else ""
    parts = []
    while columns(shown) > width:
        end = _fitting(shown, width)
        first = len(shown) - len(shown.lstrip(" "))
        blank = shown.rfind(" ", first, end + 1)
        parts.append(shown[: blank if blank > 0 else end])
        shown = ahead + shown[blank + 1 if blank > 0 else end :]
    return [*parts, shown]


def _fitting(text: str, width: int) -> int:
    """How many characters of it fit, at least one."""
    used = 0
    for n, character in enumerate(text):
        used += _width(character)
        if used > width:
            return max(n, 1)
    return len(text)


def columns(text: str) -> int:
    """How many columns a terminal takes for it."""
    return sum(_width(one) for one in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))
