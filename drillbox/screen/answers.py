"""Where an answer is given: one widget for each way of answering.

Each posts `Given` with the response that domain/answer marks.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from drillbox.screen.how_sure import SURE, said
from drillbox.screen.line import TypedLine
from drillbox.screen.preview import Preview
from drillbox.screen.rows import MOVE, NUMBERS, Row, Rows, Text
from drillbox.words import N_, _

MOVES = {"up": N_("↑ up"), "down": N_("↓ down"), "same": N_("= same")}


class Given(Message):
    """The learner answered."""

    def __init__(self, response: Mapping[str, Any]) -> None:
        self.response = response
        super().__init__()


class OneOf(Rows, inherit_bindings=False):
    """Pick one option: its number answers, or Enter on the row under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", N_("this one")),
        Binding(NUMBERS, "none", N_("answer")),
        *MOVE,
    ]

    def __init__(self, order: Sequence[int], texts: Sequence[Text]) -> None:
        super().__init__(texts)
        self.order = order

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter answers only where the cursor was put."""
        return self.cursor is not None if action == "answer" else True

    def choose(self, index: int) -> None:
        """Answer with this option."""
        self.post_message(Given({"options": [self.order[index]]}))

    def action_answer(self) -> None:
        """Answer with the option under the cursor."""
        if self.cursor is not None:
            self.choose(self.cursor)


class SeveralOf(Rows, inherit_bindings=False):
    """Tick every right option; Enter answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", N_("answer")),
        Binding(NUMBERS, "none", N_("tick")),
        Binding("space", "tick", N_("tick the row")),
        *MOVE,
    ]

    def __init__(self, order: Sequence[int], texts: Sequence[Text]) -> None:
        super().__init__(texts)
        self.order = order
        self.ticked: set[int] = set()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answer once something is ticked."""
        if action == "answer":
            return bool(self.ticked)
        return self.cursor is not None if action == "tick" else True

    def sign(self, index: int) -> str:
        """A box that is ticked or not."""
        return f"{super().sign(index)}[{'x' if index in self.ticked else ' '}] "

    def choose(self, index: int) -> None:
        """Tick or untick."""
        self.ticked ^= {index}
        self.point(index)

    def action_tick(self) -> None:
        """Tick or untick the row under the cursor."""
        if self.cursor is not None:
            self.choose(self.cursor)

    def action_answer(self) -> None:
        """Answer with what is ticked."""
        options = [self.order[index] for index in sorted(self.ticked)]
        self.post_message(Given({"options": options}))


class InOrder(Rows, inherit_bindings=False):
    """Press the steps' numbers in the right order, or move the lines; Enter answers.

    Once a line was moved all of them have a place, and numbers put the cursor there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", N_("answer")),
        Binding(NUMBERS, "none", N_("comes next")),
        Binding("space", "place", N_("the row comes next")),
        Binding("K,shift+up", "shift(-1)", N_("line up")),
        Binding("J,shift+down", "shift(1)", N_("line down")),
        Binding("backspace", "back", N_("take back")),
        *MOVE,
    ]

    def __init__(self, order: Sequence[int], texts: Sequence[Text]) -> None:
        super().__init__(texts)
        self.order = order
        self.begin()

    def begin(self) -> None:
        """No step has its place. lines: the steps in the order of the rows."""
        self.taken: list[int] = []
        self.lines = list(range(len(self.texts)))
        self.moved = False

    @property
    def done(self) -> bool:
        """Has every step its place?"""
        return self.moved or len(self.taken) == len(self.texts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do."""
        if action == "answer":
            return self.done
        if action == "back":
            return self.moved or bool(self.taken)
        if action == "place":
            free = self.cursor is not None and self.cursor not in self.taken
            return free and not self.moved
        if action == "shift":
            return self.cursor is not None
        return not self.done if action == "none" else True

    def sign(self, index: int) -> str:
        """The place it was given."""
        place = self.taken.index(index) + 1 if index in self.taken else " "
        return f"{super().sign(index)}({index + 1 if self.moved else place}) "

    def repaint(self) -> None:
        """Write the steps anew, too: they may stand in other rows."""
        for line, row in zip(self.lines, self.query(Row), strict=True):
            row.say(self.texts[line])
        super().repaint()

    def choose(self, index: int) -> None:
        """Take this step next."""
        if self.moved:
            self.point(index)
            return
        if index not in self.taken:
            self.taken.append(index)
        self.repaint()

    def action_place(self) -> None:
        """Take the step under the cursor next."""
        if self.cursor is not None:
            self.choose(self.cursor)

    def action_shift(self, step: int) -> None:
        """Move the line under the cursor; those with a place come first."""
        if self.cursor is None:
            return
        line = self.lines[self.cursor]
        if not self.moved:
            rest = [row for row in self.lines if row not in self.taken]
            self.lines, self.moved = self.taken + rest, True
        here = self.lines.index(line)
        self.lines.insert(max(0, here + step), self.lines.pop(here))
        self.point(self.lines.index(line))

    def action_back(self) -> None:
        """Take the last one back; of moved lines all."""
        if self.moved:
            self.begin()
        else:
            self.taken.pop()
        self.repaint()

    def action_answer(self) -> None:
        """Answer with this order."""
        lines = self.lines if self.moved else self.taken
        self.post_message(Given({"steps": [self.order[line] for line in lines]}))


class OneLine(Rows, inherit_bindings=False):
    """Point at the wrong line of code; Enter answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", N_("this line is wrong")),
        Binding(NUMBERS, "none", N_("line")),
        *MOVE,
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answer once the cursor is on a line."""
        return self.cursor is not None if action == "answer" else True

    def action_answer(self) -> None:
        """Answer with the line under the cursor."""
        if self.cursor is not None:
            self.post_message(Given({"line": self.cursor + 1}))


class Directions(Rows, inherit_bindings=False):
    """Up, down or the same for one quantity after the other; how sure, or Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "say('up')", N_("goes up")),
        Binding("down", "say('down')", N_("goes down")),
        Binding("equals_sign", "say('same')", N_("about the same")),
        Binding(NUMBERS, "sure", N_("how sure")),
        Binding("enter", "answer", N_("answer")),
        Binding("backspace", "back", N_("take back")),
        Binding("escape", "leave_sure", N_("take back"), show=False),
    ]
    SIGNS: ClassVar[dict[str, str]] = MOVES

    def __init__(self, texts: Sequence[Text], sure: bool = True) -> None:
        super().__init__(texts)
        self.sure = sure
        self.moves: list[str] = []
        self.cursor = 0

    def compose(self) -> ComposeResult:
        """The quantities, then the question how sure."""
        yield from super().compose()
        yield Static("", classes="sure", markup=False)

    @property
    def done(self) -> bool:
        """Has every quantity its move?"""
        return len(self.moves) == len(self.texts)

    @property
    def span(self) -> str:
        """The keys that say how sure."""
        return "5–9, 0"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """First the moves, then how sure."""
        if action == "say":
            return not self.done
        if action == "back":
            return bool(self.moves)
        if action == "answer":
            return self.done and not self.sure
        asks_sure = self.done and self.sure
        return asks_sure if action in ("sure", "leave_sure") else True

    def sign(self, index: int) -> str:
        """The move that was said."""
        said = _(self.SIGNS[self.moves[index]]) if index < len(self.moves) else "…"
        widest = max(cell_len(_(sign)) for sign in self.SIGNS.values())
        return f"{self.mark(index)} {set_cell_size(said, widest)}  "

    def go_on(self) -> None:
        """Stand at the first quantity without a move; ask how sure after the last."""
        self.cursor = None if self.done else len(self.moves)
        asked = _(SURE) if self.done and self.sure else ""
        self.query_one(".sure", Static).update(asked)
        self.repaint()

    def action_say(self, move: str) -> None:
        """Say a move for the quantity under the cursor."""
        self.moves.append(move)
        self.go_on()

    def action_back(self) -> None:
        """Take the last move back."""
        self.moves.pop()
        self.go_on()

    def action_leave_sure(self) -> None:
        """Back from the question how sure; it came with the last move."""
        self.action_back()

    def point(self, index: int) -> None:
        """The cursor follows the answers; a click does not move it."""

    def on_key(self, event: events.Key) -> None:
        """How sure, in tens of percent; answers."""
        event.prevent_default()  # Rows would take it for a row's number
        sure = said(event.character)
        if self.done and self.sure and sure is not None:
            event.stop()
            self.post_message(Given({"moves": self.moves, "confidence": sure}))

    def action_answer(self) -> None:
        """Answer without a confidence."""
        self.post_message(Given({"moves": self.moves}))


