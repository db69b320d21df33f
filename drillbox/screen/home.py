"""The path, what is due, the streak, one next action.

Painted before the course is loaded: imports Textual and the standard library only.
"""

import sqlite3
import time
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.widgets import Static

from drillbox import places
from drillbox.history import due
from drillbox.screen.page import Page, rewrite
from drillbox.screen.path import TALL, CoursePath
from drillbox.words import N_, _, ngettext

if TYPE_CHECKING:
    from drillbox.domain.course import Drop
    from drillbox.screen.standing import Row, Standing

HEIGHTS: list[tuple[int, str]] | None = [  # lines, and the CSS class from there on
    (0, "-short"),
    (TALL, "-tall"),
]
OPENING = N_("opening the course …")


class HomeScreen(Page[None], inherit_bindings=False):
    """Where a day begins."""

    VERTICAL_BREAKPOINTS = HEIGHTS
    ABOUT = N_(
        "The path of the course: ✓ read, → today, · later; of a drop that is read, the "
        "share of its cards that come back after three weeks or more, and what is due. "
        "Enter starts what is planned for today; e, l, p and r act on the drop under "
        "the cursor."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", N_("start")),
        Binding("e", "exercise", N_("exercise")),
        Binding("m", "more", N_("more cards")),
        Binding("l", "run", N_("run")),
        Binding("p", "practise", N_("practise")),
        Binding("r", "read", N_("read")),
        Binding("down", "move(1)", N_("drop"), key_display="↑↓"),
        Binding("up", "move(-1)", N_("drop"), show=False, key_display="↑↓"),
        Binding("t", "statistics", N_("statistics")),
        Binding("w", "questions", N_("questions")),
        Binding("c", "courses", N_("courses")),
        Binding("u", "undo", N_("undo")),
        Binding("q", "app.quit", N_("quit")),
        *Page.BINDINGS,
    ]

    NEED_COURSE = frozenset(
        {"start", "more", "exercise", "run", "practise", "read", "move"}
        | {"statistics", "questions", "courses", "undo"}
    )

    def __init__(self) -> None:
        super().__init__(bar(cards_due(), 0))
        self.standing: Standing | None = None
        self.drops: list[Row] = []
        self.cursor = 0
        self.chosen = False

    def head(self) -> ComposeResult:
        """The course, today, the one next action; the path scrolls below them."""
        yield Static(_(OPENING), classes="title", markup=False)
        yield Static("", classes="plan", markup=False)
        yield Static("", classes="week ahead", markup=False)
        yield Static("", classes="next", markup=False)

    def body(self) -> ComposeResult:
        """The path; the week ahead once more where there is no room for it above."""
        yield CoursePath()
        yield Static("", classes="week below", markup=False)

    def foot(self) -> ComposeResult:
        """What is done in the drop under the cursor; what the record has to say."""
        yield Static("", classes="about", markup=False)
        yield Static("", classes="said", markup=False)

    def show(self, standing: "Standing") -> None:
        """Show the path as it stands; the cursor stays unless the path moved on."""
        before, self.standing = self.standing, standing
        for part, text in (
            (".bar", bar(cards(standing.due), standing.streak)),
            (".title", standing.title),
            (".plan", standing.today),
            (".next", standing.next_action),
            (".said", "\n".join(standing.notices)),
        ):
            self.query_one(part, Static).update(text)
        for week in self.query(".week").results(Static):
            week.update(standing.week)
        self.query_one(".said").set_class(not standing.notices, "silent")
        self.query_one(CoursePath).show(standing.rows)
        self.drops = [row for row in standing.rows if row.drop is not None]
        numbers = [row.drop.number for row in self.drops if row.drop is not None]
        number = standing.plan.drop
        if before is None or before.plan.drop != number:
            self.cursor = numbers.index(number) if number in numbers else 0
        self.chosen = False
        self.call_after_refresh(self.repaint)

    def on_column_resized(self) -> None:
        """Show the path from its beginning, as far as the cursor leaves it in sight."""
        self.column.scroll_home(animate=False, immediate=True)
        self.keep_in_sight()

    def wait(self) -> None:
        """Another course is being opened."""
        self.standing = None
        self.query_one(".title", Static).update(_(OPENING))
        self.refresh_bindings()

    def repaint(self) -> None:
        """Show where the cursor stands, and what is done there."""
        self.query_one(CoursePath).point(self.cursor)
        self.keep_in_sight()
        drop = self.drop()
        if drop is not None:
            learned = self.drops[self.cursor].learned.words()
            about = ngettext(
                "Drop {n}, {minutes} minute, {learned}: {does}",
                "Drop {n}, {minutes} minutes, {learned}: {does}",
                drop.minutes,
            ).format(
                n=drop.number, minutes=drop.minutes, learned=learned, does=drop.does
            )
            rewrite(self.query_one(".about", Static), about)
        self.refresh_bindings()

    def keep_in_sight(self) -> None:
        """Scroll to the drop under the cursor: to its sign, if not all of it fits."""
        column, region = self.column, self.query_one(CoursePath).region_of(self.cursor)
        seen = min(region.height, column.size.height)
        column.scroll_to_region(Region(0, region.y, 1, seen), animate=False)

    def drop(self) -> "Drop | None":
        """The drop under the cursor."""
        return self.drops[self.cursor].drop if self.drops else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is; nothing but leaving before the course is there."""
        if self.standing is None:
            return action not in HomeScreen.NEED_COURSE
        plan = self.standing.plan
        if action == "start":
            return bool(plan.entries)
        if action == "more":
            return bool(plan.spare) and not plan.entries
        if action == "exercise":
            return self.exercise() is not None
        if action == "courses":
            return self.standing.others
        if action == "undo":
            return self.standing.undoable
        return self.run() is not None if action == "run" else True

    def exercise(self) -> str | None:
        """The exercise that waits; once a drop was chosen, that drop's own: the first
        that is not solved."""
        if self.standing is None:
            return None
        waiting, drop = self.standing.plan.exercise, self.drop()
        names = drop.exercises if drop is not None else ()
        unsolved = (name for name in names if name not in self.standing.solved)
        own = next(unsolved, names[0] if names else None)
        return own or waiting if self.chosen else waiting or own

    def run(self) -> str | None:
        """The run of the drop under the cursor, if it has one."""
        drop = self.drop()
        return drop.runs[0] if drop is not None and drop.runs else None

    def action_move(self, step: int) -> None:
        """Move the cursor along the path; from its ends, on to what stands there."""
        place = self.cursor + step
        if 0 <= place < len(self.drops):
            self.point(place)
        elif step > 0:
            self.column.scroll_end(animate=False)
        else:
            self.column.scroll_home(animate=False)

    def point(self, index: int) -> None:
        """Put the cursor on a drop."""
        self.cursor = index
        self.chosen = True
        self.repaint()

    def on_course_path_pointed(self, message: CoursePath.Pointed) -> None:
        """A click puts the cursor on a drop."""
        self.point(message.place)

    def action_start(self) -> None:
        """Today's session."""
        self.app.start_session()

    def action_more(self) -> None:
        """Cards beyond today's plan."""
        self.app.start_session()

    def action_practise(self) -> None:
        """Practise the drop under the cursor."""
        drop = self.drop()
        if drop is not None:
            self.app.start_practice(drop.number)

    def action_read(self) -> None:
        """Read the drop under the cursor."""
        from drillbox.screen.reading import RereadScreen  # pydantic, Markdown: 100 ms

        drop = self.drop()
        if drop is not None:
            self.app.push_screen(RereadScreen(drop))

    def action_statistics(self) -> None:
        """What the record says."""
        from drillbox.screen.statistics import StatisticsScreen  # pydantic, 60 ms

        self.app.push_screen(StatisticsScreen(*self.app.opened()))

    def action_questions(self) -> None:
        """Questions people ask."""
        from drillbox.screen.questions import QuestionsScreen  # Markdown, 50 ms

        course, _ = self.app.opened()
        self.app.push_screen(QuestionsScreen(course))

    def action_courses(self) -> None:
        """The other courses."""
        from drillbox.screen.courses import CoursesScreen  # pydantic, 60 ms

        library = CoursesScreen(*self.app.opened())
        self.app.push_screen(library, self.app.change_course)

    def action_undo(self) -> None:
        """Take the last thing of today back."""
        said = self.app.take_back()
        self.app.refresh_home()
        line = self.query_one(".said", Static)
        line.update(said)
        line.set_class(not said, "silent")

    def action_exercise(self) -> None:
        """Open an exercise."""
        name = self.exercise()
        if name:
            self.app.open_exercise(name)

    def action_run(self) -> None:
        """Open a run."""
        name = self.run()
        if name:
            self.app.open_run(name)


def bar(due_now: str, streak: int) -> str:
    """What is due, in words, and the streak in days."""
    days = ngettext("{n} day in a row", "{n} days in a row", streak).format(n=streak)
    parts = ("drillbox", due_now, days if streak else "")
    return " · ".join(filter(None, parts))


def cards_due() -> str:
    """How many cards are due, from the file that the shell prompt reads.

    Says nothing where it cannot be read: opening the record says why a moment later.
    Not while the record is open here: closing the file once more would let go of
    SQLite's own locks on it.
    """
    now = time.time()
    day = due.study_day(now, time.localtime(now).tm_gmtoff)
    try:
        courses, _ = due.count(places.database(), day)
    except (OSError, sqlite3.Error, ValueError):
        return ""
    return cards(sum(courses.values()))


def cards(count: int) -> str:
    """So many cards are due."""
    if not count:
        return _("nothing due")
    return ngettext("{n} card due", "{n} cards due", count).format(n=count)
