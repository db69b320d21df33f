"""A real training run: predict it pair by pair, watch it, compare."""

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from drillbox.domain.course import Course
from drillbox.domain.event import OUTCOME, Draft
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.lab import after, keep, second
from drillbox.lab import run as lab
from drillbox.lab.chart import Chart
from drillbox.lab.compare import Comparison, Result, compare, outcome_of
from drillbox.lab.pair_chart import pair_chart
from drillbox.lab.predict import Prediction, body
from drillbox.lab.recipe import FLAT, Move, Pair, PairRun
from drillbox.lab.run import Record
from drillbox.screen.answers import Given
from drillbox.screen.guess import AfterView, MatrixView, PairView, prediction
from drillbox.screen.page import Page
from drillbox.screen.rows import Row
from drillbox.screen.track import Track, Tracks
from drillbox.screen.watched import WatchedScreen
from drillbox.words import N_, _

WIDTHS: list[tuple[int, str]] | None = [
    (0, "-narrow"),
    (80, "-wide"),
]  # columns, and the class from there on
Start = Callable[[str], Generator[Record, None, None]]
WORDS = {  # shown through `_`
    "up": N_("goes up"),
    "down": N_("goes down"),
    "flat": N_("stays flat"),
    "chosen": "log π(chosen)",
    "rejected": "log π(rejected)",
}


class RunScreen(WatchedScreen, inherit_bindings=False):
    """One run. Nothing is shown of it before everything is predicted and recorded.

    start: what starts it, instead of a worker. Raises LabError if there is no such run
    or no record of what is known before it.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    ABOUT = N_("A run. Say first what will happen, then watch a real training do it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn(1)", N_("read on")),
        Binding("enter,space", "predict", N_("predict")),
        Binding("r", "again", N_("run again")),
        Binding("a", "after", N_("Adam, one batch")),
        Binding("p", "anew", N_("predict again")),
        Binding("s", "skip", N_("skip this one")),
        Binding("backspace", "before", N_("the pair before")),
        Binding("s", "save", N_("save the figure")),
        Binding("u", "undo", N_("undo")),
        Binding("escape", "stop", N_("stop")),
        Binding("escape,q", "leave", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(
        self, name: str, course: Course, log: Log, start: Start | None = None
    ) -> None:
        self.recipe = lab.find(name)
        of = _("drop {drop} · {title}")
        heading = of.format(drop=self.recipe.drop, title=_(self.recipe.title))
        warm = lab.worker_of() if start is None else None
        super().__init__(name, heading, _(self.recipe.text), course, log, warm)
        self.start_run, self.worker = start, warm
        self.known: Mapping[str, Record] = keep.before(name)
        self.said: dict[str, Prediction] = {}
        self.ahead: list[Pair] = []
        self.again: dict[str, second.Moves] = {}
        self.later: list[str] = []  # what round 2 still asks about
        self.first = ""  # the id of the prediction of round 1
        self.after: dict[str, Move] = {}  # of Adam and of one batch
        self.stage = "run"  # or after

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do in this phase."""
        if action == "turn" and parameters == (1,):
            return self.phase != "guessing" and self.more_below()
        if action == "predict":
            return self.phase == "reading" and not self.more_below()
        if action == "skip":
            asked = self.ahead[:1] if self.phase == "guessing" else []
            return any(pair.bonus for pair in asked)
        if action == "before":
            return self.phase == "guessing" and self.one_before() is not None
        if action == "stop":
            return self.phase == "running"
        if action == "save":
            return self.can_save() and self.stage == "run"
        if action == "after":
            return self.phase == "told" and self.stage == "run" and self.whole
        if action == "undo":
            return self.can_undo()
        return self.phase == "told" if action in ("again", "anew") else True

    @property
    def whole(self) -> bool:
        """Has the run come to its end?"""
        return bool(self.records) and self.records[-1]["type"] == "end"

    # -- predicting

    def action_predict(self) -> None:
        """Predict the first pair."""
        self.warm_up()
        self.stage = "run"
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
        if self.stage == "after":
            self.after = dict(zip(after.QUESTIONS, said["moves"], strict=True))
            self.commit(after.body(self.after))
        elif self.ahead:
            name = self.ahead[0].pair
            self.said[name] = prediction(said["moves"], said["confidence"])
            self.go_on()
        else:
            self.again[self.later.pop(0)] = tuple(said["moves"])
            self.ask()

    def go_on(self) -> None:
        """Round 1 is recorded before a matrix is shown."""
        self.ahead.pop(0)
        if self.ahead:
            self.ask()
        elif self.kept({"round": 1, **body(self.said)}):
            self.first = self.newest
            self.ask()

    def one_before(self) -> str | None:
        """The pair before this one, of the same round: what is recorded stays."""
        if self.stage == "after":
            return None
        names = [pair.pair for pair in self.recipe.pairs]
        said = names[: -len(self.ahead)] if self.ahead else list(self.again)
        return said[-1] if said else None

    def action_before(self) -> None:
        """Take back what was said of the pair before, and ask it again."""
        name = self.one_before()
        if name is None:
            return
        if self.ahead:
            self.ahead.insert(0, self.recipe.pair(name))
            self.said.pop(name, None)
        else:
            self.later.insert(0, name)
            del self.again[name]
        self.ask()

    def action_skip(self) -> None:
        """A bonus need not be predicted."""
        self.go_on()

    def action_after(self) -> None:
        """Ask what Adam would do, and one batch."""
        self.warm_up()
        self.stage = "after"
        self.say("")
        self.show("guessing", AfterView())

    # -- running

    def begin(self) -> Generator[Record, None, None]:
        """Start the run."""
        if self.start_run is not None:
            return self.start_run(self.recipe.id)
        begin = lab.start_after if self.stage == "after" else lab.start
        return begin(self.recipe.id, warm=self.worker)

    def running(self) -> list[Widget]:
        """Curves for each pair; lines for what came after the run."""
        if self.stage == "after":
            return [Static("", classes="stream", markup=False)]
        moves = (
            abs(one) for pair in self.known.values() for one in pair["first_order"]
        )
        flat = FLAT * max(moves) * self.recipe.steps
        steps = self.recipe.steps
        return [Tracks(*(Track(pair, steps, flat) for pair in self.recipe.pairs))]

    def chart(self) -> Chart:
        """Both log-probs of every pair."""
        return pair_chart(self.records)

    def paint(self, records: list[Record]) -> None:
        """Paint the steps."""
        if self.stage == "after":
            lines = after.table(self.records)
            self.query_one(".stream", Static).update("\n".join(lines))
            return
        for record in records:
            if record["type"] == "header":
                said = _(
                    "Running on {device} in {dtype}; change since step 0, in nats."
                )
                device, dtype = record["device"], record["dtype"]
                self.say(said.format(device=device, dtype=dtype))
        for track in self.query(Track):
            track.add(
                [
                    record
                    for record in records
                    if record["type"] == "step" and record["pair"] == track.pair.pair
                ]
            )

    def show_all(self) -> None:
        """The curves to their ends."""
        for track in self.query(Track):
            track.live = False
            track.write()

    def on_resize(self, event: events.Resize) -> None:
        """The curves have another size, or no room any more."""
        for track in self.query(Track):
            track.changed()

    def judge(self) -> None:
        """The verdict, above the curves."""
        if self.stage == "after":
            rows = judged_after(after.judge(self.after, self.records))
            self.told(*rows, before=self.query_one(".stream"), then="")
            return
        verdict = compare(self.said, self.records)
        again = second.judge(self.again, self.records)
        self.keep_outcome(verdict, again)
        titles = {pair.pair: _(pair.title) for pair in self.recipe.pairs}
        rows = [*judged(verdict, titles), *passed(again), *shown(self.recipe)]
        below = _("Below stand the changes since step 0, each pair on its own scale.")
        self.told(*rows, before=self.query_one(Tracks), then=below)

    def keep_outcome(self, verdict: Comparison, again: second.Passed) -> None:
        """Record what came of the prediction, once."""
        target, self.first = self.first, ""
        if not target:
            return
        body = outcome_of(verdict, again.kept, self.records)
        names = (self.course.id, self.name_of_run)
        try:
            self.record.append(Draft(OUTCOME, *names, target=target, body=body))
        except DrillboxError as error:
            self.app.fail(error)


