"""The path, what is due, the streak, one next action.

Painted before the course is loaded: imports Textual and the standard library only.
"""

import sqlite3
import time
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from drillbox import places
from drillbox.history import due

if TYPE_CHECKING:
    from drillbox.domain.course import Drop
    from drillbox.screen.app import DrillApp
    from drillbox.screen.standing import Row, Standing

SIGNS = {"done": "✓", "today": "→", "later": "·"}


class DropRow(Static):
    """A drop on the path."""

    def __init__(self, row: "Row", number: int) -> None:
        sign = SIGNS[row.mark]
        assert row.drop is not None
        text = f" {sign} {number:>2}  {row.text}  ({row.drop.minutes} min)"
        super().__init__(text, classes=f"drop {row.mark}", markup=False)
        self.drop = row.drop


class HomeScreen(Screen[None]):
    """Where a day begins."""

    app: "DrillApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "start"),
        Binding("e", "exercise", "exercise"),
        Binding("l", "run", "run"),
        Binding("p", "practise", "practise"),
        Binding("r", "read", "read again"),
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("q", "app.quit", "quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.standing: Standing | None = None
        self.cursor = 0

    def compose(self) -> ComposeResult:
        """The bar with what is due, then room for the path."""
        yield Static(self.bar(0), id="bar", classes="bar", markup=False)
        with VerticalScroll(classes="column", can_focus=False):
            yield Static("opening the course …", classes="quiet", id="path")
        yield Footer(compact=True, show_command_palette=False)

    def bar(self, streak: int) -> str:
        """What is due and the streak."""
        days = f" · {streak} day{'' if streak == 1 else 's'} in a row" if streak else ""
        return f"drillbox{cards_due()}{days}"

    def show(self, standing: "Standing") -> None:
        """Show the path as it stands."""
        self.standing = standing
        self.query_one("#bar", Static).update(self.bar(standing.streak))
        column = self.query_one(VerticalScroll)
        column.remove_children()
        icon = f"{standing.course.head.icon} " if standing.course.head.icon else ""
        column.mount(
            Static(
                f"{icon}{standing.course.head.title}", classes="title", markup=False
            ),
            Static(standing.today, markup=False),
            Static(standing.next_action, classes="next", markup=False),
            *[self.row(row) for row in standing.rows],
        )
        self.cursor = max(0, (standing.plan.drop or 1) - 1)
        self.call_after_refresh(self.repaint)

    def row(self, row: "Row") -> Static:
        """A phase or a drop."""
        if row.drop is None:
            return Static(row.text, classes="phase", markup=False)
        return DropRow(row, row.drop.number)

    def repaint(self) -> None:
        """Show where the cursor stands."""
        for k, row in enumerate(self.query(DropRow)):
            row.set_class(k == self.cursor, "cursor")
            if k == self.cursor:
                row.scroll_visible(animate=False)

    def action_move(self, step: int) -> None:
        """Move the cursor along the path."""
        last = max(0, len(self.query(DropRow)) - 1)
        self.cursor = min(max(self.cursor + step, 0), last)
        self.repaint()

    def drop(self) -> "Drop | None":
        """The drop under the cursor."""
        rows = list(self.query(DropRow))
        return rows[self.cursor].drop if self.cursor < len(rows) else None

    def action_start(self) -> None:
        """Today's session."""
        if self.standing is not None:
            self.app.start_session()

    def action_practise(self) -> None:
        """Practise the drop under the cursor."""
        drop = self.drop()
        if drop is not None:
            self.app.start_practice(drop.number)

    def action_read(self) -> None:
        """Read the drop under the cursor again, if it is open."""
        from drillbox.screen.rereading import RereadScreen

        drop = self.drop()
        if drop is not None:
            self.app.push_screen(RereadScreen(drop))

    def action_exercise(self) -> None:
        """The exercise of the drop under the cursor, or the one that waits."""
        if self.standing is None:
            return
        drop = self.drop()
        own = drop.exercises if drop is not None else ()
        name = own[0] if own else self.standing.plan.exercise
        if name:
            self.app.open_exercise(name)
        else:
            self.notify("This drop has no exercise.")

    def action_run(self) -> None:
        """The run of the drop under the cursor, or the course's first."""
        if self.standing is None:
            return
        drop = self.drop()
        runs = (drop.runs if drop is not None else ()) or self.standing.course.runs
        if runs:
            self.app.open_run(runs[0])


def cards_due() -> str:
    """How many cards are due, from the file that the shell prompt reads.

    Says nothing where it cannot be read: opening the record says why a moment later.
    """
    now = time.time()
    today = due.study_day(now, time.localtime(now).tm_gmtoff)
    try:
        courses, _ = due.count(places.database(), today)
    except (OSError, sqlite3.Error, ValueError):
        return ""
    count = sum(courses.values())
    return f" · {count} card{'' if count == 1 else 's'} due"
