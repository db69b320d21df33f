"""The kinds of card, as an author writes them.

Text is Markdown; mathematics stands between single dollars and is a subset of LaTeX
(see domain/mathtext). Where a card has `vars`, `{{name}}` or `{{name:.2f}}` in a text
is replaced by the value drawn for this variant.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Move = Literal["up", "down", "same"]


class Strict(BaseModel):
    """A part of a content file: unknown fields are errors, values never change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, cache_strings="keys"
    )


class BaseCard(Strict):
    """What every kind has.

    id: stable for ever; editing the text keeps the learner's history.
    was: earlier ids of this card. group: cards that do not meet on one study day.
    contrast: its twin, easily confused with it, which names this card too: first met on
    another study day, later asked right after it when both are due.
    hint: shown on request (the answer then counts as 3 at most).
    explain: shown with every verdict; why the answer is what it is.
    source: where the claim comes from. check: a witness in the reference library,
    `name(argument, …)`, that lint holds equal to the answer over 200 variants.
    """

    id: Id
    was: tuple[Id, ...] = Field(default=(), strict=False)
    group: Id | None = None
    contrast: Id | None = None
    prompt: Text
    hint: Text | None = None
    explain: Text
    source: Text | None = None
    check: Text | None = None


class Range(Strict):
    """Values low, low + step, … up to high, drawn exactly (no binary rounding)."""

    low: int | float
    high: int | float
    step: int | float = Field(gt=0)


class WrongFormula(Strict):
    """A formula people use instead; recognised by its value, never shown before."""

    formula: Expression
    why: Text
    misconception: Id | None = None


class Tolerance(Strict):
    """How far off still counts: |given − answer| ≤ max(absolute, relative·|answer|)."""

    relative: float = Field(default=0.01, ge=0, le=0.2)
    absolute: float = Field(default=0.0, ge=0)


Values = tuple[int | float, ...]
Variable = Range | Annotated[Values, Field(min_length=1, strict=False)]


class Drawing(BaseCard):
    """A card that may have other numbers for every variant.

    vars: name → range or list. let: names worked out from them, in order, for the text.
    where: comparisons such as `a > b` that every variant satisfies.
    """

    vars: dict[Name, Variable] = Field(default_factory=dict)
    let: dict[Name, Expression] = Field(default_factory=dict)
    where: tuple[Expression, ...] = Field(default=(), strict=False)


class Option(Strict):
    """One option of a `choice`. A wrong one says why it is wrong.

    Of a card with `vars`, in place of `right`: value, an expression, which makes it the
    right one where it is the card's `answer`; or when, a comparison such as `a > b`,
    which makes it the right one where it holds.
    """

    text: Text
    right: bool = False
    why: Text | None = None
    misconception: Id | None = None
    value: Expression | None = None
    when: Expression | None = None


class ChoiceCard(Drawing):
    """Pick the right option, or all of them. Options are shuffled by the seed.

    answer: with `vars`, an expression; the one option whose value it is is right.
    """

    kind: Literal["choice"]
    answer: Expression | None = None
    options: tuple[Option, ...] = Field(min_length=2, max_length=9, strict=False)


class NumericCard(Drawing):
    """A number, other ones for every variant. answer: expression.

    calculator: it is fair here, and learners are told; the answer line computes too.
    """

    kind: Literal["numeric"]
    calculator: bool = False
    answer: Expression
    tolerance: Tolerance = Tolerance()
    unit: Text | None = None
    wrong: tuple[WrongFormula, ...] = Field(default=(), strict=False)


Bounds = Annotated[tuple[float, float], Field(strict=False)]


class Line(Strict):
    """One line of a blank page. text: in words, what stands on it; shown beside it.

    answer: the line, an expression. turn: it is not equal to the line before, on
    purpose. without: names that must be gone by now; uses: names that must stand in
    it. why: why it follows.
    """

    text: Text
    answer: Expression
    turn: bool = False
    without: tuple[Name, ...] = Field(default=(), strict=False)
    uses: tuple[Name, ...] = Field(default=(), strict=False)
    why: Text
    wrong: tuple[WrongFormula, ...] = Field(default=(), strict=False)


class FormulaCard(BaseCard):
    """The learner types an expression; right if it equals the answer at drawn points.

    names: what may stand in it, each with what it means. let: names worked out from
    others, in order. positive: names drawn from 0.05…3 instead of −3…3. ranges: other
    bounds. lines: a blank page instead of one answer; every line is typed and checked.
    """

    kind: Literal["formula"]
    names: dict[Name, Text] = Field(min_length=1)
    let: dict[Name, Expression] = Field(default_factory=dict)
    answer: Expression | None = None
    lines: tuple[Line, ...] = Field(
        default=(), min_length=4, max_length=6, strict=False
    )
    positive: tuple[Name, ...] = Field(default=(), strict=False)
    ranges: dict[Name, Bounds] = Field(default_factory=dict)
    wrong: tuple[WrongFormula, ...] = Field(default=(), strict=False)

    @property
    def goal(self) -> str:
        """The answer; of a blank page its last line."""
        return self.lines[-1].answer if self.lines else self.answer or ""


