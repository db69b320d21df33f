"""Pairs of the learner's own: typed or from a file, run like the pairs of the course.

Each is trained alone from the reference by SGD. Its step size is such that the first
step widens the gap log π(chosen) − log π(rejected) by TARGET nats, to first order:
target / (β ½ ‖g_w − g_l‖²). Pairs that the policy would hardly say have enormous
gradients, and a step size that suits one would break another.
"""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from drillbox.lab.compare import Outcome, outcomes
from drillbox.lab.recipe import Move, Pair, PairRun, WarmUp
from drillbox.lab.run import LabError, Record, follow, request
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.lab.vocabulary import unknown
from drillbox.workers.stream import Warm

TARGET = 0.05  # nats
MOST = 50  # pairs of a file
PARTS = ("prompt", "chosen", "rejected")
KINDS: dict[tuple[Move, Move], str] = {
    ("up", "down"): "pushed apart",
    ("down", "down"): "both down: chosen is dragged along",
    ("up", "up"): "both up: rejected is lifted along",
    ("flat", "down"): "only rejected moves",
    ("up", "flat"): "only chosen moves",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One pair, run. start: its record before the first step."""

    start: Record
    outcome: Outcome

    @property
    def moves(self) -> tuple[Move, Move]:
        """Of chosen and of rejected, in the first step."""
        return self.outcome.chosen, self.outcome.rejected

    @property
    def kind(self) -> str:
        """Which of the outcomes it is, in words."""
        return KINDS.get(self.moves, " and ".join(self.moves))

    @property
    def warning(self) -> str:
        """A sentence for a pair that is off-policy; "" for another."""
        sides = self.start["off_policy"]
        if not sides:
            return ""
        scores = ", ".join(f"{side} {self.start[f'logp_{side}']:.1f}" for side in sides)
        return (
            f"off-policy: the policy would hardly say this ({scores} nats), so its "
            "gradient is long and what happens here says little about other texts"
        )


def pair(number: int, prompt: str, chosen: str, rejected: str) -> Pair:
    """A pair of this number; LabError for an empty text or an unknown word."""
    for part, text in zip(PARTS, (prompt, chosen, rejected), strict=True):
        sentence = "it is empty; write a text" if not text.split() else unknown(text)
        if sentence:
            raise LabError(f"pair {number}, {part}: {sentence}")
    if chosen.split() == rejected.split():
        raise LabError(f"pair {number}: chosen and rejected are the same; change one")
    return Pair(str(number), "", "", prompt, chosen, rejected)


def read(path: str) -> list[Pair]:
    """The pairs of a file, one JSON object {"prompt", "chosen", "rejected"} a line."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file.read().splitlines() if line.strip()]
    except UnicodeDecodeError:
        raise LabError(f"{path} is no text in UTF-8") from None
    except OSError as error:
        raise LabError(f"cannot read {path}: {error.strerror}") from None
    if not 1 <= len(lines) <= MOST:
        raise LabError(f"{path} has {len(lines)} pairs; give it 1 to {MOST}")
    return [_read(path, number, line) for number, line in enumerate(lines, 1)]


def _read(path: str, number: int, line: str) -> Pair:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise LabError(f"{path}:{number}: this line is no JSON") from None
    texts = [data.get(part) for part in PARTS] if isinstance(data, dict) else [None]
    if not all(isinstance(text, str) for text in texts):
        form = '{"prompt": "…", "chosen": "…", "rejected": "…"}'
        raise LabError(f"{path}:{number}: write {form}, three texts")
    try:
        return pair(number, *texts)
    except LabError as error:
        raise LabError(f"{path}:{number}: {error}") from None


def run_of(pairs: Sequence[Pair]) -> PairRun:
    """The run of these pairs, with β and steps of the run three-pairs."""
    return PairRun(
        id="own-pairs",
        title="Pairs of your own",
        drop=THREE_PAIRS.drop,
        text="",
        pairs=tuple(pairs),
        warm=WarmUp((), 0, 1, 0.0, 0),
        beta=THREE_PAIRS.beta,
        lr=THREE_PAIRS.lr,
        steps=THREE_PAIRS.steps,
    )


def start(
    pairs: Sequence[Pair],
    *,
    device: str = "auto",
    target: float = TARGET,
    steps: int | None = None,
    warm: Warm | None = None,
) -> Generator[Record, None, None]:
    """Run them and yield the records as they come. LabError."""
    run = run_of(pairs)
    asked = request(run, device=device, steps=steps) | {"target": target}
    return follow(run, asked, 1, warm)


def told(records: Sequence[Record]) -> list[Told]:
    """Every pair, in order. Raises LabError for records that are not whole."""
    found = outcomes(records)
    starts = [record for record in records if record["type"] == "pair"]
    return [Told(one, found[one["pair"]]) for one in starts]
