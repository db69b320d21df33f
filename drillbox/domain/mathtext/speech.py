"""A formula's tree → words to be read out.

Short where nothing can be misheard, and closed with an `end` where it could: a fraction
is `fraction … over … end fraction`, a bracket with more in it than names is `open …
close`. A subscript that is a name or a number follows without a word, so factors side
by side have a `times` between them: `pi theta of y w given x`, `2 times tau`.
"""

from drillbox.domain.mathtext.names import name
from drillbox.domain.mathtext.parts import (
    Part,
    begins_in_text,
    is_application,
    joined,
    parts_of,
    without_end,
)
from drillbox.domain.mathtext.tree import (
    Accent,
    Fenced,
    Fraction,
    Lines,
    Matrix,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
    Text,
)

_BRACKETS = {
    "(": ("open", "close"),
    "[": ("open bracket", "close bracket"),
    "{": ("open brace", "close brace"),
    "⟨": ("open angle", "close angle"),
    "⌊": ("floor of", "end floor"),
    "⌈": ("ceiling of", "end ceiling"),
    "|": ("size of", "end size"),
    "‖": ("norm of", "end norm"),
}
_CLOSERS = {")": "(", "]": "[", "}": "{", "⟩": "⟨", "⌋": "⌊", "⌉": "⌈"}
_ACCENTS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0307": "dot",
    "\u0308": "double dot",
    "\u20d7": "vector",
}
_ROOTS = {"√": "square root of", "∛": "cube root of", "∜": "fourth root of"}
_TAKES = "𝔼ℙ∇"
_OVER = ("max", "min", "sup", "inf", "lim", "arg max", "arg min")
_POWERS = {"2": "squared", "3": "cubed", "⊤": "transpose"}


def spoken(row: Row) -> str:
    """The row in words, blanks between them, commas where one pauses."""
    return " ".join(_words(row)).replace(" ,", ",").replace(" ;", ";")


def _words(row: Row, factors: bool = True) -> list[str]:
    """factors: say `times` between factors; not in subscripts such as `i j`."""
    words: list[str] = []
    parts = parts_of(row)
    for k, part in enumerate(parts):
        if k and (link := _link(parts[k - 1], part, factors)):
            words.append(link)
        is_dot = part.node == Symbol("·", "bin") and not _is_count(parts, k)
        words += ["dot"] if is_dot else _of(part.node)
    return words


def _is_count(parts: list[Part], k: int) -> bool:
    """Whether a dot multiplies a number, and no vectors."""
    around = (*parts[k - 1 : k], *parts[k + 1 : k + 2])
    return any(
        isinstance(part.node, Symbol) and part.node.role == "number" for part in around
    )


def _link(left: Part, right: Part, factors: bool) -> str:
    """What is said between two neighbours."""
    if "text" in (left.join, right.join):
        return ""
    if left.join in ("function", "big", "prefix") and _acts(left, right):
        return "of"
    if left.join not in ("operand", "post") or _is_differential(left):
        return ""
    if right.join not in ("operand", "function", "big", "prefix"):
        return ""
    if _is_applied(left.node, right.node):
        return "of"
    return "times" if factors else ""


def _is_differential(left: Part) -> bool:
    """The d of dL/dh, which is no factor."""
    return left.node == Symbol("d", "ord")


def _acts(left: Part, right: Part) -> bool:
    """Whether `of` stands before what a sum, a log or an expectation is taken of."""
    base = left.node.base if isinstance(left.node, Scripts) else left.node
    if base == Symbol("arg", "function"):
        return False  # `argument of the` says it
    if left.join == "prefix" and not (isinstance(base, Symbol) and base.text in _TAKES):
        return False
    return right.join in ("operand", "function", "big", "prefix", "sign")


def _is_applied(left: Node, right: Node) -> bool:
    """Whether the bracket on the right holds the arguments of what is on the left."""
    if not isinstance(right, Fenced) or right.opening not in "([":
        return False
    base = left.base if isinstance(left, Scripts) else left
    if isinstance(base, Fenced):  # f(r)(x, y)
        return any(part.join == "punct" for part in parts_of(right.body))
    if isinstance(base, Symbol) and base.role in ("ord", "word"):
        always = base.text == "𝟙" or is_application((left, right))
        return always or _is_list(right.body)
    return isinstance(base, Accent) and _is_list(right.body)


def _of(node: Node) -> list[str]:
    match node:
        case Symbol(text=text):
            return [name(text)]
        case Text(text=text):
            return [text.strip()]
        case Accent(letter=letter, mark=mark):
            return [name(letter), _ACCENTS[mark]]
        case Fenced():
            return _fenced(node)
        case Fraction(top=top, bottom=bottom):
            return ["fraction", *_words(top), "over", *_words(bottom), "end fraction"]
        case Root(sign=sign, body=body):
            return [_ROOTS[sign], *_words(body), *_end(body, "end root")]
        case Scripts():
            return _scripts(node)
        case Matrix(rows=rows):
            return ["matrix", *_rows(rows, "row"), "end matrix"]
        case Lines(rows=rows, brace=True):
            return ["cases", *_cases(rows), "end cases"]
        case Lines(rows=rows):
            return _rows(tuple((joined(cells),) for cells in rows), "line")
        case Space():
            raise AssertionError("spaces are in the parts' blanks")


