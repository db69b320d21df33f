"""The library: the shipped course and the added ones."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from drillbox import places
from drillbox.domain.course import Course
from drillbox.history import stats
from drillbox.history.log import Log
from drillbox.library.shelf import Book, shelf
from drillbox.screen.page import Page
from drillbox.screen.rows import Rows
from drillbox.words import N_, _, ngettext

NOWHERE = -1  # the course that is open is none of these


@dataclass(frozen=True)
class Choice:
    """A course that was chosen. path: of its directory; None: the shipped one."""

    path: str | None


class Books(Rows):
    """The courses; Enter opens the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("open this course")),
        *Rows.BINDINGS,
    ]

    class Opened(Message):
        """A course was chosen."""

        def __init__(self, book: Book) -> None:
            super().__init__()
            self.book = book

    def __init__(self, texts: list[str], books: Sequence[Book], here: int) -> None:
        super().__init__(texts)
        self.books = books
        self.here = here

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open what can be opened and is not open already."""
        if action != "open":
            return True
        if self.cursor is None or self.cursor == self.here:
            return False
        return not self.books[self.cursor].trouble

    def action_open(self) -> None:
        """Tell the screen."""
        if self.cursor is not None:
            self.post_message(Books.Opened(self.books[self.cursor]))


class CoursesScreen(Page[Choice | None], inherit_bindings=False):
    """Every course there is; its result is the one that was chosen."""

    ABOUT = N_(
        "Your courses. Each keeps its own schedule; the streak is of all of them."
    )
    AUTO_FOCUS = "Books"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,c", "leave", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(self, course: Course, log: Log) -> None:
        super().__init__(_("Courses"))
        self.course = course
        self.log_of_answers = log

    def body(self) -> ComposeResult:
        """The courses, and how another comes here."""
        books = shelf()
        paths = [os.path.abspath(b.path or places.shipped_course()) for b in books]
        here = os.path.abspath(self.course.directory)
        place = paths.index(here) if here in paths else NOWHERE
        texts = [self.words(book, k == place) for k, book in enumerate(books)]
        yield Books(texts, books, place)
        yield Static(
            _(
                "`drillbox add PATH` puts another course here; `drillbox review "
                "--course ID` opens one at once."
            ),
            classes="told quiet",
            markup=False,
        )

    def words(self, book: Book, here: bool) -> str:
        """A course in two lines."""
        if book.trouble:
            closed = _("cannot be opened: {why}")
            return f"{book.title}\n{closed.format(why=places.short(book.trouble))}"
        n = len(stats.due(self.log_of_answers, book.id))
        some = ngettext("{n} card due", "{n} cards due", n).format(n=n)
        waits = some if n else _("nothing due")
        said = _("{waits}, open now").format(waits=waits) if here else waits
        return f"{book.title}\n{said}"

    def on_books_opened(self, event: Books.Opened) -> None:
        """Leave with it."""
        self.dismiss(Choice(event.book.path))

    def action_leave(self) -> None:
        """Leave with nothing."""
        self.dismiss(None)
