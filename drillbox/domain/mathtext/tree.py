"""A formula as a tree. It says what is typeset, not what it means: `ab` is two symbols
side by side, `(` and its partner hold a row. Braces leave no trace.
"""

from dataclasses import dataclass

from drillbox.domain.mathtext.symbols import Role


@dataclass(frozen=True, slots=True)
class Symbol:
    """One sign, number, name or gap, as it is shown."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Space:
    """Blank asked for with `\\,` or `\\quad`; width in characters."""

    width: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words set with \\text, with their own blanks."""

    text: str


@dataclass(frozen=True, slots=True)
class Fenced:
    """A row between two delimiters, given as they are shown."""

    opening: str
    body: "Row"
    closing: str


@dataclass(frozen=True, slots=True)
class Fraction:
    """What is above the line and what is below it."""

    top: "Row"
    bottom: "Row"


@dataclass(frozen=True, slots=True)
class Root:
    """sign is √, ∛ or ∜."""

    sign: str
    body: "Row"


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what stands below and above it. Primes stand above."""

    base: "Node"
    below: "Row | None"
    above: "Row | None"


@dataclass(frozen=True, slots=True)
class Accent:
    """A hat, bar or tilde (a combining character) over a single letter."""

    letter: str
    mark: str


@dataclass(frozen=True, slots=True)
class WideAccent:
    """The same over more than one cell."""

    body: "Row"
    mark: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells, from the top, between two delimiters; "" for none."""

    opening: str
    rows: "tuple[tuple[Row, ...], ...]"
    closing: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that `aligned` or `cases` set one below the other, each of columns.

    brace: `cases` has one before all of them, and reads its columns as value and
    condition; else every other `&` is a place where the lines are lined up.
    """

    rows: "tuple[tuple[Row, ...], ...]"
    brace: bool


Node = (
    Symbol
    | Space
    | Text
    | Fenced
    | Fraction
    | Root
    | Scripts
    | Accent
    | WideAccent
    | Matrix
    | Lines
)
Row = tuple[Node, ...]


class Refused(ValueError):
    """This formula has no honest line. `what` says why, and what to write instead."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
