"""A formula's tree → words to be read out.

Short where nothing can be misheard, and closed with an `end` where it could: a fraction
is `fraction … over … end fraction`, a bracket with more in it than names is `open …
close`. A subscript that is a name or a number follows without a word, so factors side
by side have a `times` between them: `pi theta of y w given x`, `2 times tau`.
"""

from drillbox.domain.mathtext.brief import is_list, is_mark, is_name, is_short, power
from drillbox.domain.mathtext.links import TAKES, is_gap, link
from drillbox.domain.mathtext.meaning import TO, Within, is_derivative, meant_parts
from drillbox.domain.mathtext.names import name
from drillbox.domain.mathtext.parts import (
    Part,
    begins_in_text,
    joined,
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
    WideAccent,
)
from drillbox.words import N_, _

# Translators: {body}, {top} and the like are formulas in words.
_BRACKETS = {  # before and after what stands in them; they need not be a pair
    "(": (N_("open {body}"), N_("{body} close")),
    "[": (N_("open bracket {body}"), N_("{body} close bracket")),
    "{": (N_("open brace {body}"), N_("{body} close brace")),
    "⟨": (N_("open angle {body}"), N_("{body} close angle")),
    "⌊": (N_("floor of {body}"), N_("{body} end floor")),
    "⌈": (N_("ceiling of {body}"), N_("{body} end ceiling")),
    "|": (N_("size of {body}"), N_("{body} end size")),
    "‖": (N_("norm of {body}"), N_("{body} end norm")),
}
_CLOSERS = {")": "(", "]": "[", "}": "{", "⟩": "⟨", "⌋": "⌊", "⌉": "⌈"}
_ACCENTS = {  # over one thing, and over more
    "\u0302": (N_("{letter} hat"), N_("hat over {body} end hat")),
    "\u0303": (N_("{letter} tilde"), N_("tilde over {body} end tilde")),
    "\u0304": (N_("{letter} bar"), N_("bar over {body} end bar")),
    "\u0307": (N_("{letter} dot"), N_("dot over {body} end dot")),
    "\u0308": (N_("{letter} double dot"), N_("double dot over {body} end double dot")),
    "\u20d7": (N_("{letter} vector"), N_("vector over {body} end vector")),
}
_ROOTS = {  # of one thing, and of more
    "√": (N_("square root of {body}"), N_("square root of {body} end root")),
    "∛": (N_("cube root of {body}"), N_("cube root of {body} end root")),
    "∜": (N_("fourth root of {body}"), N_("fourth root of {body} end root")),
}
_LIMITS = ("lim", "limsup", "liminf")
_OVER = ("max", "min", "sup", "inf", *_LIMITS, "arg max", "arg min")
_DOT = Symbol("·", "bin")
_IN = (Symbol("∈", "rel"), Symbol("∉", "rel"))


def spoken(row: Row) -> str:
    """The row in words, blanks between them, commas where one pauses."""
    words = " ".join(_text(row).split())
    return words.replace(" ,", ",").replace(" ;", ";")


def _text(row: Row, factors: bool = True, within: Within = "") -> str:
    return " ".join(_words(row, factors, within))


def _words(row: Row, factors: bool, within: Within) -> list[str]:
    """factors: say `times` between factors; not in subscripts such as `i j`."""
    words: list[str] = []
    parts = meant_parts(row, within)
    for k, part in enumerate(parts):
        if k and (said := link(parts[k - 1], part, factors)):
            words.append(said)
        if part.node == _DOT and not _is_count(parts, k):
            words.append(_("dot"))
        elif k and isinstance(part.node, Fenced):
            words.append(_after(parts[k - 1], part.node))
        else:
            words.append(_of(part.node))
    return words


def _after(before: Part, node: Fenced) -> str:
    """Brackets that say something because of what stands before them.

    An interval after `in` and what follows a gap have an end; after 𝔼 and the like
    braces hold no set.
    """
    closed = is_gap(before.node) or before.node in _IN
    base = before.node.base if isinstance(before.node, Scripts) else before.node
    over = isinstance(base, Symbol) and base.text in _OVER
    is_set = over or before.join not in ("operand", "prefix", "function")
    return _fenced(node, closed, is_set)


def _is_count(parts: list[Part], k: int) -> bool:
    """Whether a dot multiplies a number, and no vectors."""
    around = (*parts[k - 1 : k], *parts[k + 1 : k + 2])
    return any(
        isinstance(part.node, Symbol) and part.node.role == "number" for part in around
    )


