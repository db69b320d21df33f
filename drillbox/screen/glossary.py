"""The words of the glossary that stand on the page before this one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from drillbox.domain.course import Term
from drillbox.screen.formula import Prose
from drillbox.screen.page import Page
from drillbox.session import words
from drillbox.words import N_, _


class GlossaryScreen(Page[None], inherit_bindings=False):
    """Terms and what they mean."""

    ABOUT = N_("The words and symbols of the page you came from.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn(1)", N_("read on")),
        Binding("escape,enter,g,q", "app.pop_screen", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__(_("Words of this page"))
        self.terms = terms

    def body(self) -> ComposeResult:
        """One paragraph for each term."""
        for term in self.terms:
            yield Prose(words.term(term))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn a page where there is one."""
        return self.more_below() if parameters == (1,) and action == "turn" else True
