"""Where an answer is given: one widget for each way of answering.

Each posts `Given` with the response that domain/answer.py marks.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from drillbox.domain.card import (
    ChoiceCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    SpotCard,
)
from drillbox.domain.mathtext import prose
from drillbox.domain.variant import Variant


class Given(Message):
    """The learner answered."""

    def __init__(self, response: Mapping[str, Any]) -> None:
        self.response = response
        super().__init__()


class Rows(Vertical, can_focus=True):
    """Numbered rows with a cursor; arrows move it, digits go straight to a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", "Up"),
        ("down", "move(1)", "Down"),
    ]

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(classes="rows")
        self.texts = texts
        self.cursor = 0

    def compose(self) -> ComposeResult:
        """One line of text a row."""
        for n, text in enumerate(self.texts, 1):
            yield Static(self.label(n, text), classes="row", markup=False)

    def on_mount(self) -> None:
        """Show where the cursor stands."""
        self.repaint()

    def label(self, number: int, text: str) -> str:
        """How a row reads."""
        return f" {number}  {text}"

    def mark(self, index: int) -> str:
        """What stands before a row's number."""
        return "›" if index == self.cursor else " "

    def repaint(self) -> None:
        """Write every row again."""
        for k, row in enumerate(self.query(Static)):
            row.update(self.mark(k) + self.label(k + 1, self.texts[k])[1:])
            row.set_class(k == self.cursor, "cursor")

    def action_move(self, step: int) -> None:
        """Move the cursor; it stays within the rows."""
        self.cursor = min(max(self.cursor + step, 0), len(self.texts) - 1)
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """A digit chooses its row, Enter the one under the cursor."""
        if event.character and event.character.isdigit():
            index = int(event.character) - 1
            if 0 <= index < len(self.texts):
                event.stop()
                self.cursor = index
                self.choose(index)
        elif event.key == "enter":
            event.stop()
            self.enter()

    def choose(self, index: int) -> None:
        """A row was chosen by its digit; here the cursor only moves there."""
        self.repaint()

    def enter(self) -> None:
        """Enter was pressed."""
        self.choose(self.cursor)


