"""Two ways to use the screen: the keyboard alone, and the mouse alone.

Both do what the line of keys offers, by its label: "⏎ start".
"""

from typing import Any

from textual.events import Click, MouseDown, MouseScrollDown, MouseScrollUp, MouseUp
from textual.geometry import Offset
from textual.pilot import _get_mouse_message_arguments

from drillbox.screen.keys import Keys
from drillbox.screen.rows import Row
from tests.screen.conftest import MOVES, Seat, typed

NAMED = {"⏎": "enter", "esc": "escape", "↑": "up", "↓": "down", "=": "equals_sign"}


class Hand:
    """Someone at `seat`, who does what the line of keys says."""

    types = False

    def __init__(self, seat: Seat) -> None:
        self.seat = seat

    async def do(self, label: str) -> None:
        """What stands in the line of keys as `label`."""
        raise NotImplementedError

    async def next(self, label: str) -> None:
        """The same, where it has to be the first thing there."""
        assert self.seat.keys.startswith(label), (label, self.seat.keys)
        await self.do(label)

    async def number(self, number: int, label: str) -> None:
        """One of the number keys that stand in the line of keys as `label`."""
        raise NotImplementedError

    async def row(self, index: int, then: str = "") -> None:
        """The row `index`; then: what is done with it, where pointing is not all."""
        raise NotImplementedError

    async def look(self, lines: int) -> None:
        """See some lines further down, or up."""
        raise NotImplementedError

    async def unrolled(self) -> str:
        """All that can be scrolled to, without its blanks, from top to end."""
        column = self.seat.screen.column
        while column.scroll_y > 0:
            await self.look(-1)
        seen: dict[int, str] = {}
        while True:
            region = column.scrollable_content_region
            left, right = region.x, region.right
            for y in range(column.region.y, column.region.bottom):
                line = self.seat.lines[y].ljust(right)[left:right]
                seen[y + round(column.scroll_y)] = line
            before = column.scroll_y
            await self.look(1)
            await self.seat.hand.pause()  # settled is not yet painted
            if column.scroll_y == before:
                break
        while column.scroll_y > 0:
            await self.look(-1)
        return "".join("".join(seen[y] for y in sorted(seen)).split())


class Keyboard(Hand):
    """No mouse."""

    types = True

    async def do(self, label: str) -> None:
        assert label in self.seat.keys, (label, self.seat.keys)
        key = label.split(" ")[0]
        await self.seat.press(NAMED.get(key, key))

    async def number(self, number: int, label: str) -> None:
        assert label in self.seat.keys, (label, self.seat.keys)
        await self.seat.press(str(number))

    async def row(self, index: int, then: str = "") -> None:
        await self.seat.press(*str(index + 1))

    async def look(self, lines: int) -> None:
        await self.seat.press("pagedown" if lines > 0 else "pageup")


