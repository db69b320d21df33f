"""What a grading found, painted case by case as it comes."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from drillbox.grader.report import Case, Report
from drillbox.screen.rows import Row

SIGNS = {True: "✓ right", False: "✗ wrong"}


class Cases(Vertical):
    """The cases so far; then, once all are there, what they say together."""

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
        """Forget the last grading."""
        self.query_one(".cases", Vertical).remove_children()
        for part in ("diagnosis", "printed", "sandbox"):
            self.write(part, "")
        self.headline(headline)
        self.last = ""

    def headline(self, text: str, passed: bool | None = None) -> None:
        """The line above the cases. passed: None while it is not known."""
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
        """A case was judged."""
        message = case.message
        if message and message == self.last:
            message = "the same"
        self.last = case.message
        text = f"{case.name}: {message}" if message else case.name
        classes = "right" if case.passed else "wrong"
        row = Row(f"{SIGNS[case.passed]}  ", text, classes)
        self.query_one(".cases", Vertical).mount(row)

    def end(self, report: Report) -> None:
        """Everything but the cases, which are there already."""
        self.write("diagnosis", "\n".join(report.said()))
        if report.printed:
            lines = [f"│ {line}" for line in report.printed]
            self.write("printed", "\n".join(["Your code printed:", *lines]))
        notes = [str(report.sandbox)] if report.sandbox else []
        self.write("sandbox", "\n".join([*notes, *report.notes]))
