"""A pair as it is before the run, and the place to say what will happen to it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from drillbox.lab import second
from drillbox.lab.predict import Prediction
from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record
from drillbox.screen.answers import MOVES, Directions
from drillbox.screen.rows import NUMBERS

QUANTITIES = {
    "chosen": "log π(chosen) after the first step",
    "rejected": "log π(rejected) after the first step",
    "weight": "the weight σ(r̂_l − r̂_w) before it",
}


class Guess(Directions, inherit_bindings=False):
    """A move for each log-prob, ½ or 0 for the weight, then how sure."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,h", "weigh('half')", "about ½"),
        Binding("0,z", "weigh('zero')", "about 0"),
        Binding("up", "say('up')", "goes up"),
        Binding("down", "say('down')", "goes down"),
        Binding("equals_sign", "say('flat')", "flat"),
        Binding(NUMBERS, "sure", "how sure"),
        Binding("backspace", "back", "take back"),
    ]
    SIGNS: ClassVar[dict[str, str]] = {
        "up": MOVES["up"],
        "down": MOVES["down"],
        "flat": "= flat",
        "half": "½",
        "zero": "0",
    }

    def __init__(self) -> None:
        super().__init__(list(QUANTITIES.values()))

    def on_mount(self) -> None:
        """The keys go here at once, and the text above stays in the window."""
        self.focus(scroll_visible=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The last quantity is a weight."""
        weight = len(self.moves) == len(self.texts) - 1
        if action == "weigh":
            return weight
        if action == "say" and weight:
            return False
        return super().check_action(action, parameters)

    def action_weigh(self, about: str) -> None:
        """Say what the weight is."""
        self.action_say(about)


class Again(Directions, inherit_bindings=False):
    """A move for each log-prob, then Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "say('up')", "goes up"),
        Binding("down", "say('down')", "goes down"),
        Binding("equals_sign", "say('flat')", "flat"),
        Binding("enter", "answer", "go on"),
        Binding("backspace", "back", "take back"),
    ]
    SIGNS: ClassVar[dict[str, str]] = Guess.SIGNS

    def __init__(self) -> None:
        super().__init__([QUANTITIES["chosen"], QUANTITIES["rejected"]], sure=False)

    def on_mount(self) -> None:
        """The keys go here at once, and the text above stays in the window."""
        self.focus(scroll_visible=False)


def prediction(moves: list[str], confidence: float) -> Prediction:
    """What was said, as the lab compares it."""
    chosen, rejected, weight = moves
    return Prediction(chosen, rejected, weight, confidence)  # type: ignore[arg-type]


class PairView(Vertical):
    """What is known of a pair before the run, then the guess."""

    def __init__(self, pair: Pair, start: Record) -> None:
        super().__init__(classes="pair")
        self.pair = pair
        self.start = start

    def compose(self) -> ComposeResult:
        """Title, text, the two answers with their numbers, the guess."""
        pair = self.pair
        yield Static(f"{pair.pair}  {pair.title}", classes="title", markup=False)
        yield Static(pair.text, classes="quiet", markup=False)
        yield Static(f"prompt     {pair.prompt}", classes="prompt", markup=False)
        for side, gradient in (("chosen", "g_w"), ("rejected", "g_l")):
            lines = f"{side:<9}  {getattr(pair, side)}\n           {self.numbers(side)}"
            length = f"‖{gradient}‖ {self.start[f'norm_{side}']:.1f}"
            yield Static(f"{lines}  {length}", markup=False)
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
        yield Static(second.TEXT, classes="quiet", markup=False)
        yield Static(f"{pair.pair}  {pair.title}", classes="title", markup=False)
        yield Static(f"chosen     {pair.chosen}", markup=False)
        yield Static(f"rejected   {pair.rejected}", markup=False)
        yield Static(second.matrix(self.start), markup=False)
        yield Again()
