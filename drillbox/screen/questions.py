"""Questions people ask: a list, and an answer at a time."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from drillbox.domain.course import Course, Question
from drillbox.screen.formula import Prose
from drillbox.screen.inline import inline
from drillbox.screen.page import Page
from drillbox.screen.rows import Rows
from drillbox.session import words
from drillbox.words import N_, _

NONE = N_("This course has no questions yet; its author writes them in questions.yaml.")


class QuestionList(Rows):
    """The questions; Enter reads the answer to the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", N_("read the answer")),
        *Rows.BINDINGS,
    ]

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__([inline(one.question) for one in questions])
        self.questions = questions
        self.cursor = 0 if questions else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Read where the cursor is on something."""
        return self.cursor is not None if action == "read" else True

    def on_mount(self) -> None:
        """Show where the cursor is."""
        self.call_after_refresh(self.repaint)

    def action_read(self) -> None:
        """The answer."""
        if self.cursor is not None:
            self.app.push_screen(AnswerScreen(self.questions[self.cursor]))


class QuestionsScreen(Page[None], inherit_bindings=False):
    """What people ask about the subject of the course."""

    ABOUT = N_(
        "Questions people ask, with an answer to each and the drops that treat it."
    )
    AUTO_FOCUS = "QuestionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,w", "app.pop_screen", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(self, course: Course) -> None:
        heading = _("Questions people ask · {course}")
        super().__init__(heading.format(course=course.head.title))
        self.questions = course.questions

    def body(self) -> ComposeResult:
        """The list, or what would fill it."""
        if self.questions:
            yield QuestionList(self.questions)
        else:
            yield Static(_(NONE), classes="told", markup=False)


class AnswerScreen(Page[None], inherit_bindings=False):
    """One question with its answer."""

    ABOUT = N_("An answer, from the course's authors; its sources stand in it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn(1)", N_("read on")),
        Binding("escape,q", "app.pop_screen", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(self, question: Question) -> None:
        super().__init__(_("Question"))
        self.question = question

    def body(self) -> ComposeResult:
        """Question, answer, drops."""
        yield Static(inline(self.question.question), classes="title", markup=False)
        yield Prose(self.question.answer)
        treated = words.treated(self.question)
        yield Static(treated, classes="quiet", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn a page where there is one."""
        return self.more_below() if parameters == (1,) and action == "turn" else True
