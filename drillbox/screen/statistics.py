"""What the record says: the year, what comes, what is kept, what is hard."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from drillbox.domain.course import Course
from drillbox.domain.schedule import ItemState
from drillbox.domain.statistics import Statistics
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.screen.page import Page
from drillbox.session import figures
from drillbox.session.statistics import statistics
from drillbox.words import N_, _

_WIDEST, _BESIDE = 92, 5  # of the column; its padding and the bar that scrolls it


class StatisticsScreen(Page[None], inherit_bindings=False):
    """Counts of one course and of all days, laid out for the width there is."""

    ABOUT = N_(
        "What the record says. The year, the streak and the minutes are of all "
        "courses; what comes, what is kept and what is hard, of this one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn(1)", N_("read on")),
        Binding("escape,q,t", "app.pop_screen", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(self, course: Course, log: Log) -> None:
        heading = _("Statistics · {course}")
        super().__init__(heading.format(course=course.head.title))
        self.course = course
        self.log_of_answers = log
        self.found: Statistics | None = None
        self.states: dict[str, ItemState] = {}
        self.laid_for = 0

    def body(self) -> ComposeResult:
        """Nothing yet: 100,000 answers take half a second to count."""
        yield Static(_("counting …"), classes="told quiet", markup=False)

    def on_mount(self) -> None:
        """Count away from the screen's thread."""
        self.count()

    @work(thread=True)
    def count(self) -> None:
        """Read the record."""
        try:
            states = self.log_of_answers.schedule(self.course.id)
            found = statistics(self.course, self.log_of_answers)
        except DrillboxError as error:
            self.app.call_from_thread(self.app.fail, error)
        else:
            self.app.call_from_thread(self.counted, found, states)

    def counted(self, found: Statistics, states: dict[str, ItemState]) -> None:
        """Show it."""
        self.found, self.states = found, states
        self.lay()

    def on_resize(self) -> None:
        """Lay it out anew where the width is another."""
        if self.found is not None and self.size.width != self.laid_for:
            self.lay()

    def lay(self) -> None:
        """Every section, in the width there is."""
        self.laid_for = self.size.width
        self.column.remove_children()
        self.column.mount_all(self.shown(min(self.laid_for, _WIDEST) - _BESIDE))
        self.call_after_refresh(self.refresh_bindings)

    def shown(self, columns: int) -> Iterator[Widget]:
        """The streak, then each section."""
        assert self.found is not None
        row = figures.row_of(self.found.streak)
        yield Static(row, classes="told", markup=False)
        for title, lines in figures.sections(
            self.course, self.found, self.states, columns
        ):
            yield Static(title, classes="phase", markup=False)
            yield Static("\n".join(lines), classes="figures", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn a page where there is one."""
        return self.more_below() if parameters == (1,) and action == "turn" else True
