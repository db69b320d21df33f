"""Markdown in which a formula alone in its paragraph stands as on a board.

It is laid out in two dimensions where the screen is wide enough, else it is the line it
is in running text; a terminal that is made narrower or wider shows the other.
"""

from functools import cache
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownBlock

from drillbox.domain.mathtext import picture, prose, render

INDENT = 2  # cells, where there is room for them
MARK = "\ue000"  # before a formula, until its line is known; private, so in no text


class Prose(Markdown):
    """A text of a course, with its formulas.

    lines: line by line the sources of the formulas that stand in running text.
    """

    def __init__(self, text: str, classes: str | None = None) -> None:
        shown, self.lines = _traced(text)
        super().__init__(shown, classes=classes, parser_factory=_parser)

    def within(self, block: MarkdownBlock) -> list[str]:
        """The sources of the formulas in the running text of one of its blocks."""
        start, end = block.source_range
        return [source for line in self.lines[start:end] for source in line]

    def unhandled_token(self, token: Token) -> MarkdownBlock | None:
        """The block of a formula."""
        return FormulaBlock(self, token) if token.type == "formula" else None


class FormulaBlock(MarkdownBlock):
    """A formula alone in its paragraph."""

    DEFAULT_CSS = "FormulaBlock { margin: 0 0 1 0; }"

    def __init__(self, markdown: Markdown, token: Token) -> None:
        super().__init__(markdown, token)
        self.formula = Formula(token.content.strip())

    def render(self) -> Visual:
        """As on a board, or its line."""
        return self.formula

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is marked, as it is shown."""
        return selection.extract(self.formula.text(self.size.width)), "\n"


class Formula(Visual):
    """The form that fits into the width there is."""

    def __init__(self, source: str) -> None:
        self.source = source

    def text(self, width: int) -> str:
        """As it is shown in `width` cells."""
        return _text(self.source, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Its rows."""
        shown = Content(self.text(width))
        return shown.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All that there is: with more width nothing is lost."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The rows that it has in this width."""
        return Content(self.text(width)).get_height(rules, width)


@cache
def _text(source: str, width: int) -> str:
    shown = picture(source, width)
    rows = shown.split("\n")
    room = width - max(map(len, rows))
    return "\n".join(" " * INDENT + row for row in rows) if room >= INDENT else shown


def _traced(text: str) -> tuple[str, list[list[str]]]:
    """The Markdown that is shown; line by line the formulas in its running text."""
    sources: list[str] = []

    def marked(source: str) -> str:
        line = render(source)  # may raise Refused
        sources.append(source)
        return f"{MARK}{line}"

    shown = prose(text.replace(MARK, ""), escape=True, form=marked, display=_fence)
    left = iter(sources)
    found = [list(islice(left, line.count(MARK))) for line in shown.split("\n")]
    return shown.replace(MARK, ""), found


def _fence(source: str) -> str:
    """The formula as a block for `_parser`. Raises Refused."""
    render(source)
    return f"```formula\n{source}\n```"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like")
    parser.core.ruler.push("formula", _mark)
    return parser


def _mark(state: StateCore) -> None:
    """Tell a formula from code."""
    for token in state.tokens:
        if token.type == "fence" and token.info == "formula":
            token.type = "formula"
