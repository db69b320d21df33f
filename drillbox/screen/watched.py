"""What every screen of a run shares: predictions on disk first, then its records."""

import os
from collections.abc import Generator, Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Markdown, Static
from textual.worker import get_current_worker

from drillbox.domain.course import Course
from drillbox.domain.event import PREDICT, Draft
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.lab import saved
from drillbox.lab.chart import Chart
from drillbox.lab.run import Record
from drillbox.screen.page import Page
from drillbox.session.runs import Worker
from drillbox.words import _

FRAME_S = 1 / 30  # records that come within it are painted together


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


class WatchedScreen(Page[None], inherit_bindings=False):
    """A run, by phases: reading, guessing, running, told. A subclass asks the questions
    (`ask`), starts the run (`begin`), paints its records and compares (`judge`).

    warm: the run's worker, which imports while the learner reads and predicts.
    """

    WORKS = "run"

    def __init__(
        self,
        name: str,
        heading: str,
        text: str,
        course: Course,
        log: Log,
        warm: Worker | None,
    ) -> None:
        of = _("Run {name} · {heading}")
        super().__init__(of.format(name=name, heading=heading))
        self.warm = warm
        self.name_of_run = name
        self.text_of_run = text
        self.course = course
        self.record = log
        self.records: list[Record] = []
        self.painted = 0
        self.frame: Timer | None = None
        self.phase = "reading"
        self.newest = ""  # the id of the last prediction

    def begin(self) -> Generator[Record, None, None]:
        """Start the run."""
        raise NotImplementedError

    def running(self) -> list[Widget]:
        """What is shown while it runs."""
        raise NotImplementedError

    def paint(self, records: list[Record]) -> None:
        """Show these records too, which are the newest."""
        raise NotImplementedError

    def show_all(self) -> None:
        """No record comes any more: show what was left out while they came."""

    def chart(self) -> Chart:
        """What the records until now look like."""
        raise NotImplementedError

    def judge(self) -> None:
        """Compare and tell. DrillboxError where there is nothing to compare."""
        raise NotImplementedError

    # -- what is seen

    def body(self) -> ComposeResult:
        """What the run is about."""
        yield Markdown(self.text_of_run)

    def foot(self) -> ComposeResult:
        """What there is to say."""
        yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """Nothing to say yet."""
        self.say("")
        self.warm_up()

    def on_unmount(self) -> None:
        """Nothing of a run outlives its screen."""
        self.cool_down()

    def warm_up(self) -> None:
        """Let a worker import what it needs, before it is known what it is asked."""
        if self.warm is not None:
            self.warm.start()

    def cool_down(self) -> None:
        """End the worker, whatever it does."""
        if self.warm is not None:
            self.warm.close()

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

    def told(self, *widgets: Widget, before: Widget, then: str) -> None:
        """The verdict, above the records; `then` says what stands below."""
        self.column.mount(*widgets, before=before)
        self.column.scroll_home(animate=False)
        seconds = f"{self.records[-1]['seconds']:.1f}"
        self.say(_("{seconds} s. {then}").format(seconds=seconds, then=then))
        self.call_after_refresh(self.refresh_bindings)

    # -- what happens

    def commit(self, body: Mapping[str, Any]) -> None:
        """Record what was predicted; only then is anything run."""
        if self.kept(body):
            self.action_again()

    def kept(self, body: Mapping[str, Any]) -> bool:
        """Record what was predicted; the app ends where that cannot be done."""
        draft = Draft(PREDICT, self.course.id, self.name_of_run, body=body)
        try:
            self.newest = self.record.append(draft).event.id
        except DrillboxError as error:
            self.app.fail(error)
            return False
        return True

    def action_again(self) -> None:
        """Start the run."""
        self.records, self.painted = [], 0
        self.show("running", *self.running())
        self.say(_("The run starts."))
        self.stream()

    @work(thread=True, group="run", exclusive=True)
    def stream(self) -> None:
        """Hand each record over as it comes; ends the run when the screen is left."""
        worker = get_current_worker()
        ended = Ended()
        try:
            with closing(self.begin()) as records:
                for record in records:
                    if worker.is_cancelled:
                        return
                    self.post_message(Came(record))
        except DrillboxError as error:
            ended = Ended(error)
        if not worker.is_cancelled:
            self.post_message(ended)

    def on_came(self, message: Came) -> None:
        """Keep it; what comes within one frame is painted at its end."""
        self.records.append(message.record)
        if self.frame is None:
            self.frame = self.set_timer(FRAME_S, self.paint_new)

    def paint_new(self) -> None:
        """Show what has come since the last time."""
        self.frame = None
        new, self.painted = self.records[self.painted :], len(self.records)
        if new:
            self.paint(new)

    def on_ended(self, message: Ended) -> None:
        """Compare, or say what went wrong."""
        self.paint_new()
        self.phase = "told"
        self.show_all()
        self.refresh_bindings()
        try:
            if message.error is not None:
                raise message.error
            self.judge()
        except DrillboxError as error:
            self.say(f"{error}")

    def action_stop(self) -> None:
        """End the run; what it has shown by now stays."""
        self.workers.cancel_group(self, "run")
        self.cool_down()
        self.paint_new()
        self.phase = "told"
        self.show_all()
        self.refresh_bindings()
        self.say(_("You stopped the run. Its records until then stand here."))

    def can_save(self) -> bool:
        """Has the run ended, or been stopped, with something to show?"""
        return self.phase == "told" and bool(self.records)

    def action_save(self) -> None:
        """Write the figure and the records, or hand them to the browser."""
        try:
            self.say(self.offered() if self.app.is_web else self.saved())
        except DrillboxError as error:
            self.say(f"{error}")

    def saved(self) -> str:
        """Write both to where drillbox was started. LabError."""
        name = self.name_of_run
        files = saved.save(os.curdir, name, self.chart(), self.records)
        both = _("Saved {figure} and {records} in {folder}.")
        figure, records = files
        return both.format(figure=figure, records=records, folder=os.getcwd())

    def offered(self) -> str:
        """Have the browser save both: the server's directory is not the learner's."""
        name = f"{self.name_of_run}.zip"
        whole = saved.packed(self.name_of_run, self.chart(), self.records)
        self.app.deliver_binary(BytesIO(whole), save_filename=name)
        said = _("Your browser saves {name}: the figure as SVG, the records as CSV.")
        return said.format(name=name)

    def can_undo(self) -> bool:
        """Was something predicted here, and is it over?"""
        return self.phase == "told" and bool(self.newest)

    def action_undo(self) -> None:
        """Take back what was predicted, or whatever was the last thing today."""
        self.say(self.app.take_back())

    def action_leave(self) -> None:
        """Back to where the learner came from; a run that goes on is ended."""
        self.dismiss(None)
