"""What `y` copies: the code that is seen, else the formulas, else `code` in the text.

Imported when the key is pressed.
"""

import re
from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets.markdown import MarkdownBlock, MarkdownFence

from drillbox.screen.answers import OneLine
from drillbox.screen.formula import FormulaBlock
from drillbox.screen.page import Column

_TICKED = re.compile(r"(?P<tick>`+)(?P<code>.+?)(?P=tick)")


def seen(column: Column) -> str:
    """The text to copy; "" where there is none. A block that is cut off is whole."""
    widgets = list(_inside(column))
    code = "\n\n".join(text for widget in widgets if (text := _code(widget)))
    formulas = (w.formula.source for w in widgets if isinstance(w, FormulaBlock))
    return code or "\n".join(formulas) or "\n".join(_ticked(widgets))


def _inside(column: Column) -> Iterator[Widget]:
    for widget in column.walk_children(Widget):
        if widget.display and widget.region and column.region.overlaps(widget.region):
            yield widget


def _code(widget: Widget) -> str:
    if isinstance(widget, MarkdownFence):
        return widget.code.rstrip("\n")
    if isinstance(widget, OneLine):
        return "\n".join(map(str, widget.texts))
    return ""


def _ticked(widgets: list[Widget]) -> Iterator[str]:
    """What stands between backticks, each once."""
    sources = (w.source or "" for w in widgets if isinstance(w, MarkdownBlock))
    found = (match["code"] for source in sources for match in _TICKED.finditer(source))
    yield from dict.fromkeys(found)
