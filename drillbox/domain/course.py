"""A course: phases, drops, the questions people ask; and its items.

An item is what a learner's history is about: (course id, item id). Cards, the blanks of
a cloze, exercises and runs share one space of ids within a course. A drop's id lives in
it too: reading a drop is an event about that id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from drillbox.domain.card import Card, ClozeCard, Id, Strict, Text

CORE_CARDS = 3


class Phase(Strict):
    """A part of the path. outcome: one line, what the learner can do after it."""

    title: Text
    outcome: Text


class Promises(Strict):
    """What a course says it holds at least, and lint holds it to. blank_pages: numbers
    of drops with a blank page; reading_words: the shortest and the longest reading."""

    cards_per_drop: int = Field(default=0, ge=0)
    kinds_per_drop: int = Field(default=0, ge=0)
    parametric_per_drop: int = Field(default=0, ge=0)
    reading_words: tuple[int, int] | None = Field(default=None, strict=False)
    blank_pages: tuple[int, ...] = Field(default=(), strict=False)
    cards: int = Field(default=0, ge=0)
    misconceptions: int = Field(default=0, ge=0)
    contrast_pairs: int = Field(default=0, ge=0)
    spots_run: int = Field(default=0, ge=0)


class CourseFile(Strict):
    """course.yaml. minutes: the shortest and the longest day of the path. strict: what
    lint warns of in cards, readings and lists is an error."""

    id: Id
    title: Text
    goal: Text
    icon: Text | None = None
    level: Text
    category: Text
    days: int = Field(ge=1)
    minutes: tuple[int, int] = Field(strict=False)
    phases: tuple[Phase, ...] = Field(min_length=1, strict=False)
    strict: bool = False
    promises: Promises = Promises()


class DropFile(Strict):
    """drops/NN-….yaml: one sitting of the path.

    phase counts from 1. does: what a learner does in it. reading: Markdown. exercises,
    runs: their ids. The first three cards are the core; the others deepen.
    """

    id: Id
    drop: int = Field(ge=1)
    phase: int = Field(ge=1)
    minutes: int = Field(ge=1, le=60)
    title: Text
    does: Text
    reading: Text
    exercises: tuple[Id, ...] = Field(default=(), strict=False)
    runs: tuple[Id, ...] = Field(default=(), strict=False)
    cards: tuple[Card, ...] = Field(min_length=1, strict=False)


class Misconception(Strict):
    """A wrong belief with a name. sentence: what people believe, in their words.
    cards: what asks about it; lint tells of one that no card asks about."""

    id: Id
    sentence: Text
    truth: Text
    cards: tuple[Id, ...] = Field(default=(), strict=False)


class Question(Strict):
    """A question people ask, answered for real. drops: where the path treats it."""

    question: Text
    answer: Text
    drops: tuple[int, ...] = Field(default=(), strict=False)


class Term(Strict):
    """A word of the field. symbols: how it is written in formulas and texts, `\\beta`
    and β; also: other forms of the word. Texts that use it are linked to it."""

    term: Text
    meaning: Text
    symbols: tuple[Text, ...] = Field(default=(), strict=False)
    also: tuple[Text, ...] = Field(default=(), strict=False)


@dataclass(frozen=True)
class Item:
    """A card as it is asked and scheduled; for a cloze, one of its blanks.

    id: the card's id, or `card/blank`. was: earlier ids. drop: its drop's number.
    core: new on the drop's own day. file, line: where the author wrote it.
    """

    id: str
    card: Card
    drop: int
    core: bool
    was: tuple[str, ...] = ()
    blank: str | None = None
    file: str = ""
    line: int = 0

    @property
    def group(self) -> str | None:
        """Items of one group do not meet on one study day if another can wait."""
        own = self.card.id if isinstance(self.card, ClozeCard) else None
        return self.card.group or own


@dataclass(frozen=True)
class Drop:
    """A drop with its items. file, line: where the author wrote it."""

    id: str
    number: int
    phase: int
    minutes: int
    title: str
    does: str
    reading: str
    exercises: tuple[str, ...]
    runs: tuple[str, ...]
    items: tuple[Item, ...]
    file: str = ""
    line: int = 0

    @property
    def core(self) -> tuple[Item, ...]:
        """The items that are new on the drop's day."""
        return tuple(item for item in self.items if item.core)


@dataclass(frozen=True)
class Course:
    """A whole course, read and checked."""

    head: CourseFile
    drops: tuple[Drop, ...]
    misconceptions: tuple[Misconception, ...] = ()
    questions: tuple[Question, ...] = ()
    glossary: tuple[Term, ...] = ()
    directory: str = ""

    @property
    def id(self) -> str:
        """The course's id."""
        return self.head.id

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every card item by its id, in the order of the path."""
        return {item.id: item for drop in self.drops for item in drop.items}

    @cached_property
    def places(self) -> dict[str, int]:
        """Where every card item stands on the path, by its id; from 0 on."""
        return {item: place for place, item in enumerate(self.items)}

    @cached_property
    def exercises(self) -> tuple[str, ...]:
        """The ids of the exercises, in the order of the path."""
        return tuple(name for drop in self.drops for name in drop.exercises)

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """The ids of the runs, in the order of the path."""
        return tuple(name for drop in self.drops for name in drop.runs)

    def drop(self, number: int) -> Drop:
        """The drop with this number; KeyError if there is none."""
        for drop in self.drops:
            if drop.number == number:
                return drop
        raise KeyError(number)


def items_of(card: Card, drop: int, core: bool, file: str, line: int) -> Iterator[Item]:
    """The items of one card. Of a core cloze only the first blank is core."""
    if not isinstance(card, ClozeCard):
        yield Item(card.id, card, drop, core, card.was, None, file, line)
        return
    for k, blank in enumerate(card.blanks):
        was = tuple(f"{old}/{blank}" for old in card.was)
        name = f"{card.id}/{blank}"
        yield Item(name, card, drop, core and k == 0, was, blank, file, line)
