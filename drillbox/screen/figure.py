"""The chart of a run in character cells, which grows while its records come."""

from collections.abc import Callable

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from drillbox.lab.chart import Chart
from drillbox.lab.plot import plot
from drillbox.screen.characters import drawn_in_ascii

REPAINT_S = 0.1  # what changes within it is painted at once: ten times a second at most
MOST, LEAST = 16, 6  # lines of a plot
BELOW = 3  # lines that are left to the records, which come before the plot
SCROLLBAR = 1  # comes with the records that have no room below


class Figure(Static):
    """As large as the column leaves room for; hidden where that is too little.

    chart: what there is to draw now. then: paints what changes with it, after it.
    """

    def __init__(self, chart: Callable[[], Chart], then: Callable[[], None]) -> None:
        super().__init__("", classes="figure", markup=False)
        self.chart = chart
        self.then = then
        self.repaint: Timer | None = None
        self.painted = 0  # times, for who measures
        self.lines = 0  # of what is shown
        self.live = True  # records come, which are to be seen below it

    @property
    def plain(self) -> bool:
        """Is it drawn in ASCII?"""
        return drawn_in_ascii(self.app)

    def changed(self) -> None:
        """Paint it again, soon."""
        if self.repaint is None:
            self.repaint = self.set_timer(REPAINT_S, self.write)

    def write(self) -> None:
        """Paint what there is now."""
        if self.repaint is not None:
            self.repaint.stop()
            self.repaint = None
        rows = self.rows()
        self.display, self.lines = bool(rows), len(rows)
        if rows:
            self.painted += 1
            self.update(self.content_of(rows))
        self.then()

    def content_of(self, rows: list[str]) -> Content:
        """What these rows look like."""
        return Content("\n".join(rows))

    def below(self) -> int:
        """How many lines of the column are left below it, if it is at the top."""
        around = self.parent
        assert isinstance(around, Widget)
        used = self.lines + 1 if self.lines else 0
        return max(BELOW, around.size.height - used)

    def rows(self) -> list[str]:
        """The plot; none where there is no room."""
        around = self.parent
        assert isinstance(around, Widget)
        width = around.content_size.width - SCROLLBAR
        height = around.size.height - 1  # its margin
        if self.live:
            height -= BELOW
        if height < LEAST:
            return []
        chart, lines = self.chart(), min(height, MOST)
        about = (chart.x, chart.y)
        return plot(
            chart.series, width, lines, *about, title=chart.title, plain=self.plain
        )
