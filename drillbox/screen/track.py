"""What happens to a pair while it is trained: its numbers and its curves."""

from textual import events
from textual.content import Content
from textual.widgets import Static

from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record
from drillbox.screen.curve import curve

LEFT = 36  # cells for the numbers beside a curve
LEAST = 8  # cells that a curve needs to say something
SCALE = 10  # cells for the ends of its scale, where there is room
COLOURS = {"logp_chosen": "$primary", "logp_rejected": "$accent"}
SIDES = {"logp_chosen": "log π(chosen)", "logp_rejected": "log π(rejected)"}


class Track(Static):
    """One pair. Both curves show the change since step 0 on one scale.

    steps: of the whole run. flat: nats; a change of less in all looks flat.
    """

    def __init__(self, pair: Pair, steps: int, flat: float) -> None:
        super().__init__("", classes="track", markup=False)
        self.pair = pair
        self.steps = steps
        self.flat = flat
        self.records: list[Record] = []

    def add(self, records: list[Record]) -> None:
        """Steps were taken, none or some."""
        if records:
            self.records += records
            self.write()

    def on_resize(self, event: events.Resize) -> None:
        """The curves have another width."""
        self.write()

    def write(self) -> None:
        """Numbers and curves, as far as the run has come."""
        step = self.records[-1]["step"] if self.records else 0
        head = f"{self.pair.pair}  {self.pair.title}"
        lines = [Content.styled(head, "bold") + f" · step {step} of {self.steps}"]
        if self.records:
            for side, name in SIDES.items():
                lines += self.side(side, name)
            first, last = self.records[0]["weight"], self.records[-1]["weight"]
            lines.append(Content(f"   weight {first:.4f} → {last:.4f}"))
        self.update(Content("\n").join(lines))

    def changes(self, side: str) -> list[float]:
        """The change since step 0, in nats."""
        return [record[side] - self.records[0][side] for record in self.records]

    def side(self, side: str, name: str) -> list[Content]:
        """Two lines: the name and the numbers, with the curve beside them."""
        first, last = self.records[0][side], self.records[-1][side]
        numbers = f"{first:.3f} → {last:.3f} ({last - first:+.4f} nats)"
        left = [f"   {name}", f"   {numbers.replace('-', '−')}"]
        room = self.content_size.width - LEFT
        if room < LEAST:
            return [Content(text) for text in left]
        low, high = self.scale()
        ends = [f"┤{end:+z.4f}".replace("-", "−") for end in (high, low)]
        if room < LEAST + SCALE:
            ends = ["", ""]
        width = min(room - (SCALE if any(ends) else 0), self.steps + 1)
        drawn = curve(self.changes(side), low, high, width)
        return [
            Content.assemble(
                f"{text:<{LEFT}}", (f"{line:<{width}}", COLOURS[side]), end
            )
            for text, line, end in zip(left, drawn, ends, strict=True)
        ]

    def scale(self) -> tuple[float, float]:
        """The lowest and the highest change of both sides, at least `flat` apart."""
        every = [change for side in SIDES for change in self.changes(side)]
        low, high = min(every), max(every)
        room = max(0.0, self.flat - (high - low)) / 2
        return low - room, high + room
