"""What happens to a pair while it is trained: its curves and its numbers."""

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.content import Content
from textual.widget import Widget

from drillbox.lab.chart import Chart, Series
from drillbox.lab.plot import plot
from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record
from drillbox.screen.figure import LEAST, Figure
from drillbox.words import N_, _

MOST = 12  # lines of the curves of one pair
ROOM = 4  # lines of its title and its numbers
UNIT_FROM = 44  # cells with room for the unit behind the numbers
SIDES = {"logp_chosen": N_("chosen"), "logp_rejected": N_("rejected")}


class Track(Figure):
    """One pair. Both curves show the change since step 0 on one scale.

    steps: of the whole run. flat: nats; a change of less in all looks flat.
    """

    def __init__(self, pair: Pair, steps: int, flat: float) -> None:
        super().__init__(self.drawn, lambda: None)
        self.add_class("track")
        self.pair = pair
        self.steps = steps
        self.flat = flat
        self.records: list[Record] = []

    def add(self, records: list[Record]) -> None:
        """Steps were taken, none or some."""
        if records:
            self.records += records
            self.changed()

    def on_resize(self, event: events.Resize) -> None:
        """The curves have another width."""
        self.write()

    def drawn(self) -> Chart:
        """Both log-probs as they change."""
        series = (Series(_(name), self.changes(side)) for side, name in SIDES.items())
        return Chart("", _("step"), _("nats"), tuple(series))

    def changes(self, side: str) -> tuple[tuple[float, float], ...]:
        """Step, and the change since step 0 in nats."""
        start = self.records[0][side]
        return tuple((record["step"], record[side] - start) for record in self.records)

    def content_of(self, rows: list[str]) -> Content:
        """Its title is bold."""
        title, *rest = map(Content, rows)
        return Content("\n").join((title.stylize("bold"), *rest))

    def rows(self) -> list[str]:
        """Title, curves where there is room for them, numbers."""
        title = f"{self.pair.pair}  {_(self.pair.title)}"
        if not self.records:
            step = _("step {n}/{steps}").format(n=0, steps=self.steps)
            return [title, step]
        return [title, *self.curves(), *self.numbers()]

    def curves(self) -> list[str]:
        """The plot; none where there is no room."""
        height = self.height()
        if height < LEAST:
            return []
        chart, width = self.drawn(), self.content_size.width
        about = (chart.series, width, height, chart.x, chart.y)
        return plot(*about, plain=self.plain, span=self.flat)

    def height(self) -> int:
        """Lines for the curves, such that as many pairs as can be are seen at once.

        Once no record comes they may be scrolled to, and need less room.
        """
        room = self.screen.query_one("Column").size.height
        most = 2 if self.screen.has_class("-wide") else 4
        rows = min(most, max(1, (room + 1) // (LEAST + ROOM + 1)))
        height = min((room + 1) // rows - 1 - ROOM, MOST)
        return height if self.live else max(height, min(LEAST, room))

    def numbers(self) -> list[str]:
        """Where it has come to, and both log-probs at first and now."""
        first, last = self.records[0], self.records[-1]
        at = _("step {n}/{steps} · weight {first} → {last}")
        then, now = f"{first['weight']:.4f}", f"{last['weight']:.4f}"
        steps = self.steps
        lines = [at.format(n=last["step"], steps=steps, first=then, last=now)]
        widest = max(cell_len(_(name)) for name in SIDES.values())
        for side, name in SIDES.items():
            path = f"{first[side]:.3f} → {last[side]:.3f}".replace("-", "−")
            change = f"{last[side] - first[side]:+.4f}".replace("-", "−")
            if self.content_size.width >= UNIT_FROM:
                change = _("({change} nats)").format(change=change)
            lines.append(f"{set_cell_size(_(name), widest)} {path} {change}")
        return lines


class Tracks(Widget):
    """The pairs of a run: two in a row where the window is wide."""

    def __init__(self, *tracks: Track) -> None:
        super().__init__(*tracks, classes="tracks")
