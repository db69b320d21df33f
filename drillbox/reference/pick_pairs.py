"""The worker that searches a checkpoint for pairs: a pair's directions belong to it.

Reads one request as a line of JSON: `run`, a request of the worker of pairs, `flat`,
and `seed`: a whole number to train another checkpoint first, null to take the run's.
It writes that worker's records, then

    family  how many pairs of a family go which way in one step, to first order
    pick    a pair that goes one way clearly: role A (up, down), B (down, down),
            bonus (up, up); rank 1 is the clearest
    end     the seconds it took, or `error` with one sentence

Directions are those of the Gram matrix (Rafailov et al. 2023, §4), in one SGD step from
the reference. Of a pair alone, a change below `flat` times its larger one is flat.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from drillbox.reference import gradients, make_tiny, pairs, training
from drillbox.reference.templates import Template, templates
from drillbox.reference.tiny import save
from drillbox.words import choose

Record = dict[str, Any]
ROLES = {"A": "up down", "B": "down down", "bonus": "up up"}
WAYS = ("up down", "down down", "up up", "flat")
RANKS = 3
CLEAR = 0.003  # nats: the smaller change of a pick is more than this,
SMALL = 0.12  # and the larger one is less, so that curvature decides nothing


@dataclass(frozen=True, slots=True)
class Found:
    """A pair of the templates. way: one of WAYS. moves: to first order, nats."""

    template: Template
    way: str
    gram: list[list[float]]
    moves: tuple[float, float]

    @property
    def clarity(self) -> float:
        """The smaller change as a part of the larger one."""
        small, large = sorted(map(abs, self.moves))
        return small / large if large else 0.0

    @property
    def clear(self) -> bool:
        """Neither too small to be seen nor too large for first order."""
        small, large = sorted(map(abs, self.moves))
        return small > CLEAR and large < SMALL


def search(run: pairs.Run, flat: float) -> Iterator[Found]:
    """Every pair of the templates, by its Gram matrix under the reference."""
    beta, lr = run.beta, run.request["lr"]
    target = run.request.get("target")
    # Nothing stands between prompt and answer of a directory's model.
    space = " " if "directory" in run.request else ""
    for template in templates():
        _, prompt, *answers = template
        texts = (prompt, *(f"{space}{answer}" for answer in answers))
        gram = training.gram(run.reference, run.batch([texts]))
        if target is not None:
            lr = pairs.rate_for(target, gram, beta / 2)
        moves = gradients.first_order(gram[None], torch.zeros(1).double(), beta, lr)
        chosen, rejected = moves[0].tolist()
        way = way_of(chosen, rejected, flat)
        yield Found(template, way, gram.tolist(), (chosen, rejected))


def way_of(chosen: float, rejected: float, flat: float) -> str:
    """up down, down down or up up; flat if one of both hardly moves."""
    if min(abs(chosen), abs(rejected)) <= flat * max(abs(chosen), abs(rejected)):
        return "flat"
    return " ".join("up" if move > 0 else "down" for move in (chosen, rejected))


def exchanged(found: Found) -> Found:
    """The pair with its labels exchanged: at margin 0 the same step, turned round."""
    family, prompt, chosen, rejected = found.template
    (ww, wl), (_, ll) = found.gram
    turned = {"up up": "down down", "down down": "up up"}
    return Found(
        (family, prompt, rejected, chosen),
        turned.get(found.way, found.way),
        [[ll, wl], [wl, ww]],
        (-found.moves[1], -found.moves[0]),
    )


def told(found: list[Found]) -> Iterator[Record]:
    """The counts of each family and of all, then the picks; the bonus from both ways
    to label a pair."""
    families = dict.fromkeys(one.template[0] for one in found)
    for family in (*families, "all"):
        ways = Counter(o.way for o in found if family in ("all", o.template[0]))
        counts = {way.replace(" ", "_"): ways[way] for way in WAYS}
        yield {"type": "family", "family": family, "pairs": ways.total(), **counts}
    for role, way in ROLES.items():
        both = [*found, *map(exchanged, found)] if role == "bonus" else found
        right = [one for one in both if one.way == way and one.clear]
        ranked = sorted(right, key=lambda one: -one.clarity)
        for rank, one in enumerate(ranked[:RANKS], 1):
            yield _pick(role, rank, one)


def _pick(role: str, rank: int, found: Found) -> Record:
    names = ("family", "prompt", "chosen", "rejected")
    texts = dict(zip(names, found.template, strict=True))
    numbers = {"gram": found.gram, "first_order": list(found.moves)}
    return {"type": "pick", "role": role, "rank": rank, **texts, **numbers}


def records(request: Mapping[str, Any], folder: Path) -> Iterator[Record]:
    """The run's records, then those of the search, on the checkpoint asked for."""
    asked = dict(request["run"])
    if request["seed"] is not None:
        path = folder / "tiny.safetensors"
        with redirect_stdout(sys.stderr):  # its progress is no record
            model, words = make_tiny.make(make_tiny.STEPS, request["seed"])
        asked |= {"checkpoint": str(path), "sha256": save(model, words, path)}
    run = pairs.Run(asked)
    yield from run.records()
    yield from told(list(search(run, request["flat"])))


def answer(request: Mapping[str, Any]) -> Iterator[Record]:
    """Every record of a request, the last one `end` or `error`."""
    began = time.perf_counter()
    try:
        with TemporaryDirectory() as folder:
            yield from records(request, Path(folder))
    except pairs.ERRORS as error:
        yield {"type": "error", "error": str(error)}
    else:
        yield {"type": "end", "seconds": round(time.perf_counter() - began, 3)}


def main() -> None:
    """Answer the one request on standard input."""
    choose()
    torch.set_num_threads(1)
    for record in answer(json.loads(sys.stdin.readline())):
        sys.stdout.write(json.dumps(record, allow_nan=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
