"""A real training run: predict it pair by pair, watch it, compare."""

from collections.abc import Callable, Generator, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from drillbox.domain.course import Course
from drillbox.history.log import Log
from drillbox.lab import keep, second
from drillbox.lab import run as lab
from drillbox.lab.compare import Comparison, Result, compare
from drillbox.lab.predict import Prediction, body
from drillbox.lab.recipe import FLAT, Pair
from drillbox.lab.run import Record
from drillbox.screen.answers import Given
from drillbox.screen.guess import MatrixView, PairView, prediction
from drillbox.screen.page import Page
from drillbox.screen.rows import Row
from drillbox.screen.track import Track
from drillbox.screen.watched import WatchedScreen

Start = Callable[[str], Generator[Record, None, None]]
WORDS = {
    "up": "goes up",
    "down": "goes down",
    "flat": "stays flat",
    "half": "is about ½",
    "zero": "is about 0",
    "between": "is neither about ½ nor about 0",
    "chosen": "log π(chosen)",
    "rejected": "log π(rejected)",
    "weight": "the weight",
}


class RunScreen(WatchedScreen, inherit_bindings=False):
    """One run. Nothing is shown of it before everything is predicted and recorded.

    start: what starts it, instead of a worker. Raises LabError if there is no such run
    or no record of what is known before it.
    """

    ABOUT = "A run. Say first what will happen, then watch a real training do it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn(1)", "read on"),
        Binding("enter,space", "predict", "predict"),
        Binding("s", "skip", "skip this one"),
        Binding("r", "again", "run again"),
        Binding("p", "anew", "predict again"),
        Binding("escape", "stop", "stop"),
        Binding("escape,q", "leave", "back"),
        *Page.BINDINGS,
    ]

    def __init__(
        self, name: str, course: Course, log: Log, start: Start | None = None
    ) -> None:
        self.recipe = lab.find(name)
        heading = f"drop {self.recipe.drop} · {self.recipe.title}"
        warm = lab.worker_of() if start is None else None
        super().__init__(name, heading, self.recipe.text, course, log, warm)
        self.start_run = start
        self.known: Mapping[str, Record] = keep.before(name)
        self.said: dict[str, Prediction] = {}
        self.ahead: list[Pair] = []
        self.again: dict[str, second.Moves] = {}
        self.later: list[str] = []  # what round 2 still asks about

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do in this phase."""
        if action == "turn" and parameters == (1,):
            return self.phase != "guessing" and self.more_below()
        if action == "predict":
            return self.phase == "reading" and not self.more_below()
        if action == "skip":
            asked = self.ahead[:1] if self.phase == "guessing" else []
            return any(pair.bonus for pair in asked)
        if action == "stop":
            return self.phase == "running"
        return self.phase == "told" if action in ("again", "anew") else True

    # -- predicting

    def action_predict(self) -> None:
        """Predict the first pair."""
        self.warm_up()
        self.said.clear()
        self.again.clear()
        self.later = second.asked(self.recipe)
        self.ahead = list(self.recipe.pairs)
        self.say("")
        self.ask()

    def action_anew(self) -> None:
        """Predict once more; what was predicted before stays recorded."""
        self.action_predict()

    def ask(self) -> None:
        """The next pair, without its matrix or with it; then the run starts."""
        if self.ahead:
            pair = self.ahead[0]
            self.show("guessing", PairView(pair, self.known[pair.pair]))
        elif self.later:
            pair = self.recipe.pair(self.later[0])
            self.show("guessing", MatrixView(pair, self.known[pair.pair]))
        else:
            self.commit(second.body(self.again))

    def on_given(self, message: Given) -> None:
        """A pair was predicted."""
        message.stop()
        said = message.response
        if self.ahead:
            name = self.ahead[0].pair
            self.said[name] = prediction(said["moves"], said["confidence"])
            self.go_on()
        else:
            self.again[self.later.pop(0)] = tuple(said["moves"])
            self.ask()

    def go_on(self) -> None:
        """Round 1 is recorded before a matrix is shown."""
        self.ahead.pop(0)
        if self.ahead or self.kept({"round": 1, **body(self.said)}):
            self.ask()

    def action_skip(self) -> None:
        """A bonus need not be predicted."""
        self.go_on()

    # -- running

    def begin(self) -> Generator[Record, None, None]:
        """Start the run."""
        if self.start_run is not None:
            return self.start_run(self.recipe.id)
        return lab.start(self.recipe.id, warm=self.warm)

    def running(self) -> list[Widget]:
        """A track for each pair."""
        moves = (
            abs(one) for pair in self.known.values() for one in pair["first_order"]
        )
        flat = FLAT * max(moves) * self.recipe.steps
        return [Track(pair, self.recipe.steps, flat) for pair in self.recipe.pairs]

    def paint(self, records: list[Record]) -> None:
        """Paint the steps."""
        for record in records:
            if record["type"] == "header":
                self.say(f"Running on {record['device']} in {record['dtype']}.")
        for track in self.query(Track):
            track.add(
                [
                    record
                    for record in records
                    if record["type"] == "step" and record["pair"] == track.pair.pair
                ]
            )

    def judge(self) -> None:
        """The verdict, above the curves."""
        verdict = compare(self.said, self.records)
        first, *_ = self.query(Track)
        titles = {pair.pair: pair.title for pair in self.recipe.pairs}
        below = "The curves below show the change since step 0, both of a pair on one "
        rows = [
            *judged(verdict, titles),
            *passed(second.judge(self.again, self.records)),
        ]
        self.told(*rows, before=first, then=f"{below}scale.")


def judged(verdict: Comparison, titles: Mapping[str, str]) -> list[Widget]:
    """A headline, then each quantity with what was said, what happened, and why."""
    count = len(verdict.results)
    head = f"{verdict.right} of {count} right · Brier score {verdict.brier:.2f}"
    rows: list[Widget] = [
        Static(head, classes="verdict", markup=False),
        Static("0 is perfect, 0.25 is what guessing earns.", classes="quiet"),
    ]
    last = ""
    for result in verdict.results:
        if result.pair != last:
            last = result.pair
            rows.append(Static(f"{last}  {titles[last]}", classes="phase"))
        sign, classes = ("✓", "right") if result.right else ("✗", "wrong")
        rows.append(Row(f"{sign}  ", sentence(result), classes))
        rows.append(Row("   ", f"{result.why}.", "legend"))
    return rows


def passed(found: second.Passed) -> list[Widget]:
    """Round 2: whether it was passed, and each direction that was wrong."""
    if not found.count:
        return []
    rows: list[Widget] = [Static(found.text, classes="verdict", markup=False)]
    rows += [Row("✗  ", text, "wrong") for text in found.wrong]
    return rows


def sentence(result: Result) -> str:
    """What happened to one quantity, and what was said where that is another thing."""
    unit = "" if result.quantity == "weight" else " nats"
    value = f"{result.value:.2g}" if not unit else f"{result.value:+.2g}{unit}"
    value = value.replace("-", "−")
    what = f"{WORDS[result.quantity]} {WORDS[result.happened]} ({value})"
    said = "" if result.right else f"; you said it {WORDS[result.predicted]}"
    return f"{what}{said}"
