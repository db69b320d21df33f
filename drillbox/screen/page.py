"""What every screen has: a bar, a column that scrolls, and the line of keys."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from drillbox.screen.keys import Keys
from drillbox.words import N_, _

if TYPE_CHECKING:
    from drillbox.screen.app import DrillApp

Result = TypeVar("Result")
COPIED = N_("Copied, if your terminal allows it.")  # these two shown through `_`
NO_COPY = N_("Nothing to copy here: no code and no formula is seen.")


MOST = 30  # letters that are shown of a copied text, where there are several


def told_of(found: list[str], at: int) -> str:
    """What is said of a copy: which of several it was, and how to have another."""
    if len(found) == 1:
        return _(COPIED)
    first = " ".join(found[at].split())
    short = first if len(first) <= MOST else f"{first[: MOST - 1]}…"
    said = _("{copied} {n} of {all}: {text} · y again: the next.")
    return said.format(copied=_(COPIED), n=at + 1, all=len(found), text=short)


class Column(VerticalScroll, can_focus=False):
    """The middle of a screen; the keys of the screen scroll it, and the wheel."""

    class Resized(Message):
        """The column, or what stands in it, has another size."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """What a key does may change at the end of a text, however one got there."""
        super().watch_scroll_y(old_value, new_value)
        self.screen.refresh_bindings()

    def on_mount(self) -> None:
        """Whether there is more to read decides which keys work."""
        self.watch(self, "virtual_size", self.grown, init=False)

    def grown(self) -> None:
        """There is more or less to read than before."""
        self.call_after_refresh(self.screen.refresh_bindings)
        self.post_message(self.Resized())

    def on_resize(self) -> None:
        """The window is another, or what stands above or below needs more of it."""
        self.post_message(self.Resized())


class Page(Screen[Result], inherit_bindings=False):
    """A bar with `heading`, a column, the keys.

    Bindings are not inherited: every page lists its own in the order in which they are
    shown, the next right key first, and adds those of its base.
    """

    app: "DrillApp"
    ABOUT: ClassVar[str] = ""  # what the screen is for, said above the list of its keys
    WORKS: ClassVar[str] = ""  # what has processes of its own: an exercise, a run
    AUTO_FOCUS = ""  # a page gives the focus itself, or nobody has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", N_("scroll down"), show=False),
        Binding("up", "scroll(-1)", N_("scroll up"), show=False),
        Binding("pagedown", "turn(1)", N_("a page down"), show=False),
        Binding("pageup", "turn(-1)", N_("a page up"), show=False),
        Binding("y", "copy", N_("copy the code or formula that is seen"), show=False),
        Binding("ctrl+c", "screen.copy_text", N_("copy what is marked"), show=False),
    ]

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading
        self.looked_s = 0.0
        self.shown_at = monotonic()
        self.copied: list[str] = []  # what y could copy the last time
        self.at = 0  # which of these it did
        self.says_copied = False

    def compose(self) -> ComposeResult:
        """Bar, column, keys."""
        yield Static(self.heading, classes="bar", markup=False)
        yield from self.head()
        with Column(classes="column"):
            yield from self.body()
        yield from self.foot()
        yield Keys()

    def head(self) -> ComposeResult:
        """What stands below the bar and does not scroll."""
        yield from ()

    def body(self) -> ComposeResult:
        """What stands in the column."""
        yield from ()

    def foot(self) -> ComposeResult:
        """What stands above the keys and does not scroll."""
        yield from ()

    @property
    def column(self) -> Column:
        """The part that scrolls."""
        return self.query_one(Column)

    def more_below(self) -> bool:
        """Is there something to read below the window?"""
        column = self.column
        return column.scroll_target_y < column.max_scroll_y

    def action_scroll(self, lines: int) -> None:
        """Some lines up or down."""
        self.column.scroll_relative(y=lines, animate=False)
        self.call_after_refresh(self.refresh_bindings)

    def action_turn(self, pages: int) -> None:
        """A page up or down; two lines stay, to read on from."""
        self.action_scroll(pages * max(1, self.column.size.height - 2))

    def to_copy(self) -> list[str]:
        """The code and the formulas that are seen, the likeliest first."""
        from drillbox.screen.copying import seen  # Markdown: 50 ms

        return seen(self.column) if self.query(Column) else []

    def action_copy(self) -> None:
        """Hand one to the terminal's clipboard by OSC 52, which nobody answers; the
        next one where the same are still seen."""
        found = self.to_copy()
        again = bool(found) and found == self.copied
        self.at = (self.at + 1) % len(found) if again else 0
        self.copied = found
        if found:
            self.app.copy_to_clipboard(found[self.at])
        self.app.clear_notifications()
        self.says_copied = True
        said = told_of(found, self.at) if found else _(NO_COPY)
        self.app.notify(said, timeout=4, markup=False)

    def elapsed_ms(self) -> int:
        """How long this screen has been looked at; not while another lay over it."""
        return int((self.looked_s + monotonic() - self.shown_at) * 1000)

    def on_key(self, event: events.Key) -> None:
        """Esc closes what is said for some seconds, too."""
        if event.key == "escape":
            self.app.clear_notifications()

    def on_screen_suspend(self) -> None:
        """Another screen lies over this one, or it is left; what it said of a copy
        goes with it."""
        if self.says_copied:
            self.says_copied = False
            self.app.clear_notifications()
        self.looked_s += monotonic() - self.shown_at

    def on_screen_resume(self) -> None:
        """This screen is seen, if the terminal is large enough for it."""
        self.shown_at = monotonic()
        self.app.mind_size()
        self.call_after_refresh(self.refresh_bindings)


def rewrite(static: Static, text: str) -> None:
    """Another text, without markup; the screen is laid out anew only if it needs more
    lines or fewer, which is the dearer part of a key."""
    width, height = static.content_size
    static.update(text, layout=len(Content(text).wrap(max(1, width))) != height)