class Mouse(Hand):
    """No keyboard."""

    async def do(self, label: str) -> None:
        await self.click(*self.place(label))

    async def number(self, number: int, label: str) -> None:
        if label in self.seat.keys:
            await self.click(*self.place(label))
        x, y = self.place(f"{number} ", label.split(" ", 1)[0])
        await self.click(x, y)

    def place(self, label: str, after: str = "") -> tuple[int, int]:
        """Where a label stands in the line of keys, or a number after it was opened."""
        region = self.seat.screen.query_one(Keys).region
        for y in range(region.y, region.bottom):
            x = f"{self.seat.lines[y]} ".find(label)
            if x >= 0:
                return x, y
        raise AssertionError((label, self.seat.keys))

    async def click(self, x: int, y: int) -> None:
        """As Pilot.click, which waits five times for the processor to be idle."""
        app = self.seat.app
        widget, region = app.get_widget_at(x, y)
        at = (x - region.x, y - region.y)
        about = _get_mouse_message_arguments(widget, at, button=1)
        app.mouse_position = Offset(x, y)
        for event in (MouseDown(**about), MouseUp(**about), Click(**about, chain=1)):
            app.screen._forward_event(event)
        await self.seat.settle()

    async def row(self, index: int, then: str = "") -> None:
        row = list(self.seat.screen.query(Row))[index]
        column = self.seat.screen.column
        while not self.sees(row) and column.scroll_y > 0:
            await self.look(-1)
        while not self.sees(row) and column.scroll_y < column.max_scroll_y:
            await self.look(1)
        assert self.sees(row), (index, self.seat.lines)
        await self.click(row.region.x + 1, row.region.y)
        if then:
            await self.do(then)

    def sees(self, row: Row) -> bool:
        """Is its first line in the window?"""
        column = self.seat.screen.column
        lines = range(column.region.y, column.region.bottom)
        return row.region.height > 0 and row.region.y in lines

    async def look(self, lines: int) -> None:
        column, wheel = self.seat.screen.column, MouseScrollDown
        if lines < 0:
            wheel = MouseScrollUp  # type: ignore[assignment]
        at: Any = (column.region.x + 1, column.region.y)
        column.post_message(wheel(column, *at, 0, lines, 0, False, False, False))
        await self.seat.settle()


async def answer(hand: Hand, well: bool = True) -> None:
    """Answer the question that is shown; what only a keyboard can do, with ?."""
    ask = hand.seat.screen.step
    await ANSWERS.get(ask.item.card.kind, write)(hand, ask, well)
    if ask.sure and not (ask.item.card.kind in TYPED and not hand.types):
        assert hand.seat.keys.startswith("5–9, 0 how sure"), hand.seat.keys
        await hand.number(8, "5–9, 0 how sure")


async def choose(hand: Hand, ask: Any, well: bool) -> None:
    """One option, or every right one."""
    options, shown = ask.item.card.options, list(ask.variant.order)
    right = [shown.index(k) for k, option in enumerate(options) if option.right]
    span = f"1–{len(options)}"
    if len(right) == 1:
        assert hand.seat.keys.startswith(f"{span} answer"), hand.seat.keys
        wrong = next(k for k in range(len(options)) if k not in right)
        await hand.row(right[0] if well else wrong, "⏎ this one")
        return
    assert hand.seat.keys.startswith(f"{span} tick"), hand.seat.keys
    for index in right:
        await hand.row(index, "space tick the row")
    await hand.next("⏎ answer")


async def order(hand: Hand, ask: Any, well: bool) -> None:
    """Every step in its order."""
    shown = list(ask.variant.order)
    assert hand.seat.keys.startswith(f"1–{len(shown)} comes next"), hand.seat.keys
    for step in range(len(shown)):
        await hand.row(shown.index(step), "space the row comes next")
    await hand.next("⏎ answer")


async def spot(hand: Hand, ask: Any, well: bool) -> None:
    """The wrong line."""
    assert " line" in hand.seat.keys.split("move")[0], hand.seat.keys
    await hand.row(ask.item.card.line - 1)
    await hand.next("⏎ this line is wrong")


async def directions(hand: Hand, ask: Any, well: bool) -> None:
    """Every quantity's move."""
    labels = {"up": "↑ goes up", "down": "↓ goes down", "same": "= about the same"}
    assert hand.seat.keys.startswith("↑ goes up"), hand.seat.keys
    for quantity in ask.item.card.quantities:
        await hand.do(labels[quantity.answer])
    if not ask.sure:
        await hand.next("⏎ answer")


async def write(hand: Hand, ask: Any, well: bool) -> None:
    """What is typed; a mouse can only say that it is not known."""
    if hand.types:
        await hand.seat.press(*typed(ask, well))
        await hand.next("⏎ answer")
    else:
        await hand.do("esc other keys")
        await hand.do("? don't know")


TYPED = ("numeric", "formula", "cloze", "recall")
ANSWERS = {"choice": choose, "order": order, "spot": spot, "direction": directions}
assert set(MOVES) == {"up", "down", "same"}
