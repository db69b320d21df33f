"""A real training run: predict it pair by pair, watch it, compare."""

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import asdict
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Markdown, Static
from textual.worker import get_current_worker

from drillbox.domain.course import Course
from drillbox.domain.event import PREDICT, Draft
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.lab import keep
from drillbox.lab import run as lab
from drillbox.lab.compare import Comparison, Result, compare
from drillbox.lab.predict import Prediction
from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record
from drillbox.screen.answers import Given
from drillbox.screen.guess import PairView, prediction
from drillbox.screen.page import Page
from drillbox.screen.rows import Row
from drillbox.screen.track import Track

Start = Callable[[str], Generator[Record, None, None]]
WORDS = {
    "up": "goes up",
    "down": "goes down",
    "same": "stays about the same",
    "half": "is about ½",
    "zero": "is about 0",
    "between": "is neither about ½ nor about 0",
    "chosen": "log π(chosen)",
    "rejected": "log π(rejected)",
    "weight": "the weight",
}


class Came(Message):
    """A record of the run came."""

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__()


class Ended(Message):
    """The run has ended. error: why, if it did not come to its end."""

    def __init__(self, error: DrillboxError | None = None) -> None:
        self.error = error
        super().__init__()


class RunScreen(Page[None], inherit_bindings=False):
    """One run. Nothing is shown of it before everything is predicted and recorded.

    start: what starts it. Raises LabError if there is no such run or no record of what
    is known before it.
    """

    ABOUT = "A run. Say first what will happen, then watch a real training do it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn(1)", "read on"),
        Binding("enter,space", "predict", "predict"),
        Binding("s", "skip", "skip this one"),
        Binding("r", "again", "run again"),
        Binding("p", "anew", "predict again"),
        Binding("escape,q", "leave", "back"),
        *Page.BINDINGS,
    ]

    def __init__(
        self, name: str, course: Course, log: Log, start: Start = lab.start
    ) -> None:
        self.recipe = lab.find(name)
        super().__init__(f"Run {name} · drop {self.recipe.drop} · {self.recipe.title}")
        self.course = course
        self.record = log
        self.start_run = start
        self.known: Mapping[str, Record] = keep.before(name)
        self.said: dict[str, Prediction] = {}
        self.ahead: list[Pair] = []
        self.records: list[Record] = []
        self.phase = "reading"

    def body(self) -> ComposeResult:
        """What the run is about."""
        yield Markdown(self.recipe.text)

    def foot(self) -> ComposeResult:
        """What there is to say."""
        yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """Nothing to say yet."""
        self.say("")

    def say(self, text: str) -> None:
        """One sentence above the keys."""
        line = self.query_one(".said", Static)
        line.update(text)
        line.display = bool(text)

    def show(self, phase: str, *widgets: Widget) -> None:
        """Go on to the next phase; `widgets` is what it shows."""
        self.phase = phase
        self.set_focus(None)
        self.column.remove_children()
        self.column.mount(*widgets)
        self.column.scroll_home(animate=False)
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do in this phase."""
        if action == "turn" and parameters == (1,):
            return self.phase != "guessing" and self.more_below()
        if action == "predict":
            return self.phase == "reading" and not self.more_below()
        if action == "skip":
            return self.phase == "guessing" and self.ahead[0].bonus
        return self.phase == "told" if action in ("again", "anew") else True

    # -- predicting

    def action_predict(self) -> None:
        """Predict the first pair."""
        self.said.clear()
        self.ahead = list(self.recipe.pairs)
        self.say("")
        self.ask()

    def action_anew(self) -> None:
        """Predict once more; what was predicted before stays recorded."""
        self.action_predict()

    def ask(self) -> None:
        """The next pair; after the last one the run starts."""
        if not self.ahead:
            self.commit()
            return
        pair = self.ahead[0]
        self.show("guessing", PairView(pair, self.known[pair.pair]))

    def on_given(self, message: Given) -> None:
        """A pair was predicted."""
        message.stop()
        said = message.response
        name = self.ahead.pop(0).pair
        self.said[name] = prediction(said["moves"], said["confidence"])
        self.ask()

    def action_skip(self) -> None:
        """A bonus need not be predicted."""
        self.ahead.pop(0)
        self.ask()

    def commit(self) -> None:
        """Record what was predicted; only then is anything run."""
        sure = [said.confidence for said in self.said.values()]
        body = {
            "predictions": {name: asdict(said) for name, said in self.said.items()},
            "confidence": sum(sure) / len(sure),
        }
        try:
            self.record.append(
                Draft(PREDICT, self.course.id, self.recipe.id, body=body)
            )
        except DrillboxError as error:
            self.app.fail(error)
        else:
            self.action_again()

    # -- running

    def action_again(self) -> None:
        """Start the run."""
        self.records = []
        flat = self.recipe.band * self.recipe.lr * self.recipe.steps
        tracks = [Track(pair, self.recipe.steps, flat) for pair in self.recipe.pairs]
        self.show("running", *tracks)
        self.say("The run starts; torch takes some seconds.")
        self.stream()

    @work(thread=True, group="run", exclusive=True)
    def stream(self) -> None:
        """Hand each record over as it comes; ends the run when the screen is left."""
        worker = get_current_worker()
        try:
            with closing(self.start_run(self.recipe.id)) as records:
                for record in records:
                    if worker.is_cancelled:
                        return
                    self.post_message(Came(record))
        except DrillboxError as error:
            self.post_message(Ended(error))
        else:
            self.post_message(Ended())

    def on_came(self, message: Came) -> None:
        """Paint a step."""
        record = message.record
        self.records.append(record)
        if record["type"] == "header":
            self.say(f"Running on {record['device']} in {record['dtype']}.")
        elif record["type"] == "step":
            for track in self.query(Track):
                if track.pair.pair == record["pair"]:
                    track.add(record)

    def on_ended(self, message: Ended) -> None:
        """Compare, or say what went wrong."""
        self.phase = "told"
        self.refresh_bindings()
        try:
            if message.error is not None:
                raise message.error
            verdict = compare(self.said, self.records)
        except DrillboxError as error:
            self.say(f"{error}")
        else:
            self.tell(verdict)

    def tell(self, verdict: Comparison) -> None:
        """The verdict, above the curves."""
        first, *_ = self.query(Track)
        titles = {pair.pair: pair.title for pair in self.recipe.pairs}
        self.column.mount(*judged(verdict, titles), before=first)
        self.column.scroll_home(animate=False)
        self.say(
            f"{self.records[-1]['seconds']:.1f} s. The curves below show the change "
            "since step 0, both of a pair on one scale."
        )
        self.call_after_refresh(self.refresh_bindings)

    def action_leave(self) -> None:
        """Back to where the learner came from; a run that goes on is ended."""
        self.dismiss(None)


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


def sentence(result: Result) -> str:
    """What happened to one quantity, and what was said where that is another thing."""
    unit = "" if result.quantity == "weight" else " nats"
    value = f"{result.value:.2g}" if not unit else f"{result.value:+.2g}{unit}"
    value = value.replace("-", "−")
    what = f"{WORDS[result.quantity]} {WORDS[result.happened]} ({value})"
    said = "" if result.right else f"; you said it {WORDS[result.predicted]}"
    return f"{what}{said}"
