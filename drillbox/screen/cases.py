"""What a grading found, painted case by case as it comes."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from drillbox.grader.report import NOT_RUN, SIGNS, Case, Report
from drillbox.screen.rows import Row
from drillbox.words import _

WAITS = "· …    "  # as wide as the signs of a verdict


class CaseRow(Row):
    """A case. place: its number among the cases; failed: by its last verdict."""

    def __init__(self, place: int) -> None:
        super().__init__(f"{WAITS}  ", "")
        self.place = place
        self.failed = False

    def turn(self, case: Case, message: str) -> None:
        """Its verdict has come."""
        self.failed = not case.passed
        self.set_class(case.passed, "right")
        self.set_class(self.failed, "wrong")
        self.write(f"{_(SIGNS[case.passed])}  ")
        self.text = f"{case.name}: {message}" if message else case.name
        for static in self.query(".words").results(Static):  # none before it is there
            static.update(self.text)

    def wait(self) -> None:
        """Its verdict is awaited again."""
        self.remove_class("right", "wrong")
        self.write(f"{WAITS}  ")


class Cases(Vertical):
    """The cases, those that failed on top; then what they say together."""

    def __init__(self, classes: str) -> None:
        super().__init__(classes=classes)
        self.rows: list[CaseRow] = []
        self.told = 0
        self.last = ""
        self.passed: bool | None = None

    def compose(self) -> ComposeResult:
        """A headline, the cases, and what comes with them."""
        yield Static("", classes="verdict", markup=False)
        yield Vertical(classes="cases")
        yield Static("", classes="diagnosis", markup=False)
        yield Static("", classes="printed", markup=False)
        yield Static("", classes="sandbox", markup=False)

    def on_mount(self) -> None:
        """Nothing has been graded yet."""
        self.begin("")

    def begin(self, headline: str) -> None:
        """A grading begins; the rows of the last one wait for their new verdict."""
        for row in self.rows:
            row.wait()
        for part in ("diagnosis", "printed", "sandbox"):
            self.write(part, "")
        self.headline(headline)
        self.told, self.last = 0, ""

    def clear(self) -> None:
        """Forget the last grading."""
        self.begin("")
        self.keep(0)

    def headline(self, text: str, passed: bool | None = None) -> None:
        """The line above the cases. passed: None while it is not known."""
        self.passed = passed
        self.write("verdict", text)
        line = self.query_one(".verdict", Static)
        line.set_class(passed is True, "right")
        line.set_class(passed is False, "wrong")

    def write(self, part: str, text: str) -> None:
        """One part's text; an empty part takes no room."""
        widget = self.query_one(f".{part}", Static)
        widget.update(text)
        widget.display = bool(text)

    def add(self, case: Case) -> None:
        """A case was judged: its line turns, and goes above the passed ones if it
        failed. One that was not run has no line."""
        if case.message == NOT_RUN:
            return
        place, self.told = self.told, self.told + 1
        same = case.message == self.last != ""
        message = _("the same") if same else case.message
        self.last = case.message or self.last
        self.row(place).turn(case, message)
        self.sort()

    def row(self, place: int) -> CaseRow:
        """The row of the case with this number, made if need be."""
        if place == len(self.rows):
            self.rows.append(CaseRow(place))
            self.query_one(".cases", Vertical).mount(self.rows[place])
        return self.rows[place]

    def sort(self) -> None:
        """Those that failed first, each kind in the order of the cases."""
        shown = self.query_one(".cases", Vertical)
        shown.sort_children(key=_rank)

    def keep(self, count: int) -> None:
        """Only the first rows are left."""
        for row in self.rows[count:]:
            row.remove()
        del self.rows[count:]

    def end(self, report: Report, more: Sequence[str] = ()) -> None:
        """Everything but the cases, which are there already. more: what else there is
        to say of the mistake."""
        self.keep(0 if report.stopped else self.told)
        said = [report.left] if report.left else []
        self.write("diagnosis", "\n".join([*said, *report.said(), *more]))
        if report.printed:
            lines = [f"│ {line}" for line in report.printed]
            self.write("printed", "\n".join([_("Your code printed:"), *lines]))
        notes = [str(report.sandbox)] if report.sandbox else []
        self.write("sandbox", "\n".join([*notes, *report.notes]))


def _rank(row: object) -> tuple[bool, int]:
    assert isinstance(row, CaseRow)
    return (not row.failed, row.place)