class OneOf(Rows):
    """Pick one option; its number is the answer."""

    def __init__(self, variant: Variant, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self.order = variant.order

    def choose(self, index: int) -> None:
        """Answer with this option."""
        self.post_message(Given({"options": [self.order[index]]}))


class SeveralOf(Rows):
    """Tick every right option; Enter answers."""

    def __init__(self, variant: Variant, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self.order = variant.order
        self.ticked: set[int] = set()

    def label(self, number: int, text: str) -> str:
        """A box that is ticked or not."""
        box = "[x]" if number - 1 in self.ticked else "[ ]"
        return f" {number} {box} {text}"

    def choose(self, index: int) -> None:
        """Tick or untick."""
        self.ticked ^= {index}
        self.repaint()

    def enter(self) -> None:
        """Answer with what is ticked."""
        if self.ticked:
            options = [self.order[index] for index in sorted(self.ticked)]
            self.post_message(Given({"options": options}))


class InOrder(Rows):
    """Press the steps' numbers in the right order; Backspace takes one back."""

    def __init__(self, variant: Variant, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self.order = variant.order
        self.taken: list[int] = []

    def label(self, number: int, text: str) -> str:
        """The place it was given, before the text."""
        index = number - 1
        place = self.taken.index(index) + 1 if index in self.taken else 0
        return f" {number} {f'({place})' if place else '( )'} {text}"

    def choose(self, index: int) -> None:
        """Take this step next."""
        if index not in self.taken:
            self.taken.append(index)
        self.repaint()

    def enter(self) -> None:
        """Answer once every step has its place; else take the one at the cursor."""
        if len(self.taken) < len(self.texts):
            self.choose(self.cursor)
            return
        steps = [self.order[index] for index in self.taken]
        self.post_message(Given({"steps": steps}))

    def key_backspace(self) -> None:
        """Take the last one back."""
        if self.taken:
            self.taken.pop()
        self.repaint()


class OneLine(Rows):
    """Point at the wrong line; a digit only moves there, as there may be ten."""

    def enter(self) -> None:
        """Answer with the line under the cursor."""
        self.post_message(Given({"line": self.cursor + 1}))


class Directions(Rows):
    """Arrow up, arrow down or `=` for each quantity, then 5–9 or 0 for how sure."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "say('up')", "Up"),
        ("down", "say('down')", "Down"),
        ("equals_sign,right", "say('same')", "Same"),
        ("backspace", "back", "Back"),
    ]
    SIGNS: ClassVar[dict[str, str]] = {"up": "↑ up", "down": "↓ down", "same": "= same"}

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self.moves: list[str] = []

    def compose(self) -> ComposeResult:
        """The quantities, then the question how sure."""
        yield from super().compose()
        yield Static("", classes="sure", markup=False)

    def label(self, number: int, text: str) -> str:
        """The move that was said, before the text."""
        said = self.moves[number - 1] if number <= len(self.moves) else ""
        return f"  {self.SIGNS.get(said, '…'):<6}  {text}"

    def repaint(self) -> None:
        """Rows, and the question how sure once every quantity has its move."""
        self.cursor = len(self.moves)
        for k, row in enumerate(self.query(".row").results(Static)):
            row.update(self.mark(k) + self.label(k + 1, self.texts[k])[1:])
            row.set_class(k == self.cursor, "cursor")
        done = len(self.moves) == len(self.texts)
        sure = "How sure? 5 = 50 % (a guess) … 9 = 90 %, 0 = 100 %" if done else ""
        self.query_one(".sure", Static).update(sure)

    def action_say(self, move: str) -> None:
        """Say a move for the quantity under the cursor."""
        if len(self.moves) < len(self.texts):
            self.moves.append(move)
            self.repaint()

    def action_back(self) -> None:
        """Take the last move back."""
        if self.moves:
            self.moves.pop()
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """How sure, in tens of percent."""
        done = len(self.moves) == len(self.texts)
        if done and event.character and event.character in "567890":
            event.stop()
            sure = int(event.character) / 10 or 1.0
            self.post_message(Given({"moves": self.moves, "confidence": sure}))


class Typed(Vertical):
    """A line to type in. Escape leaves it, so that letters are keys again."""

    def __init__(self, lines: Sequence[str], placeholder: str) -> None:
        super().__init__(classes="typed")
        self.lines = lines
        self.placeholder = placeholder

    def compose(self) -> ComposeResult:
        """What may stand in the answer, then the line."""
        for line in self.lines:
            yield Static(line, classes="legend", markup=False)
        yield Input(placeholder=self.placeholder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the text; `?` alone means not known."""
        event.stop()
        text = event.value.strip()
        if text == "?":
            self.post_message(Given({"unknown": True}))
        elif text:
            self.post_message(Given({"text": text}))


def box(variant: Variant) -> Widget:
    """The widget in which this question is answered."""
    card = variant.item.card
    if isinstance(card, ChoiceCard):
        texts = [prose(card.options[k].text) for k in variant.order]
        several = sum(option.right for option in card.options) > 1
        return SeveralOf(variant, texts) if several else OneOf(variant, texts)
    if isinstance(card, OrderCard):
        return InOrder(variant, [prose(card.steps[k].text) for k in variant.order])
    if isinstance(card, DirectionCard):
        return Directions([prose(quantity.text) for quantity in card.quantities])
    if isinstance(card, SpotCard):
        return OneLine(card.code.rstrip("\n").split("\n"))
    if isinstance(card, FormulaCard):
        legend = [f"{name}: {prose(what)}" for name, what in card.names.items()]
        return Typed(legend, "a formula, for example beta*(a - b)")
    if isinstance(card, NumericCard):
        return Typed([], f"a number in {card.unit}" if card.unit else "a number")
    return Typed([], "your answer")
