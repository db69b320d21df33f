"""Round 2 of a run of pairs: the Gram matrix is open, and all directions must be right.

Round 1 is about judgement: without the dot product the signs cannot be derived, so it
counts for calibration alone. With the matrix they can, to first order (Rafailov et al.
2023, §4): there is a right answer, and round 2 passes when all of them are right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drillbox.lab.compare import outcomes
from drillbox.lab.predict import MOVES
from drillbox.lab.recipe import Move, PairRun
from drillbox.lab.run import LabError, Record
from drillbox.words import N_, _

TEXT = N_(  # shown through `_`
    "Round 2, with the Gram matrix open. Say again where both log-probs go in the "
    "first step; round 2 passes when all of them are right."
)
Moves = tuple[Move, Move]  # of chosen and of rejected


@dataclass(frozen=True, slots=True)
class Passed:
    """wrong: a sentence for each direction that was. right, count: how many were."""

    right: int
    count: int
    wrong: tuple[str, ...]

    @property
    def kept(self) -> dict[str, Any]:
        """What the log keeps."""
        passed = self.count > 0 and self.right == self.count
        return {"right": self.right, "count": self.count, "passed": passed}

    @property
    def text(self) -> str:
        """The verdict in one line."""
        passed = _("Round 2, with the Gram matrix: {right} of {n}, passed.")
        failed = _("Round 2, with the Gram matrix: {right} of {n}, not passed.")
        said = passed if self.right == self.count else failed
        return said.format(right=self.right, n=self.count)


def asked(run: PairRun) -> list[str]:
    """The letters of the pairs that round 2 asks about: all but the bonus."""
    return [pair.pair for pair in run.pairs if not pair.bonus]


def matrix(start: Record) -> str:
    """The Gram matrix and the weight of a pair before its first step, as one line."""
    (ww, wl), (_same, ll) = start["gram"]
    weight = _("weight {n}").format(n=f"{start['weight']:.2g}")
    return f"‖g_w‖² {ww:.0f}   g_w·g_l {wl:.0f}   ‖g_l‖² {ll:.0f}   {weight}"


def read(data: Any, run: PairRun) -> dict[str, Moves]:
    """{"A": {"chosen": "up", "rejected": "down"}, …} of every pair; LabError."""
    if not isinstance(data, Mapping):
        said = _("round2 is a JSON object {example}")
        raise LabError(said.format(example='{"A": {"chosen": "up", …}, …}'))
    for name in data:
        if name not in asked(run):
            names = ", ".join(asked(run))
            none = _("round2 asks nothing of pair {name}; it asks {names}")
            raise LabError(none.format(name=repr(name), names=names))
    return {name: _moves(name, data.get(name)) for name in asked(run)}


def _moves(name: str, data: Any) -> Moves:
    said = data if isinstance(data, Mapping) else {}
    chosen, rejected = (said.get(side) for side in ("chosen", "rejected"))
    if chosen not in MOVES or rejected not in MOVES:
        needs = _(
            "round2, pair {name}: {data} needs chosen and rejected: up, down or flat"
        )
        raise LabError(needs.format(name=name, data=repr(data)))
    return chosen, rejected


def body(said: Mapping[str, Moves]) -> dict[str, Any]:
    """What the log keeps of round 2."""
    sides = ("chosen", "rejected")
    moves = {name: dict(zip(sides, two, strict=True)) for name, two in said.items()}
    return {"round": 2, "predictions": moves}


def judge(said: Mapping[str, Moves], records: Sequence[Record]) -> Passed:
    """Hold every direction against the first step of a run. Raises LabError."""
    found = outcomes(records)
    wrong = []
    for name, two in said.items():
        happened = found[name].chosen, found[name].rejected
        for side, one, was in zip(("chosen", "rejected"), two, happened, strict=True):
            if one != was:
                line = _("{pair}  log π({side}): {happened}, you said {said}")
                wrong.append(line.format(pair=name, side=side, happened=was, said=one))
    count = 2 * len(said)
    return Passed(count - len(wrong), count, tuple(wrong))
