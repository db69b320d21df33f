"""The source of a formula → its tree, or Refused.

A recursive descent over the subset of LaTeX that a course needs. Whatever is not in the
subset is refused by name: nothing is guessed and nothing is dropped in silence.
"""

import re
import unicodedata
from collections.abc import Callable

from drillbox.domain.mathtext.bars import paired
from drillbox.domain.mathtext.signs import (
    accented,
    check_base,
    in_alphabet,
    lone_sign_is_ord,
    name_of,
    typed,
    words,
)
from drillbox.domain.mathtext.symbols import (
    ACCENTS,
    ALPHABETS,
    BARS,
    CLOSERS,
    IGNORED,
    MACROS,
    MARKS,
    OPENERS,
    SPACES,
    TWINS,
    WIDE_LETTERS,
)
from drillbox.domain.mathtext.tree import (
    Fenced,
    Fraction,
    Lines,
    Matrix,
    Node,
    Refused,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
    Text,
)
from drillbox.words import N_, _

MAX_LENGTH = 4_000  # characters
MAX_DEPTH = 40  # brackets within brackets

# In order: a macro; a number as Python writes tiny ones; a cloze gap by name; a gap as
# a subscript; a gap; a word in wide letters; a letter with combining marks; anything
# else by itself.
_TOKEN = re.compile(
    rf"""\\[A-Za-z]+ | \\. | [0-9]+(?:\.[0-9]+)?e[+-][0-9]{{2,}}(?![0-9])
    | \[\[[A-Za-z][A-Za-z0-9_]*\]\] | _(?=____(?!_)) | _{{2,}} | :=
    | [{WIDE_LETTERS}]+ | [^\W\d_][{MARKS}]+ | .""",
    re.VERBOSE | re.DOTALL,
)
_WIDE_WORD = re.compile(rf"[{WIDE_LETTERS}]{{2,}}")
_DIGITS = re.compile(r"[0-9]*(?:\.[0-9]+)?")
_ENDS = frozenset(CLOSERS) | {"", "}", "&", r"\\", r"\right", r"\end"}
_STRAY = {r"\\": N_("\\\\ starts a new line"), "&": N_("& outside a matrix; write \\&")}
_ROOTS = {"3": "∛", "4": "∜"}
_MATRICES = {
    "matrix": "",
    "smallmatrix": "",
    "pmatrix": "()",
    "bmatrix": "[]",
    "Bmatrix": "{}",
    "vmatrix": "||",
    "Vmatrix": "‖‖",
}
_ENVIRONMENTS = (
    *(*_MATRICES, "aligned", "align", "align*", "split"),
    *("gathered", "gather", "gather*", "cases"),
)


def parse(source: str) -> Row:
    """The tree of a formula written in LaTeX, without its dollars. Raises Refused."""
    if not source.isascii():
        source = unicodedata.normalize("NFC", source)
    if len(source) > MAX_LENGTH:
        raise Refused(_("a formula of more than {n} characters").format(n=MAX_LENGTH))
    _refuse_twins(source)
    parser = _Parser(source)
    row = parser.row()
    if end := parser.peek():
        said = _STRAY.get(end) or N_("{sign} has no partner")
        raise Refused(_(said).format(sign=end))
    return row