def _end(body: Row, word: str) -> list[str]:
    """The closing word, where the body is more than one thing."""
    return [] if _is_name(body) else [word]


def _is_name(row: Row) -> bool:
    """One letter, name or number, with scripts that need no end."""
    match row:
        case (Symbol() | Accent(),):
            return True
        case (Scripts(base=Symbol() | Accent(), below=below, above=above),):
            return _is_short(below) and (above is None or _power(above) is not None)
    return False


def _is_short(row: Row | None) -> bool:
    """A script that follows its base without a word: a name, a letter or a number."""
    match row:
        case None | (Symbol(role="ord" | "number" | "word" | "gap" | "function"),):
            return True
    return False


def _fenced(node: Fenced, closed: bool = False) -> list[str]:
    """closed: say where it ends even if it holds one thing, for a script follows."""
    opening, closing = _BRACKETS[node.opening]
    if node.closing in _CLOSERS:
        closing = _BRACKETS[_CLOSERS[node.closing]][1]
    words = _words(node.body)
    if not closed and node.opening == "(" and _is_list(node.body):
        return words
    if not closed and node.opening in "|‖" and _is_name(node.body):
        return [opening, *words]
    return [opening, *words, closing]


def _is_list(row: Row) -> bool:
    """Names with a comma or a `given` between them, heard as well without brackets."""
    parts = parts_of(row)
    names, between = parts[::2], parts[1::2]
    return (
        len(parts) % 2 == 1
        and all(_is_name((part.node,)) and part.join == "operand" for part in names)
        and all(part.join in ("punct", "mid") for part in between)
    )


# -- scripts


def _scripts(node: Scripts) -> list[str]:
    base = node.base
    if isinstance(base, Symbol) and (base.role in ("big", "function", "prefix")):
        return _with_limits(base, node.below, node.above)
    above = _power(node.above) if node.above else None
    if above in ("prime", "star", "dagger"):
        return [*_base(base), above, *_below(node.below)]
    return [*_base(base), *_below(node.below), *_above(node.above)]


def _base(base: Node) -> list[str]:
    """What a script stands on; its end is said, so that all of it has the script."""
    match base:
        case Fenced():
            return _fenced(base, closed=True)
        case Root(sign=sign, body=body):
            return [_ROOTS[sign], *_words(body), "end root"]
    return _of(base)


def _with_limits(base: Symbol, below: Row | None, above: Row | None) -> list[str]:
    """`sum from k equals 0 to infinity`, `maximum over pi theta`, `log 2`."""
    said = [name(base.text)]
    if base.text == "∇" and below:
        return [*said, "by", *_words(below), *_above(above)]
    if base.role != "big" and base.text not in (*_OVER, *_TAKES):
        return [*said, *_below(below), *_above(above)]
    if below and above:
        return [*said, "from", *_words(below), "to", *_words(above)]
    return [
        *said,
        *(["over", *_words(below)] if below else []),
        *(["to", *_words(above)] if above else []),
    ]


def _below(row: Row | None) -> list[str]:
    if not row:
        return []
    match row:
        case (Symbol(text=text, role="function"),):
            return [text]
    words = _words(row, factors=False)
    return words if _is_short(row) else ["sub", *words, "end sub"]


def _above(row: Row | None) -> list[str]:
    if not row:
        return []
    short = _power(row)
    if short is not None:
        return [short]
    return ["to the power", *_words(row), "end power"]


def _power(row: Row) -> str | None:
    """A power that needs no end: squared, prime, to the k, to the minus 1."""
    match row:
        case (Symbol(text=text),) if text in _POWERS:
            return _POWERS[text]
        case (Symbol(text="∗" | "⋆"),):
            return "star"
        case (Symbol(text="†"),):
            return "dagger"
        case [*primes] if primes and all(one == Symbol("′", "ord") for one in primes):
            return " ".join(["prime"] * len(primes))
        case (Symbol(text=text, role="ord" | "number" | "word" | "gap"),):
            return f"to the {name(text)}"
        case (Symbol(text="−"), Symbol(text=text, role="number" | "ord")):
            return f"to the minus {name(text)}"
    return None


# -- lines


def _rows(rows: tuple[tuple[Row, ...], ...], word: str) -> list[str]:
    """`row 1: a, b; row 2: c, d`."""
    words: list[str] = []
    for number, cells in enumerate(rows, 1):
        said = ", ".join(" ".join(_words(cell)) for cell in cells)
        words += [*([";"] if words else []), f"{word} {number}: {said}"]
    return words


def _cases(rows: tuple[tuple[Row, ...], ...]) -> list[str]:
    words: list[str] = []
    for cells in rows:
        words += [";"] if words else []
        value, *condition = (without_end(cell) for cell in cells)
        words += _words(value)
        for row in condition:
            words += [] if begins_in_text(row) else ["if"]
            words += _words(row)
    return words