class Algebra(BaseCard):
    """A card whose steps have values that lint holds equal; learners never see them.

    ranges: name → bounds that it is drawn from. let: names worked out, in order.
    """

    ranges: dict[Name, Bounds] = Field(default_factory=dict)
    let: dict[Name, Expression] = Field(default_factory=dict)


class WrongWord(Strict):
    """A wrong filling that people write, and why it is wrong. value: see Blank."""

    text: Text
    why: Text
    misconception: Id | None = None
    value: Expression | None = None


class Blank(Strict):
    """One gap. answer: what is shown; accept: other spellings that are right too.

    value: what stands in it, as an expression, for the card's `equal`.
    """

    answer: Text
    value: Expression | None = None
    accept: tuple[Text, ...] = Field(default=(), strict=False)
    wrong: tuple[WrongWord, ...] = Field(default=(), strict=False)
    explain: Text | None = None


class ClozeCard(Algebra):
    """A text with gaps `[[name]]`; every gap is an item of its own, `card/name`.

    `prompt` is the text. The gaps that are not asked are shown filled. equal:
    expressions, in them the blanks by their names, that are one number; with the value
    of a wrong filling they are not.
    """

    kind: Literal["cloze"]
    equal: tuple[Expression, ...] = Field(default=(), strict=False)
    blanks: dict[Name, Blank] = Field(min_length=1)


class Step(Strict):
    """One step of a derivation, and why it stands where it stands.

    value: the step as an expression, equal to the value before it; turn: it is not, on
    purpose.
    """

    text: Text
    why: Text
    value: Expression | None = None
    turn: bool = False


class OrderCard(Algebra):
    """Put the steps in order; they are written in the right one."""

    kind: Literal["order"]
    steps: tuple[Step, ...] = Field(min_length=3, max_length=9, strict=False)


class Quantity(Strict):
    """One thing that goes up, down or stays about the same.

    answer: which way; of a card with `vars` in its place change, an expression: up
    where it is above 0, down where below, the same where it is 0. check: a witness that
    lint holds equal to it. misconceptions: a wrong move → the misconception it shows.
    """

    text: Text
    answer: Move | None = None
    change: Expression | None = None
    check: Text | None = None
    why: Text
    misconceptions: dict[Move, Id] = Field(default_factory=dict)

    @property
    def way(self) -> Move:
        """Which way it goes, as the author says or as the variant has it."""
        assert self.answer is not None, "only a card that was drawn has its ways"
        return self.answer


class DirectionCard(Drawing):
    """Which way does each quantity go?"""

    kind: Literal["direction"]
    quantities: tuple[Quantity, ...] = Field(min_length=1, max_length=6, strict=False)


class WrongLine(Strict):
    """Why a line that people suspect is all right."""

    line: int = Field(ge=1)
    why: Text
    misconception: Id | None = None


class Run(Strict):
    """How lint runs the code of a `spot` card, in the sandbox of learners' code.

    inputs: name → Python. setup: Python before them, such as a model. call: Python,
    what the code comes to; without it the code is the body of a function of the inputs.
    repaired: all of the code put right, where `fix` is not enough. raises: the
    exception that the code as shown ends with. torch, F, nn, np and math are there.
    """

    inputs: dict[Name, Text] = Field(min_length=1)
    setup: Text | None = None
    call: Text | None = None
    repaired: Annotated[str, StringConstraints(min_length=1)] | None = None
    raises: Name | None = None


class SpotCard(BaseCard):
    """Which line of the code is wrong? Lines count from 1. fix: the line put right.

    run: how lint shows that the code and its repaired twin differ.
    """

    kind: Literal["spot"]
    code: Annotated[str, StringConstraints(min_length=1)]
    line: int = Field(ge=1)
    fix: Text
    wrong: tuple[WrongLine, ...] = Field(default=(), strict=False)
    run: Run | None = None


class RecallCard(BaseCard):
    """A free answer; then the model answer and the rubric, and the learner grades."""

    kind: Literal["recall"]
    answer: Text
    rubric: tuple[Text, ...] = Field(min_length=1, max_length=6, strict=False)


Card = Annotated[
    ChoiceCard
    | NumericCard
    | FormulaCard
    | ClozeCard
    | OrderCard
    | DirectionCard
    | SpotCard
    | RecallCard,
    Field(discriminator="kind"),
]

KINDS = (
    "choice",
    "numeric",
    "formula",
    "cloze",
    "order",
    "direction",
    "spot",
    "recall",
)

# Seconds an answer takes before the learner's own log says better.
SECONDS: Mapping[str, int] = {
    "choice": 25,
    "numeric": 45,
    "formula": 60,
    "cloze": 20,
    "order": 45,
    "direction": 35,
    "spot": 35,
    "recall": 50,
    "exercise": 600,
    "run": 120,
}
SECONDS_A_LINE = 40  # of a blank page


def seconds_of(card: Card) -> float:
    """What an answer to this card takes, before the learner's own log says better."""
    lines = len(card.lines) if isinstance(card, FormulaCard) else 0
    return float(SECONDS_A_LINE * lines or SECONDS[card.kind])
