"""What was understood of a formula, while it is typed."""

from collections.abc import Collection

from textual.widget import Widget
from textual.widgets import Static

from drillbox.domain.expression import Expression, ExpressionError, parse
from drillbox.screen.formula import Formula

GOES_ON = r"\;\dots"  # there is more in the line than is shown


class Preview(Static):
    """The formula as on a board; while it is not whole, what there was before it broke.

    names: those that may stand in it.
    """

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(classes="preview")
        self.names = frozenset(names)
        self.understood = ""
        self.display = False

    def follow(self, text: str, below: Widget) -> None:
        """The line above has become this; both are to be seen."""
        found = understood(text, self.names)
        whole = found is not None and found.text == text
        if found is not None or not text.strip():
            self.understood = found.latex if found else ""
        shown = self.understood and self.understood + ("" if whole else GOES_ON)
        self.display = bool(shown)
        if shown:
            self.update(Formula(shown))
            for widget in (self, below):
                self.call_after_refresh(widget.scroll_visible, animate=False)


def understood(text: str, names: frozenset[str]) -> Expression | None:
    """What it says, with the parentheses closed that are still open; None if nothing.

    A name that the card has not is not understood.
    """
    for closed in (text, text + ")" * (text.count("(") - text.count(")"))):
        try:
            found = parse(closed)
        except ExpressionError:
            continue
        return found if found.names <= names else None
    return None