class Line(TypedLine):
    """A line to type in."""

    # Input's own binding of Enter is hidden; a priority one is shown in its place.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("answer"), priority=True)
    ]

    def __init__(self, hints: Sequence[str] = ("",)) -> None:
        super().__init__(placeholder=hints[0], select_on_focus=False)
        self.hints = hints

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter answers once something stands here."""
        return bool(self.value.strip()) if action == "submit" else True

    def watch_value(self, before: str, now: str) -> None:
        """The first letter makes an answer of it."""
        if bool(before.strip()) != bool(now.strip()):
            self.refresh_bindings()

    def on_resize(self) -> None:
        """The fullest hint that fits. Whoever types here goes on to see it."""
        width = self.content_size.width
        fit = (hint for hint in self.hints if cell_len(hint) <= width)
        self.placeholder = next(fit, self.hints[-1])
        if self.has_focus:
            self.call_after_refresh(self.scroll_visible, animate=False)


class Typed(Vertical):
    """A line to type the answer in, below what may stand in it.

    names: those of a formula, which is shown as it is understood. hints: what to type,
    the fullest first; the first one that fits stands in the line while it is empty.
    """

    def __init__(self, names: Mapping[str, Text], hints: Sequence[str]) -> None:
        super().__init__(classes="typed")
        self.names = names
        self.hints = hints

    def compose(self) -> ComposeResult:
        """The names, then the line."""
        width = max(map(len, self.names), default=0)
        for name, meaning in self.names.items():
            yield Row(f"{name:<{width}}  ", meaning, "legend")
        yield Line(self.hints)
        if self.names:
            yield Preview(self.names)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is understood of it."""
        for preview in self.query(Preview):
            preview.follow(event.value, below=event.input)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the text; `?` alone means not known."""
        event.stop()
        text = event.value.strip()
        if text == "?":
            self.post_message(Given({"unknown": True}))
        elif text:
            self.post_message(Given({"text": text}))
