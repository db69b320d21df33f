"""What `y` copies of what is seen: code, formulas, `code` in the text.

Imported when the key is pressed.
"""

import re
from collections.abc import Iterable, Iterator

from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.markdown import MarkdownBlock, MarkdownFence

from drillbox.screen.answers import OneLine
from drillbox.screen.formula import FormulaBlock, Prose
from drillbox.screen.inline import Inline
from drillbox.screen.page import Column

_TICKED = re.compile(r"(?P<tick>`+)(?P<code>.+?)(?P=tick)")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?")  # a formula that is a bare name


def seen(column: Column) -> list[str]:
    """The texts to copy, each once, the likeliest first; whole where they are cut off.

    Blocks of code, formulas on boards, formulas in running text (those that are a bare
    name after the others), code in running text.
    """
    widgets = list(_inside(column))
    boards = [w.formula.source for w in widgets if isinstance(w, FormulaBlock)]
    running = [source for widget in widgets for source in _running(widget)]
    running.sort(key=lambda source: bool(_NAME.fullmatch(source)))
    found = [*_codes(widgets), *boards, *running, *_ticked(widgets)]
    return list(dict.fromkeys(found))


def _inside(column: Column) -> Iterator[Widget]:
    for widget in column.walk_children(Widget):
        if widget.display and widget.region and column.region.overlaps(widget.region):
            yield widget


def _codes(widgets: Iterable[Widget]) -> Iterator[str]:
    for widget in widgets:
        if isinstance(widget, MarkdownFence):
            yield widget.code.rstrip("\n")
        elif isinstance(widget, OneLine):
            yield "\n".join(map(str, widget.texts))


def _running(widget: Widget) -> list[str]:
    """The formulas in a text that is shown, each as one line."""
    if isinstance(widget, Static) and isinstance(widget.content, Inline):
        found = widget.content.sources
    elif isinstance(widget, MarkdownBlock) and _is_text(widget):
        around = next((one for one in widget.ancestors if isinstance(one, Prose)), None)
        found = around.within(widget) if around is not None else []
    else:
        return []
    return [" ".join(source.split()) for source in found]


def _ticked(widgets: Iterable[Widget]) -> Iterator[str]:
    """What stands between backticks."""
    texts = (w for w in widgets if isinstance(w, MarkdownBlock) and _is_text(w))
    for text in texts:
        for match in _TICKED.finditer(text.source or ""):
            yield match["code"]


def _is_text(block: MarkdownBlock) -> bool:
    """Is it a text, not a block of code or of blocks, which say it themselves?"""
    if isinstance(block, MarkdownFence | FormulaBlock):
        return False
    return not any(isinstance(inner, MarkdownBlock) for inner in block.children)
