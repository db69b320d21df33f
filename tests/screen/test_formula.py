"""Formulas in a text on the screen: as on a board where they fit, else on a line."""

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.selection import Selection

from drillbox.screen.formula import FormulaBlock, Prose

TEXT = r"""The loss of one pair, with $\beta h$ for its margin:

$L = -\log \frac{1}{1 + e^{-\beta h}}$.

```python
formula = "$x$"
```

$\foo$

It falls."""

BOARD = [
    "              1",
    "  L = −log ────────.",
    "                −βh",
    "           1 + e",
]
BARE = [row[2:] for row in BOARD]  # there is no room for the indent
LINE = ["L =", "−log(1/(1+e^(−", "βh)))."]


class Reader(App[None]):
    """A text and nothing else."""

    CSS = "Markdown { padding: 0; }"

    def compose(self) -> ComposeResult:
        yield Prose(TEXT)


def shown(block: FormulaBlock) -> list[str]:
    """Its rows on the screen."""
    return [block.render_line(y).text.rstrip() for y in range(block.size.height)]


@pytest.mark.parametrize(
    ("cells", "rows"),
    [(80, BOARD), (40, BOARD), (20, BOARD), (19, BARE), (18, BARE), (14, LINE)],
)
async def test_a_formula_alone_in_its_paragraph_fits_its_screen(
    cells: int, rows: list[str]
) -> None:
    app = Reader()
    async with app.run_test(size=(cells, 30)) as hand:
        await hand.pause()
        assert shown(app.query_one(FormulaBlock)) == rows


async def test_it_changes_with_the_width_of_the_terminal() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as hand:
        await hand.pause()
        block = app.query_one(FormulaBlock)
        await hand.resize_terminal(14, 30)
        await hand.pause()
        assert shown(block) == LINE
        await hand.resize_terminal(80, 30)
        await hand.pause()
        assert shown(block) == BOARD


async def test_what_is_marked_is_what_is_shown() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as hand:
        await hand.pause()
        block = app.query_one(FormulaBlock)
        first = Selection(Offset(2, 1), Offset(10, 1))
        assert block.get_selection(first) == ("L = −log", "\n")


async def test_code_and_what_is_refused_stay_what_they_are() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as hand:
        await hand.pause()
        assert len(app.query(FormulaBlock)) == 1
        assert 'formula = "$x$"' in app.query_one(Prose).source
        assert r"\$\\foo\$" in app.query_one(Prose).source