def judged(verdict: Comparison, titles: Mapping[str, str]) -> list[Widget]:
    """A headline, then each quantity with what was said, what happened, and why."""
    count = len(verdict.results)
    head = _("Round 1: {right} of {n} right").format(right=verdict.right, n=count)
    alone = _("It counts for your calibration alone.")
    rows: list[Widget] = [
        Static(head, classes="verdict", markup=False),
        Static(alone, classes="quiet", markup=False),
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


def shown(recipe: PairRun) -> list[Widget]:
    """What the run shows, and the head of what stands below."""
    rows: list[Widget] = [Static(_("What it shows"), classes="phase", markup=False)]
    rows += [Row("   ", _(text)) for text in recipe.shows]
    return [*rows, Static(_("The curves"), classes="phase", markup=False)]


def judged_after(answers: Sequence[after.Answer]) -> list[Widget]:
    """What Adam and one batch did, and what was said."""
    rows: list[Widget] = []
    for one in answers:
        right = one.said == one.happened
        sign, classes = ("✓", "right") if right else ("✗", "wrong")
        quantity = _(after.QUESTIONS[one.way][2])
        text = moved(quantity, one.happened, one.value, None if right else one.said)
        rows.append(Row(f"{sign}  ", text, classes))
        rows.append(Row("   ", f"{_(after.WHY[one.way])}.", "legend"))
    return rows


def sentence(result: Result) -> str:
    """What happened to one quantity, and what was said where that is another thing."""
    said = None if result.right else result.predicted
    return moved(WORDS[result.quantity], result.happened, result.value, said)


def moved(quantity: str, happened: str, value: float, said: str | None) -> str:
    """Where a quantity went, by how many nats; said: where it was said to go, if that
    is another way."""
    change = f"{value:+.2g}".replace("-", "−")
    right = _("{quantity} {moved} ({change} nats)")
    wrong = _("{quantity} {moved} ({change} nats); you said it {said}")
    sentence = right if said is None else wrong
    other = "" if said is None else _(WORDS[said])
    way = _(WORDS[happened])
    return sentence.format(quantity=quantity, moved=way, change=change, said=other)
