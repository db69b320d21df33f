"""What every screen of a run shares: predictions on disk first, then its records."""

from collections.abc import Generator, Mapping
from contextlib import closing
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Markdown, Static
from textual.worker import get_current_worker

from drillbox.domain.course import Course
from drillbox.domain.event import PREDICT, Draft
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.lab.run import Record
from drillbox.screen.page import Page


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
    (`ask`), starts the run (`begin`), paints its records and compares (`judge`)."""

    def __init__(self, name: str, heading: str, text: str, course: Course, log: Log):
        super().__init__(f"Run {name} · {heading}")
        self.name_of_run = name
        self.text_of_run = text
        self.course = course
        self.record = log
        self.records: list[Record] = []
        self.phase = "reading"

    def begin(self) -> Generator[Record, None, None]:
        """Start the run."""
        raise NotImplementedError

    def running(self) -> list[Widget]:
        """What is shown while it runs."""
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
        self.say(f"{self.records[-1]['seconds']:.1f} s. {then}")
        self.call_after_refresh(self.refresh_bindings)

    # -- what happens

    def commit(self, body: Mapping[str, Any]) -> None:
        """Record what was predicted; only then is anything run."""
        draft = Draft(PREDICT, self.course.id, self.name_of_run, body=body)
        try:
            self.record.append(draft)
        except DrillboxError as error:
            self.app.fail(error)
        else:
            self.action_again()

    def action_again(self) -> None:
        """Start the run."""
        self.records = []
        self.show("running", *self.running())
        self.say("The run starts; torch takes some seconds.")
        self.stream()

    @work(thread=True, group="run", exclusive=True)
    def stream(self) -> None:
        """Hand each record over as it comes; ends the run when the screen is left."""
        worker = get_current_worker()
        try:
            with closing(self.begin()) as records:
                for record in records:
                    if worker.is_cancelled:
                        return
                    self.post_message(Came(record))
        except DrillboxError as error:
            self.post_message(Ended(error))
        else:
            self.post_message(Ended())

    def on_ended(self, message: Ended) -> None:
        """Compare, or say what went wrong."""
        self.phase = "told"
        self.refresh_bindings()
        try:
            if message.error is not None:
                raise message.error
            self.judge()
        except DrillboxError as error:
            self.say(f"{error}")

    def action_leave(self) -> None:
        """Back to where the learner came from; a run that goes on is ended."""
        self.dismiss(None)
