"""A pair as it is before the run, and the place to say what will happen to it."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from drillbox.lab import after, second
from drillbox.lab.predict import Prediction
from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record
from drillbox.screen.answers import MOVES, Directions, Given
from drillbox.screen.how_sure import said
from drillbox.screen.rows import NUMBERS
from drillbox.words import N_, _

QUANTITIES = (  # shown through `_`
    N_("log π(chosen) after the first step"),
    N_("log π(rejected) after the first step"),
)
LABELS = N_("prompt"), N_("chosen"), N_("rejected")
LABEL = 9  # cells of a label, or more where the words are longer

SURE = N_("How sure of both? 3 = 33%, a guess · 4 · 5 · 6 · 7 · 8 · 9 · 0 = 100%")
THIRDS = {"3": 0.33, "4": 0.4}  # among three, a guess is a third
SAY = (
    Binding("up", "say('up')", N_("goes up")),
    Binding("down", "say('down')", N_("goes down")),
    Binding("equals_sign", "say('flat')", N_("flat")),
)


class Again(Directions, inherit_bindings=False):
    """A move for each quantity, then Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *SAY,
        Binding("enter", "answer", N_("go on")),
        Binding("backspace", "back", N_("take back")),
    ]
    SIGNS: ClassVar[dict[str, str]] = {
        "up": MOVES["up"],
        "down": MOVES["down"],
        "flat": N_("= flat"),
    }

    def __init__(self, texts: Sequence[str] = QUANTITIES, sure: bool = False) -> None:
        super().__init__([_(text) for text in texts], sure)

    def on_mount(self) -> None:
        """The keys go here at once, and the text above stays in the window."""
        self.focus(scroll_visible=False)


class Guess(Again, inherit_bindings=False):
    """A move for each log-prob, then how sure of both."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *SAY,
        Binding(NUMBERS, "sure", N_("how sure")),
        Binding("backspace", "back", N_("take back")),
    ]

    def __init__(self) -> None:
        super().__init__(sure=True)

    @property
    def span(self) -> str:
        """The keys that say how sure."""
        return "3–9, 0"

    def go_on(self) -> None:
        """The question how sure has a scale of its own."""
        super().go_on()
        self.query_one(".sure", Static).update(_(SURE) if self.done else "")

    def on_key(self, event: events.Key) -> None:
        """A third and four tenths too."""
        event.prevent_default()
        sure = THIRDS.get(event.character or "", said(event.character))
        if self.done and sure is not None:
            event.stop()
            self.post_message(Given({"moves": self.moves, "confidence": sure}))


def labelled(label: str, text: str) -> str:
    """A text behind one of the LABELS, or below it; all begin in the same column."""
    width = max(LABEL, *(cell_len(_(one)) for one in LABELS))
    return f"{set_cell_size(_(label), width)}  {text}"


def prediction(moves: list[str], confidence: float) -> Prediction:
    """What was said, as the lab compares it."""
    chosen, rejected = moves
    return Prediction(chosen, rejected, confidence)  # type: ignore[arg-type]


class PairView(Vertical):
    """What is known of a pair before the run, then the guess."""

    def __init__(self, pair: Pair, start: Record) -> None:
        super().__init__(classes="pair")
        self.pair = pair
        self.start = start

    def compose(self) -> ComposeResult:
        """Title, text, the two answers with their numbers, the guess."""
        pair = self.pair
        yield Static(f"{pair.pair}  {_(pair.title)}", classes="title", markup=False)
        yield Static(_(pair.text), classes="quiet", markup=False)
        prompt = labelled("prompt", pair.prompt)
        yield Static(prompt, classes="prompt", markup=False)
        for side, gradient in (("chosen", "g_w"), ("rejected", "g_l")):
            answer = labelled(side, getattr(pair, side))
            length = f"‖{gradient}‖ {self.start[f'norm_{side}']:.1f}"
            numbers = labelled("", f"{self.numbers(side)}  {length}")
            yield Static(f"{answer}\n{numbers}", markup=False)
        yield Guess()

    def numbers(self, side: str) -> str:
        """Log-probs in nats, under the policy and under the reference."""
        policy, reference = self.start[f"logp_{side}"], self.start[f"ref_{side}"]
        text = f"log π {policy:.3f}  log π_ref {reference:.3f}"
        return text.replace("-", "−")


class MatrixView(Vertical):
    """Round 2: the Gram matrix of a pair is open."""

    def __init__(self, pair: Pair, start: Record) -> None:
        super().__init__(classes="pair")
        self.pair = pair
        self.start = start

    def compose(self) -> ComposeResult:
        """What round 2 is, the pair, its matrix, the place to say it again."""
        pair = self.pair
        yield Static(_(second.TEXT), classes="quiet", markup=False)
        yield Static(f"{pair.pair}  {_(pair.title)}", classes="title", markup=False)
        yield Static(labelled("chosen", pair.chosen), markup=False)
        yield Static(labelled("rejected", pair.rejected), markup=False)
        yield Static(second.matrix(self.start), markup=False)
        yield Again()


class AfterView(Vertical):
    """What Adam would do, and one batch of all pairs."""

    def __init__(self) -> None:
        super().__init__(classes="pair")

    def compose(self) -> ComposeResult:
        """What is run next, and the place to say what it does."""
        yield Static(_(after.TEXT), classes="quiet", markup=False)
        yield Again([text for *_where, text in after.QUESTIONS.values()])