def _of(node: Node) -> str:
    match node:
        case Symbol(text=text):
            return name(text)
        case Text(text=text):
            return text.strip()
        case Accent(letter=letter, mark=mark):
            return _(_ACCENTS[mark][0]).format(letter=name(letter))
        case WideAccent(body=body, mark=mark):
            short, long = _ACCENTS[mark]
            said = _text(body)
            return _(short if is_name(body) else long).format(letter=said, body=said)
        case Fenced():
            return _fenced(node)
        case Fraction(top=top, bottom=bottom):
            within: Within = "d/d" if is_derivative(node) else ""
            said = _("fraction {top} over {bottom} end fraction")
            above, below = (_text(one, within=within) for one in (top, bottom))
            return said.format(top=above, bottom=below)
        case Root(body=body):
            return _root(node, closed=not is_name(body))
        case Scripts():
            return _scripts(node)
        case Matrix(opening=opening, rows=rows):
            lines = _rows(rows, _("row {n}: {cells}"))
            said = _("matrix {rows} end matrix").format(rows=lines)
            if opening == "|":
                return _("determinant {rows} end determinant").format(rows=lines)
            return _norm(said) if opening == "‖" else said
        case Lines(rows=rows, brace=True):
            return _("cases {cases} end cases").format(cases=_cases(rows))
        case Lines(rows=rows):
            lined = tuple((joined(cells),) for cells in rows)
            return _rows(lined, _("line {n}: {cells}"))
        case Space():
            raise AssertionError("spaces are in the parts' blanks")


def _norm(body: str) -> str:
    opening, closing = _BRACKETS["‖"]
    return _(closing).format(body=_(opening).format(body=body))


def _root(node: Root, closed: bool) -> str:
    """closed: its end is said."""
    return _(_ROOTS[node.sign][closed]).format(body=_text(node.body))


def _fenced(node: Fenced, closed: bool = False, is_set: bool = True) -> str:
    """closed: say where it ends even if it holds one thing, for a script follows."""
    opening, closing = _BRACKETS[node.opening]
    if node.closing in _CLOSERS:
        closing = _BRACKETS[_CLOSERS[node.closing]][1]
    body = _text(node.body, within="set" if is_set and node.opening == "{" else "")
    round_ones = (node.opening, node.closing) == ("(", ")")
    if not closed and round_ones and is_list(node.body):
        return body
    opened = _(opening).format(body=body)
    if not closed and node.opening in "|‖" and is_name(node.body):
        return opened
    return _(closing).format(body=opened)


# -- scripts


def _scripts(node: Scripts) -> str:
    base = node.base
    if isinstance(base, Symbol) and (base.role in ("big", "function", "prefix")):
        return _with_limits(base, node.below, node.above)
    below, above = _below(node.below), _above(node.above)
    scripts = (above, below) if is_mark(node.above) else (below, above)
    return _spaced(_base(base), *scripts)


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)


def _base(base: Node) -> str:
    """What a script stands on; its end is said, so that all of it has the script."""
    match base:
        case Fenced():
            return _fenced(base, closed=True)
        case Root():
            return _root(base, closed=True)
    return _of(base)


def _with_limits(base: Symbol, below: Row | None, above: Row | None) -> str:
    """`sum from k equals 0 to infinity`, `maximum over pi theta`, `log squared`."""
    said = name(base.text)
    if base.role == "big":
        return _with_range(said, below, above)
    if not below or base.text not in (*_OVER, *TAKES, "log"):
        return _spaced(said, _below(below), _above(above))
    form = N_("{sign} over {range}")
    if base.text == "∇":
        form = N_("{sign} by {range}")
    elif base.text == "log":
        form = N_("{sign} to the base {range}")
    elif base.text in _LIMITS and TO in below:
        form = N_("{sign} as {range}")
    within: Within = "limit" if base.text in _LIMITS else ""
    sign, over = _spaced(said, _above(above)), _text(below, within=within)
    return _(form).format(sign=sign, range=over)


def _with_range(sign: str, below: Row | None, above: Row | None) -> str:
    """A sum, a product or an integral: where it begins and ends."""
    if below and above:
        both = _("{sign} from {first} to {last}")
        return both.format(sign=sign, first=_text(below), last=_text(above))
    if below:
        return _("{sign} over {range}").format(sign=sign, range=_text(below))
    if above:
        return _("{sign} to {last}").format(sign=sign, last=_text(above))
    return sign


def _below(row: Row | None) -> str:
    if not row:
        return ""
    match row:
        case (Symbol(text=text, role="function"),):
            return text
    words = _text(row, factors=False)
    return words if is_short(row) else _("sub {index} end sub").format(index=words)


def _above(row: Row | None) -> str:
    if not row:
        return ""
    short = power(row)
    if short is not None:
        return short
    return _("to the power {power} end power").format(power=_text(row))


# -- lines


def _rows(rows: tuple[tuple[Row, ...], ...], form: str) -> str:
    """`row 1: a, b; row 2: c, d`, each in this form."""
    lines = [", ".join(map(_text, cells)) for cells in rows]
    return "; ".join(form.format(n=n, cells=line) for n, line in enumerate(lines, 1))


def _cases(rows: tuple[tuple[Row, ...], ...]) -> str:
    return "; ".join(_case(*(without_end(cell) for cell in cells)) for cells in rows)


def _case(value: Row, *conditions: Row) -> str:
    said = _text(value)
    for row in conditions:
        condition = _text(row)
        if begins_in_text(row):
            said = f"{said} {condition}"
        else:
            said = _("{value} if {condition}").format(value=said, condition=condition)
    return said
