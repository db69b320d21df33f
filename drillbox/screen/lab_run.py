"""A run that is asked about as a whole: predict, watch its records come, compare."""

from collections.abc import Callable, Generator, Iterator
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from drillbox.domain.course import Course
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.lab import judge, setting
from drillbox.lab.begin import find
from drillbox.lab.chart import Chart
from drillbox.lab.general import Question, Record, Run, word
from drillbox.lab.judge import Judged, Said, Verdict
from drillbox.screen.answers import Line
from drillbox.screen.figure import Figure
from drillbox.screen.lab_question import Answered, QuestionView
from drillbox.screen.page import Page
from drillbox.screen.rows import Row
from drillbox.screen.run import RunScreen
from drillbox.screen.watched import WatchedScreen
from drillbox.session.runs import begin, ready, worker_of
from drillbox.words import N_, _

Start = Callable[[Run], Generator[Record, None, None]]


class LabRunScreen(WatchedScreen, inherit_bindings=False):
    """One run. Nothing is shown of it before everything is predicted and recorded.

    start: what starts it, instead of a worker; else it is started as its text says, and
    `drillbox lab run` has --set for the rest.
    """

    ABOUT = N_("A run. Say first what will happen, then watch it happen.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn(1)", N_("read on")),
        Binding("enter,space", "predict", N_("predict")),
        Binding("r", "again", N_("run again")),
        Binding("p", "predict", N_("predict again")),
        # A line that is typed in would take it; what stands there has its own.
        Binding("backspace", "before", N_("take back"), priority=True),
        Binding("s", "save", N_("save the figure")),
        Binding("u", "undo", N_("undo")),
        Binding("escape", "stop", N_("stop")),
        Binding("escape,q", "leave", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(
        self,
        run: Run,
        course: Course,
        log: Log,
        start: Start | None = None,
    ) -> None:
        of = _("drop {drop} · {title}")
        heading = of.format(drop=run.drop, title=_(run.title))
        warm = worker_of(run) if start is None else None
        super().__init__(run.id, heading, _(run.text), course, log, warm)
        self.run = run
        self.start_run = start
        self.said: dict[str, Said] = {}
        self.ahead: list[Question] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do in this phase."""
        if action == "turn" and parameters == (1,):
            return self.phase != "guessing" and self.more_below()
        if action == "predict":
            read = self.phase == "reading" and not self.more_below()
            return read or self.phase == "told"
        if action == "before":
            return self.phase == "guessing" and self.can_go_back()
        if action == "stop":
            return self.phase == "running"
        if action == "save":
            return self.can_save()
        if action == "undo":
            return self.can_undo()
        return self.phase == "told" if action == "again" else True

    # -- predicting

    def action_predict(self) -> None:
        """Ask the first question; what was predicted before stays recorded."""
        if not self.can_run():
            return
        self.warm_up()
        self.said.clear()
        self.ahead = list(self.run.questions)
        self.say("")
        self.ask()

    def can_run(self) -> bool:
        """Whether the run can be run at all; it says what it lacks."""
        try:
            if self.start_run is None:
                ready(self.run)
        except DrillboxError as error:
            self.say(f"{error}")
            return False
        return True

    def ask(self) -> None:
        """The next question; after the last one the run starts."""
        if not self.ahead:
            self.commit(judge.body(self.said))
            return
        self.show("guessing", QuestionView(self.ahead[0]))

    def is_answered(self) -> bool:
        """Has this question its answer, and asks only how sure?"""
        return any(view.answer is not None for view in self.query(QuestionView))

    def can_go_back(self) -> bool:
        """Is there an answer to take back, and none half typed?"""
        typed = any(line.value for line in self.query(Line))
        return not typed and (bool(self.said) or self.is_answered())

    def action_before(self) -> None:
        """Take back this answer, else the one before, and ask once more."""
        if not self.is_answered():
            self.said.popitem()
            self.ahead.insert(0, self.run.questions[len(self.said)])
        self.ask()

    def on_answered(self, message: Answered) -> None:
        """A question was answered."""
        message.stop()
        self.said[self.ahead.pop(0).id] = message.said
        self.ask()

    # -- running

    def begin(self) -> Generator[Record, None, None]:
        """Start the run."""
        if self.start_run is not None:
            return self.start_run(self.run)
        values = setting.chosen(self.run, ())
        return begin(self.run, values, warm=self.warm)

    def running(self) -> list[Widget]:
        """Room for its curves and its lines."""
        return [
            Figure(self.chart, self.write_lines),
            Static("", classes="stream", markup=False),
        ]

    def chart(self) -> Chart:
        """The run's chart, as far as it has come."""
        return self.run.chart(self.records)

    def on_resize(self, event: events.Resize) -> None:
        """The curves have another width, or no room any more."""
        for figure in self.query(Figure):
            figure.changed()

    def paint(self, records: list[Record]) -> None:
        """Draw and tell them soon, together with what comes until then."""
        if records[0]["type"] == "header":
            self.say(_("Running."))
        self.query_one(Figure).changed()

    def show_all(self) -> None:
        """Every line, and the curves to their ends."""
        figure = self.query_one(Figure)
        figure.live = False
        figure.write()

    def latest(self, room: int) -> list[str]:
        """The lines of the newest records that have room in so many of the screen."""
        width = max(1, self.column.content_size.width - 1)
        lines: list[str] = []
        for line in self.told_records(-1):
            room -= -(-len(line) // width)
            if room < 0 and lines:
                break
            lines.insert(0, line)
        return lines

    def told_records(self, way: int = 1) -> Iterator[str]:
        """Each record that has a line, as it; way: −1 from the newest on."""
        return filter(None, map(self.run.line, self.records[::way]))

    def write_lines(self) -> None:
        """Lines below the curves: while more come, those that have room."""
        going = self.phase == "running"
        room = self.query_one(Figure).below()
        lines = self.latest(room) if going else list(self.told_records())
        self.query_one(".stream", Static).update("\n".join(lines))

    def judge(self) -> None:
        """The verdict and what the run shows, above its records."""
        verdict = judge.judge(self.run, self.said, self.records)
        below = _("Below stand the curves and the records of the run.")
        rows = judged(self.run, verdict)
        self.told(*rows, before=self.query_one(Figure), then=below)


def screen_of(name: str, course: Course, log: Log) -> Page[None]:
    """The screen of any run; LabError if there is no such run or no record of it."""
    run = find(name)
    if run is None:
        return RunScreen(name, course, log)
    return LabRunScreen(run, course, log)


def judged(run: Run, verdict: Verdict) -> list[Widget]:
    """A headline, each question with what happened and why, what the run shows."""
    count = len(verdict.results)
    brier = f"{verdict.brier:.2f}"
    head = _("{right} of {count} right · Brier score {brier}")
    head = head.format(right=verdict.right, count=count, brier=brier)
    scale = _("0 is perfect, 0.25 is what guessing earns.")
    rows: list[Widget] = [
        Static(head, classes="verdict", markup=False),
        Static(scale, classes="quiet", markup=False),
    ]
    texts = {question.id: _(question.text) for question in run.questions}
    for one in verdict.results:
        rows.append(Static(texts[one.question], classes="phase", markup=False))
        sign, classes = ("✓", "right") if one.right else ("✗", "wrong")
        rows.append(Row(f"{sign}  ", sentence(one), classes))
        rows.append(Row("   ", f"{one.why}.", "legend"))
    rows.append(Static(_("What it shows"), classes="phase", markup=False))
    rows += [Row("   ", _(shown)) for shown in run.shows]
    return [*rows, Static(_("The records"), classes="phase", markup=False)]


def sentence(one: Judged) -> str:
    """What happened, and what was said where that is another thing."""
    happened = word(one.happened)
    if one.right:
        return f"{happened} ({one.value})"
    said = _("{happened} ({value}); you said {said}")
    told = word(one.predicted)
    return said.format(happened=happened, value=one.value, said=told)
