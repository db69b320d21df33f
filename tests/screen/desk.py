"""At work on an exercise: the learner's file, and what became of it."""

from pathlib import Path
from typing import Any

from drillbox.grader.report import Case

RIGHT = (Case("1 pair", True), Case("2 pairs", True))
WRONG = (Case("1 pair", True), Case("2 pairs", False, "loss: 1, expected 2"))
CODE = "def dpo_loss(a, b, c, d, beta):\n    return {n}\n"


def save(seat: Any, text: str) -> None:
    """Write the learner's file, as an editor does."""
    Path(seat.screen.file.path).write_text(text, encoding="utf-8")


async def look(seat: Any) -> None:
    """The two looks at the file that a save takes to be noticed."""
    seat.screen.watch_file()
    seat.screen.watch_file()
    await seat.settle()


def attempts(seat: Any) -> list[tuple[str, int | None]]:
    return [(event.body["what"], event.quality) for event in seat.events("attempt")]


def files(seat: Any) -> dict[str, str]:
    """What lies in the learner's folder."""
    folder = Path(seat.screen.file.path).parent
    return {path.name: path.read_text() for path in folder.iterdir()}