def _refuse_twins(source: str) -> None:
    tokens = set(_TOKEN.findall(source))
    for one, other in TWINS:
        if tokens >= {one, other}:
            said = _("{one} beside {other}, which would look alike")
            raise Refused(said.format(one=one, other=other))


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.token, self.seen = "", -1  # the token at `seen`; it is asked for often
        self.depth = 0

    # -- tokens

    def peek(self) -> str:
        """The next token, "" at the end."""
        if self.at != self.seen:
            while self.source[self.at : self.at + 1].isspace():
                self.at += 1
            match = _TOKEN.match(self.source, self.at)
            self.token, self.seen = match.group() if match else "", self.at
        return self.token

    def take(self) -> str:
        token = self.peek()
        self.at += len(token)
        return token

    def expect(self, token: str, after: str) -> None:
        if self.peek() != token:
            said = _("{sign} wants {token} where the end is")
            if found := self.peek():
                said = _("{sign} wants {token} where {found} is")
            raise Refused(said.format(sign=after, token=token, found=found))
        self.take()

    # -- rows

    def row(self) -> Row:
        """Everything up to a closing delimiter or the end."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused(_("brackets more than {n} deep").format(n=MAX_DEPTH))
        items: list[Node] = []
        while self.peek() not in _ENDS:
            items.extend(self.item())
        self.depth -= 1
        return paired(items)

    def item(self) -> Row:
        """One thing with its scripts; braces give what is in them, in brackets where a
        script stands on more than one thing."""
        nodes = self.thing()
        if not self.script_follows():
            return nodes
        if not nodes:
            said = _("{sign} has nothing to stand on")
            raise Refused(said.format(sign=self.peek()))
        # Braces do not show, and a+b² would say that the power is of b alone.
        base = nodes[0] if len(nodes) == 1 else Fenced("(", nodes, ")")
        return (self.scripted(base),)

    def thing(self) -> Row:
        token = self.peek()
        if token in ("^", "_", "'", "′"):
            raise Refused(_("{sign} has nothing to stand on").format(sign=token))
        if token == "{":
            return lone_sign_is_ord(self.braced("{"))
        self.take()
        return self.nucleus(token)

    def braced(self, after: str) -> Row:
        self.expect("{", after)
        row = self.row()
        self.expect("}", after)
        return row

    def argument(self, of: str) -> Row:
        """What a macro or a script takes: braces, or a single thing (one digit)."""
        if self.peek() == "{":
            return lone_sign_is_ord(self.braced(of))
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused(_("macros more than {n} deep").format(n=MAX_DEPTH))
        row = self.single(of)
        self.depth -= 1
        return lone_sign_is_ord(row)

    def single(self, of: str) -> Row:
        token = self.take()
        if token in _ENDS or token in OPENERS or token in "^_'":
            raise Refused(_("{sign} wants {{…}} after it").format(sign=of))
        if token.isascii() and token.isdigit():
            return (Symbol(token, "number"),)
        if not token.isascii() and _WIDE_WORD.fullmatch(
            token
        ):  # one letter, as one digit
            self.at -= len(token) - 1
            token = token[0]
        return self.nucleus(token)

    # -- scripts

    def script_follows(self) -> bool:
        while self.peek() in (r"\limits", r"\nolimits"):
            self.take()
        return self.peek() in ("^", "_", "'", "′")

    def scripted(self, base: Node) -> Scripts:
        check_base(base)
        below: Row | None = None
        primes: Row = ()
        above: Row | None = None
        while self.script_follows():
            mark = self.take()
            if mark in ("'", "′") and above is None:
                primes += (Symbol("′", "ord"),)
            elif mark == "_" and below is None:
                below = self.argument(mark)
            elif mark == "^" and above is None:
                above = self.argument(mark)
            else:
                raise Refused(_("two {sign} on one base").format(sign=mark))
        if primes and above:
            return Scripts(Scripts(base, None, primes), below, above)
        return Scripts(base, below, primes or above)

    # -- things

    def nucleus(self, token: str) -> Row:
        """The nodes that begin with `token`, which is already taken."""
        if token in IGNORED:
            return ()
        if token in OPENERS:
            return (self.fenced(token),)
        if token.startswith("\\"):
            return self.macro(token, token[1:])
        if token[0] in "0123456789" or (token == "." and self.digit_follows()):
            return (self.number(token),)
        return (typed(token),)

    def digit_follows(self) -> bool:
        following = self.source[self.at : self.at + 1]
        return following.isascii() and following.isdigit()

    def number(self, first: str) -> Symbol:
        match = _DIGITS.match(self.source, self.at)
        rest = match.group() if match and "e" not in first else ""
        self.at += len(rest)
        return Symbol(first + rest, "number")

    def fenced(self, opener: str) -> Fenced:
        body = self.row()
        closer = self.take()
        if closer not in CLOSERS:
            raise Refused(_("{sign} has no partner").format(sign=opener))
        return Fenced(OPENERS[opener], body, CLOSERS[closer])

    def macro(self, token: str, name: str) -> Row:
        if name in SPACES:
            return (Space(SPACES[name]),) if SPACES[name] else ()
        if name in MACROS:
            return (Symbol(*MACROS[name]),)
        if name in ACCENTS:
            return (accented(token, self.argument(token)),)
        if name in ALPHABETS:
            return in_alphabet(token, self.argument(token))
        if name in _BUILDERS:
            return _BUILDERS[name](self, token)
        raise Refused(_("{sign} cannot be laid out").format(sign=token))

    def fraction(self, token: str) -> Row:
        return (Fraction(self.argument(token), self.argument(token)),)

    def root(self, token: str) -> Row:
        sign = "√"
        if self.peek() == "[":
            end = self.source.find("]", self.at)
            degree = self.source[self.at + 1 : end].strip()
            if degree not in _ROOTS:
                raise Refused(
                    _("\\sqrt[…] of another degree than 3 or 4; write ^{1/…}")
                )
            sign, self.at = _ROOTS[degree], end + 1
        return (Root(sign, self.argument(token)),)

    def left(self, token: str) -> Row:
        opening = self.delimiter(OPENERS)
        body = self.row()
        self.expect(r"\right", token)
        return (Fenced(opening, body, self.delimiter(CLOSERS)),)

    def delimiter(self, known: dict[str, str]) -> str:
        token = self.take()
        if token not in known and token not in BARS:
            said = _("\\left or \\right with nothing")
            if token:
                said = _("\\left or \\right with {sign}")
            raise Refused(said.format(sign=token))
        return known.get(token) or BARS[token]

    def middle(self, token: str) -> Row:
        bar = self.take()
        if bar not in BARS:
            said = _("{token} with {sign}") if bar else _("{token} with nothing")
            raise Refused(said.format(token=token, sign=bar))
        return (Symbol(BARS[bar], "mid"),)

    def words(self, token: str) -> Row:
        """Raw text in braces; only the characters LaTeX reserves are escaped in it."""
        self.expect("{", token)
        match = re.compile(r"(?:[^\\{}$]|\\[%&#_$ ])*").match(self.source, self.at)
        raw = match.group() if match else ""
        self.at += len(raw)
        self.expect("}", token)
        return (words(token, re.sub(r"\\(.)", r"\1", raw)),)

    def upright(self, token: str) -> Row:
        """\\mathrm and its like: a name, if there are only letters in it."""
        row = self.argument(token)
        name = name_of(row)
        if name == "d":
            return (Symbol("d", "prefix"),)
        if len(name) < 2:
            return row
        return (Symbol(name, "word") if name.isalnum() else Text(name),)

    def operator(self, token: str) -> Row:
        if self.peek() == "*":
            self.take()
        name = name_of(self.argument(token))
        if not name:
            raise Refused(_("{sign} of something that is no name").format(sign=token))
        return (Symbol(name, "function"),)

    def underset(self, token: str) -> Row:
        """Something under an operator is a subscript; under anything else, refused."""
        below, base = self.argument(token), self.argument(token)
        match base:
            case (Symbol(role="function" | "big"),):
                return (Scripts(base[0], below, None),)
        said = _("{sign} under something that is no operator")
        raise Refused(said.format(sign=token))

    def environment(self, token: str) -> Row:
        name = self.environment_name(token)
        if name not in _ENVIRONMENTS:
            sign = f"{token}{{{name}}}"
            raise Refused(_("{sign} cannot be laid out").format(sign=sign))
        rows = self.table(token, name)
        if name in _MATRICES:
            pair = _MATRICES[name]
            return (Matrix(pair[:1], rows, pair[1:]),)
        if name == "cases" and any(len(cells) > 2 for cells in rows):
            raise Refused(_("\\begin{cases} of more than two columns"))
        return (Lines(rows, name == "cases"),)

    def table(self, token: str, name: str) -> tuple[tuple[Row, ...], ...]:
        """Cells between & and \\\\, up to the end of the environment."""
        rows: list[list[Row]] = [[self.row()]]
        while (mark := self.take()) in ("&", r"\\"):
            if mark == r"\\":
                rows.append([])
            rows[-1].append(self.row())
        if mark != r"\end" or self.environment_name(mark) != name:
            sign = f"{token}{{{name}}}"
            raise Refused(_("{sign} is not ended").format(sign=sign))
        if rows[-1] == [()]:
            rows.pop()
        return tuple(tuple(cells) for cells in rows)

    def environment_name(self, token: str) -> str:
        match = re.compile(r"\s*\{([A-Za-z]+\*?)\}").match(self.source, self.at)
        if not match:
            said = _("{sign} wants a name in braces after it")
            raise Refused(said.format(sign=token))
        self.at = match.end()
        return match.group(1)


_BUILDERS: dict[str, Callable[[_Parser, str], Row]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac"), _Parser.fraction),
    **dict.fromkeys(("text", "textrm", "textbf", "textit", "texttt"), _Parser.words),
    **dict.fromkeys(("mathrm", "mathsf", "mathtt", "mathit"), _Parser.upright),
    "mbox": _Parser.words,
    "operatorname": _Parser.operator,
    "sqrt": _Parser.root,
    "left": _Parser.left,
    "middle": _Parser.middle,
    "underset": _Parser.underset,
    "begin": _Parser.environment,
}
