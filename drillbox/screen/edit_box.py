"""A box to write code in, where no editor can be opened: in a browser, for one."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from drillbox import places
from drillbox.errors import DrillboxError
from drillbox.grader import workfile
from drillbox.screen.page import Page
from drillbox.words import N_, _


class CodeArea(TextArea):
    """Where the code is written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "screen.save", N_("save and grade")),
        Binding("escape", "screen.leave", N_("back"), priority=True),
    ]


class EditBox(Page[str | None], inherit_bindings=False):
    """The learner's file. Its result: what was written and not saved, or None.

    draft: what was written here before and not saved. Raises GraderError where the
    file cannot be read.
    """

    ABOUT = N_(
        "A small editor. Ctrl+S saves the file, which is graded at once; Esc goes "
        "back, and what is not saved is still here when you return."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*Page.BINDINGS]

    def __init__(self, path: str, draft: str | None = None) -> None:
        super().__init__(_("Writing {path}").format(path=places.short(path)))
        self.path = path
        self.on_disk = workfile.text_of(path)
        self.draft = self.on_disk if draft is None else draft
        self.warned = False

    def compose(self) -> ComposeResult:
        """Bar, code, what there is to say, keys."""
        from drillbox.screen.keys import Keys

        yield Static(self.heading, classes="bar", markup=False)
        yield CodeArea(
            self.draft,
            show_line_numbers=True,
            soft_wrap=False,
            tab_behavior="indent",
            compact=True,
        )
        yield Static("", classes="said", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """The keys go to the code."""
        self.query_one(".said").display = False
        self.query_one(CodeArea).focus()

    def say(self, text: str) -> None:
        """One sentence above the keys."""
        line = self.query_one(".said", Static)
        line.update(text)
        line.display = bool(text)

    def action_save(self) -> None:
        """Write the file. What another editor wrote meanwhile is asked about first."""
        text = self.query_one(CodeArea).text
        try:
            if workfile.text_of(self.path) != self.on_disk and not self.warned:
                self.warned = True
                self.say(
                    _(
                        "The file was changed elsewhere since you opened it. Ctrl+S "
                        "once more replaces it by what stands here."
                    )
                )
                return
            workfile.write(self.path, text)
        except DrillboxError as error:
            self.say(str(error))
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Back; what is not saved is handed over."""
        text = self.query_one(CodeArea).text
        self.dismiss(None if text == self.on_disk else text)
