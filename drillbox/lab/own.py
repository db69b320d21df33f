"""Pairs of the learner's own: typed or from a file, run like the pairs of the course.

Each is trained alone from the reference by SGD. Its step size is such that the first
step widens the gap log π(chosen) − log π(rejected) by TARGET nats, to first order:
target / (β ½ ‖g_w − g_l‖²). Pairs that the policy would hardly say have enormous
gradients, and a step size that suits one would break another.
"""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from drillbox.lab.compare import Outcome, outcomes
from drillbox.lab.model import DEADLINE_S, WORDS, Model
from drillbox.lab.recipe import Move, Pair, PairRun, WarmUp
from drillbox.lab.run import LabError, Record, check, follow, request
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.words import N_, _
from drillbox.workers.stream import Warm

TARGET = 0.05  # nats
MOST = 50  # pairs of a file
PARTS = ("prompt", "chosen", "rejected")
KINDS: dict[tuple[Move, Move], str] = {
    ("up", "down"): N_("pushed apart"),
    ("down", "down"): N_("both down: chosen is dragged along"),
    ("up", "up"): N_("both up: rejected is lifted along"),
    ("flat", "down"): N_("only rejected moves"),
    ("up", "flat"): N_("only chosen moves"),
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
        known = KINDS.get(self.moves)
        return _(known) if known else _(" and ").join(self.moves)

    @property
    def warning(self) -> str:
        """A sentence for a pair that is off-policy; "" for another."""
        sides = self.start["off_policy"]
        if not sides:
            return ""
        scores = ", ".join(f"{side} {self.start[f'logp_{side}']:.1f}" for side in sides)
        return _(
            "off-policy: the policy would hardly say this ({scores} nats), so its "
            "gradient is long and what happens here says little about other texts"
        ).format(scores=scores)


def pair(
    number: int, prompt: str, chosen: str, rejected: str, *, model: Model = WORDS
) -> Pair:
    """A pair of this number; LabError for an empty text or one it cannot read."""
    for part, text in zip(PARTS, (prompt, chosen, rejected), strict=True):
        blank = not text.split()
        sentence = _("it is empty; write a text") if blank else model.unknown(text)
        if sentence:
            said = _("pair {n}, {part}: {why}")
            raise LabError(said.format(n=number, part=_(part), why=sentence))
    if chosen.split() == rejected.split():
        same = _("pair {n}: chosen and rejected are the same; change one")
        raise LabError(same.format(n=number))
    return Pair(str(number), "", "", prompt, chosen, rejected)


def read(path: str, model: Model = WORDS) -> list[Pair]:
    """The pairs of a file, one JSON object {"prompt", "chosen", "rejected"} a line.

    Each is a text, or for a directory a list of messages {"role", "content"}. LabError.
    """
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file.read().splitlines() if line.strip()]
    except UnicodeDecodeError:
        raise LabError(_("{file} is no text in UTF-8").format(file=path)) from None
    except OSError as error:
        said = _("cannot read {path}: {why}")
        raise LabError(said.format(path=path, why=error.strerror)) from None
    if not 1 <= len(lines) <= MOST:
        few = _("{file} has {n} pairs; give it 1 to {most}")
        raise LabError(few.format(file=path, n=len(lines), most=MOST))
    return [_read(path, number, line, model) for number, line in enumerate(lines, 1)]


def _read(path: str, number: int, line: str, model: Model) -> Pair:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        said = _("{place}: this line is no JSON")
        raise LabError(said.format(place=f"{path}:{number}")) from None
    texts = [data.get(part) for part in PARTS] if isinstance(data, dict) else [None]
    try:
        if texts and all(map(_is_messages, texts)):
            return _of_messages(number, texts, model)
        if all(isinstance(text, str) for text in texts):
            return pair(number, *texts, model=model)
    except LabError as error:
        raise LabError(f"{path}:{number}: {error}") from None
    form = '{"prompt": "…", "chosen": "…", "rejected": "…"}'
    write = _(
        "{place}: write {form}, three texts, or for a model that chats three lists of "
        "{messages}"
    )
    messages = '{"role": "…", "content": "…"}'
    raise LabError(write.format(place=f"{path}:{number}", form=form, messages=messages))


def _is_messages(found: Any) -> bool:
    return isinstance(found, list) and all(
        isinstance(one, dict)
        and all(isinstance(one.get(name), str) for name in ("role", "content"))
        for one in found
    )


def _of_messages(number: int, lists: list[Any], model: Model) -> Pair:
    """A pair of messages; its texts are what is shown of them."""
    if model.kind != "directory":
        said = _("messages are for --model DIR; the shipped models read texts")
        raise LabError(said)
    shown = ["\n".join(one["content"] for one in messages) for messages in lists]
    made = pair(number, *shown, model=model)
    return replace(made, messages=dict(zip(PARTS, lists, strict=True)))


def run_of(pairs: Sequence[Pair]) -> PairRun:
    """The run of these pairs, with β and steps of the run three-pairs."""
    return PairRun(
        id="own-pairs",
        title=_("Pairs of your own"),
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
    model: Model = WORDS,
) -> Generator[Record, None, None]:
    """Run them and yield the records as they come. LabError."""
    run = run_of(pairs)
    asked = request(run, device=device, steps=steps) | {"target": target}
    return follow(run, model.put(asked), 1, warm, DEADLINE_S)


def start_run(
    run: PairRun,
    model: Model,
    *,
    device: str = "auto",
    dtype: str = "float32",
    threads: int = 1,
    lr: float | None = None,
    seed: int | None = None,
) -> Generator[Record, None, None]:
    """A run of the course on another model. LabError.

    One step size for all its pairs, so that they can be compared: lr, or the one with
    which the first step widens the gap of the pair with the longest gradient by TARGET.
    """
    check(device, dtype, threads, run.lr if lr is None else lr)
    asked = request(run, device=device, dtype=dtype, lr=lr, seed=seed)
    for pair in asked["pairs"]:
        pair |= {side: model.answer(pair[side]) for side in PARTS[1:]}
    asked["warm"]["pairs"] = [
        (prompt, *map(model.answer, answers))
        for prompt, *answers in asked["warm"]["pairs"]
    ]
    if lr is None:
        asked |= {"target": TARGET, "shared": True}
    return follow(run, model.put(asked), threads, None, DEADLINE_S)


def shown(text: Any) -> str:
    """A text of a record, or what its messages say."""
    if isinstance(text, str):
        return text
    return "  ".join(f"{one['role']}: {one['content']}" for one in text)


def told(records: Sequence[Record]) -> list[Told]:
    """Every pair, in order. Raises LabError for records that are not whole."""
    found = outcomes(records)
    starts = [record for record in records if record["type"] == "pair"]
    return [Told(one, found[one["pair"]]) for one in starts]
