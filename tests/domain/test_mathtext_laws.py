"""A line says what its formula says: an expression written in LaTeX, laid out, read
back and worked out has the value it had.

The line is read twice. A greedy reader takes factors side by side together before a
slash, under a root, into a power and into a logarithm (as people read ab/cd and √xy); a
plain one goes from left to right and takes the next thing only (as machines do). Both
must find the value, so nobody can be misled.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, localcontext

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drillbox.domain.mathtext import Refused, line, picture, render, spoken
from drillbox.domain.mathtext.accents import LINE_NAMES
from drillbox.domain.mathtext.symbols import (
    ACCENTS,
    ALPHABETS,
    MACROS,
    OPENERS,
    SUPERSCRIPTS,
)
from drillbox.domain.mathtext.widths import width

# LaTeX, how it must look on the line, and a value.
NAMES = [
    ("a", "a", "1.37"),
    ("b", "b", "2.11"),
    (r"\beta", "β", "0.83"),
    ("x_i", "xᵢ", "1.73"),
    ("y_w", "y_w", "2.57"),
    (r"\theta_{\mathrm{ref}}", "θ_ref", "0.61"),
    (r"\hat{v}_t", "v̂ₜ", "1.19"),
    ("t'", "t′", "0.47"),
    (r"\mathrm{KL}", "KL", "3.07"),
    ("____", "____", "1.91"),
]
VALUES = {shown: Decimal(value) for _, shown, value in NAMES}

# KL(p) is a function of p, and nobody's notation for a product.
NAMES_OF_ACCENTS = re.compile(f"({'|'.join(LINE_NAMES.values())})\\(")
KL_OF = re.compile(r"\\mathrm\{KL\}(\^\{.*\})? \\left\(")

SUM, QUOTIENT, PRODUCT, FACTOR, ATOM = range(5)


@dataclass(frozen=True)
class Tex:
    """An expression: its LaTeX, its value, and how tightly its outermost sign binds.

    begins: whether its first character is a digit, which cannot follow a factor.
    """

    source: str
    value: Decimal
    binds: int
    begins: bool = False

    def __repr__(self) -> str:
        return f"{self.source!r}"

    def within(self, level: int) -> str:
        """As an author writes it where `level` is asked for: bracketed if need be."""
        return self.source if self.binds >= level else rf"\left({self.source}\right)"


def checked(value: Decimal) -> Decimal:
    assume(value.is_finite() and abs(value) < Decimal("1e12"))
    return value


def plus(one: Tex, other: Tex) -> Tex:
    source = f"{one.within(SUM)} + {other.within(QUOTIENT)}"
    return Tex(source, checked(one.value + other.value), SUM)


def minus(one: Tex, other: Tex) -> Tex:
    source = f"{one.within(SUM)} - {other.within(QUOTIENT)}"
    return Tex(source, checked(one.value - other.value), SUM)


def negated(one: Tex) -> Tex:
    return Tex(f"-{one.within(QUOTIENT)}", -one.value, SUM)


def side_by_side(one: Tex, other: Tex) -> Tex:
    right = other.within(PRODUCT)
    joint = r" \cdot " if other.begins and right == other.source else " "
    source = f"{one.within(PRODUCT)}{joint}{right}"
    assume(not KL_OF.search(source))
    return Tex(source, checked(one.value * other.value), PRODUCT, one.begins)


def dotted(one: Tex, other: Tex) -> Tex:
    source = rf"{one.within(PRODUCT)} \times {other.within(PRODUCT)}"
    return Tex(source, checked(one.value * other.value), PRODUCT, one.begins)


def slashed(one: Tex, other: Tex) -> Tex:
    assume(abs(other.value) > Decimal("1e-3"))
    source = f"{one.within(PRODUCT)} / {other.within(FACTOR)}"
    return Tex(source, checked(one.value / other.value), QUOTIENT)


def fraction(one: Tex, other: Tex) -> Tex:
    assume(abs(other.value) > Decimal("1e-3"))
    source = rf"\frac{{{one.source}}}{{{other.source}}}"
    return Tex(source, checked(one.value / other.value), FACTOR)


def power(one: Tex, other: Tex) -> Tex:
    assume(one.value > Decimal("1e-3") and abs(other.value) < 20)
    source = f"{one.within(ATOM)}^{{{other.source}}}"
    return Tex(source, checked(one.value**other.value), FACTOR, one.begins)


def root(one: Tex) -> Tex:
    assume(one.value > Decimal("1e-3"))
    return Tex(rf"\sqrt{{{one.source}}}", one.value.sqrt(), ATOM)


def logarithm(one: Tex) -> Tex:
    assume(one.value > Decimal("1e-3"))
    return Tex(rf"\log\left({one.source}\right)", one.value.ln(), FACTOR)


def bare_logarithm(one: Tex, times: Tex) -> Tex:
    """β log x and β log a/b, whose argument stands without brackets of its own."""
    assume(one.value > Decimal("1e-3"))
    assume(not one.source.startswith(r"\left("))  # log(a)^b is nobody's notation
    source = rf"{times.within(PRODUCT)} \log {one.within(FACTOR)}"
    return Tex(source, checked(times.value * one.value.ln()), QUOTIENT)


LEAVES = st.one_of(
    st.integers(1, 12).map(lambda n: Tex(str(n), Decimal(n), ATOM, begins=True)),
    st.sampled_from([Tex(tex, Decimal(value), ATOM) for tex, _, value in NAMES]),
)


TWO = (plus, minus, side_by_side, dotted, slashed, fraction, fraction, power)
ONE = (negated, root, logarithm)


@st.composite
def trees(draw: st.DrawFn, leaves: int = 8) -> Tex:
    """An expression of `leaves` leaves, and roots, logarithms and signs on the way."""
    if leaves == 1:
        tree = draw(LEAVES)
    else:
        left = draw(st.integers(1, leaves - 1))
        build = draw(st.sampled_from((*TWO, bare_logarithm)))
        tree = build(draw(trees(left)), draw(trees(leaves - left)))
    return draw(st.sampled_from(ONE))(tree) if draw(st.integers(0, 3)) == 3 else tree


# -- reading a line back

LETTERS = {small: letter for letter, small in SUPERSCRIPTS.items() if small != "*"}
WORDS_ALONE = r"(?<![A-Za-zα-ω_])(?:y_w|θ_ref|KL|____|log)(?![0-9A-Za-zα-ω_])"
TOKEN = re.compile(rf"{WORDS_ALONE}|xᵢ|v̂ₜ|t′|[0-9]+|[{''.join(LETTERS)}]+|.")


class Reader:
    """Works out a line, greedily or one thing at a time."""

    def __init__(self, text: str, greedy: bool) -> None:
        self.tokens = [token for token in TOKEN.findall(text) if token != " "]
        self.greedy = greedy

    def peek(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, *expected: str) -> str:
        assert not expected or self.peek() in expected, (self.tokens, expected)
        return self.tokens.pop(0)

    def whole(self) -> Decimal:
        value = self.sum()
        assert not self.tokens, self.tokens
        return value

    def sum(self) -> Decimal:
        negative = self.peek() == "−" and bool(self.take())
        value = -self.term() if negative else self.term()
        while self.peek() in ("+", "−"):
            value = value + self.term() if self.take() == "+" else value - self.term()
        return value

    def term(self) -> Decimal:
        part = self.product if self.greedy else self.factor
        value = part()
        while (sign := self.peek()) not in ("", ")", "+", "−"):
            if sign in ("·", "×", "/"):
                self.take()
            value = value / part() if sign == "/" else value * part()
        return value

    def product(self) -> Decimal:
        value = self.factor()
        while self.peek() not in ("", ")", "+", "−", "·", "×", "/"):
            value *= self.factor()
        return value

    def factor(self) -> Decimal:
        value = self.base()
        if self.peek() == "^":
            self.take()
            assert self.peek() in ("(", "a", "b", "β", "KL"), self.tokens
            return value ** self.argument()
        if self.peek() and self.peek()[0] in LETTERS:
            letters = "".join(LETTERS[small] for small in self.take())
            return value ** Reader(letters, self.greedy).whole()
        return value

    def argument(self) -> Decimal:
        """A bracket, or as much as this reader takes when there is none."""
        if self.peek() == "(":
            return self.base()
        return self.product() if self.greedy else self.base()

    def base(self) -> Decimal:
        token = self.take()
        if token == "(":
            value = self.sum()
            self.take(")")
            return value
        if token == "√":
            return self.argument().sqrt()
        if token == "log":
            bare = not self.greedy and self.peek() != "("
            return (self.factor() if bare else self.argument()).ln()
        return Decimal(token) if token.isdigit() else VALUES[token]


@given(st.data())
@settings(deadline=None, max_examples=500)
def test_the_line_has_the_value_of_the_formula(data: st.DataObject) -> None:
    with localcontext(Context(prec=60)):
        try:
            tree = data.draw(trees(data.draw(st.integers(1, 8))))
        except DecimalException:
            assume(False)
        shown = render(tree.source)
        for greedy in (True, False):
            value = Reader(shown, greedy).whole()
            error = abs(value - tree.value) / max(1, abs(tree.value))
            assert error < Decimal("1e-20"), (tree.source, shown, greedy)


# -- whatever is typed

TYPED = r"""\left \right \frac \sqrt \text \mathrm \operatorname \begin{bmatrix} & \\
    \end{bmatrix} \begin{cases} \end{cases} \begin{aligned} \end{aligned}
    ( ) [ ] { } {a} {b} | \| ^ _ ' a x y 1 23 0.5 1e-05 + - = , / ! ____
    [[gap]] \underset \quad \middle \big \limits := . β ≤ ² ~
    % # * \) \} \foo"""
WORDS = [
    *(f"\\{name}" for name in (*MACROS, *ACCENTS, *ALPHABETS)),
    *OPENERS,
    *TYPED.split(),
    " ",
    r"\ ",
    r"\,",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
@settings(deadline=None, max_examples=600)
def test_any_text_has_an_honest_line_or_is_refused(source: str) -> None:
    try:
        shown = render(source)
    except Refused as refused:
        assert refused.what
        assert line(source) == source
        return
    assert line(source) == shown
    assert shown.isprintable()
    rows = picture(source, 60).split("\n")
    assert rows == [shown] or max(map(width, rows)) <= 60
    assert spoken(source).isprintable()


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
@settings(deadline=None, max_examples=600)
def test_no_letter_and_no_number_is_lost(source: str) -> None:
    """Every a, y and 1 of the source is in the line, small or in full size."""
    try:
        shown = unicodedata.normalize("NFKD", NAMES_OF_ACCENTS.sub("(", render(source)))
    except Refused:
        assume(False)
    words = source.split(" ")
    for sign in ("a", "y", "1"):
        assert shown.count(sign) >= words.count(sign)
