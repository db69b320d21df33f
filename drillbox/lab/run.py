"""The runs there are, and starting one.

A run's worker streams records (dicts that are JSON objects) with a `type`:

    header  run, beta, lr, steps, dtype, device, threads, sha256 of the model, …
    pair    one pair before any step: log-probs, margin, weight, norms, Gram matrix
    step    pair, step, logp_chosen, logp_rejected, margin, weight, loss
    replay  of a float32 run: a pair again in float64, step1 and last, its changes
    end     seconds

Log-probs, margins and losses are in nats.
"""

import difflib
import math
import os
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any

from drillbox.errors import DrillboxError
from drillbox.lab.recipe import PairRun
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.words import N_, _
from drillbox.workers.stream import Warm, WorkerError, stream

Record = dict[str, Any]

CHECKPOINT = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "tiny.safetensors"
)
# The directions of the pairs belong to these very weights (reference/make_tiny.py).
SHA256 = "77a97597901eb6b3111d684ec33e8dda6d536bab377cda6e8d5f38f54b763e68"

DEVICES = ("auto", "cpu", "cuda")
DTYPES = ("float32", "float64")
# The smallest step whose changes are well above the rounding of a log-prob of −20 nats.
LEAST_LR = {"float32": 1e-6, "float64": 1e-12}
WORKER = "drillbox.reference.pairs"
DEADLINE_S = 180.0
MOST_THREADS = 64
BROKEN = N_("the run broke off: {error}; run it again")


class LabError(DrillboxError):
    """A run cannot be started, predicted or finished; one sentence."""


class StoppedError(LabError):
    """The learner ended it before it could run."""

    exit_code = 130


def runs() -> tuple[PairRun, ...]:
    """Every run, in the order of the path."""
    return (THREE_PAIRS,)


def find(name: str) -> PairRun:
    """The run with this id; LabError names the nearest one."""
    known = {run.id: run for run in runs()}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1, 0.4)
    raise LabError(no_run(name, known, near))


def no_run(name: str, known: Iterable[str], near: Sequence[str]) -> str:
    """That there is no such run, with the nearest or all that there are."""
    said = _("no run is called {name}; there is: {known}")
    if near:
        said = _("no run is called {name}; did you mean {known}?")
    return said.format(name=repr(name), known=near[0] if near else ", ".join(known))


def worker_of(threads: int = 1) -> Warm:
    """What starts a run's worker ahead (`start`) and ends it (`close`)."""
    return Warm(WORKER, threads)


def start(
    name: str,
    *,
    device: str = "auto",
    dtype: str = "float32",
    threads: int = 1,
    lr: float | None = None,
    seed: int | None = None,
    warm: Warm | None = None,
) -> Generator[Record, None, None]:
    """Run it in a worker process and yield its records as they come.

    lr: another step size than the run's. seed: another order of the warm-up. warm: a
    `worker_of` these threads; closing that ends the run without an error. Closing the
    generator ends the worker. Raises LabError: at once for what cannot be met, later
    for a run that breaks off.
    """
    run = find(name)
    check(device, dtype, threads, run.lr if lr is None else lr)
    asked = request(run, device=device, dtype=dtype, lr=lr, seed=seed)
    return follow(run, asked, threads, warm)


def start_after(
    name: str,
    *,
    device: str = "auto",
    dtype: str = "float32",
    threads: int = 1,
    lr: float | None = None,
    seed: int | None = None,
    warm: Warm | None = None,
) -> Generator[Record, None, None]:
    """The same pairs by Adam and in one batch: records `other`. As for `start`."""
    run = find(name)
    check(device, dtype, threads, run.lr if lr is None else lr)
    asked = request(run, device=device, dtype=dtype, lr=lr, seed=seed)
    asked["joint"] = [pair.pair for pair in run.pairs if not pair.bonus]
    return follow(run, asked, threads, warm)


def check(device: str, dtype: str, threads: int, lr: float) -> None:
    """LabError for what no run can be made with."""
    if device not in DEVICES:
        none = _("no device is called {device}; write auto, cpu or cuda")
        raise LabError(none.format(device=repr(device)))
    if dtype in ("bf16", "bfloat16"):
        coarse = _(
            "a run cannot use bfloat16: log-probs near −4 are 0.03 nats apart in it, "
            "and the first step moves pair A by 0.004; write float32 or float64"
        )
        raise LabError(coarse)
    if dtype not in DTYPES:
        other = _("a run cannot use {dtype}; write float32 or float64")
        raise LabError(other.format(dtype=repr(dtype)))
    if not 1 <= threads <= MOST_THREADS:
        many = _("a run cannot use {n} threads; write 1 to {most}")
        raise LabError(many.format(n=threads, most=MOST_THREADS))
    if not (math.isfinite(lr) and lr > 0):
        size = _("a step size cannot be {lr}; write one above 0, such as 1e-5")
        raise LabError(size.format(lr=f"{lr:g}"))
    if lr < LEAST_LR[dtype]:
        raise LabError(_lost(lr, dtype))


def _lost(lr: float, dtype: str) -> str:
    said = _(
        "a step of size {lr} is lost in the rounding of {dtype}; write {least} or more"
    )
    if dtype == "float32":
        said = _(
            "a step of size {lr} is lost in the rounding of {dtype}; write {least} or "
            "more or take --dtype float64"
        )
    return said.format(lr=f"{lr:g}", dtype=dtype, least=f"{LEAST_LR[dtype]:g}")


def request(
    run: PairRun,
    *,
    device: str = "auto",
    dtype: str = "float32",
    lr: float | None = None,
    steps: int | None = None,
    seed: int | None = None,
) -> dict[str, Any]:
    """What the worker is asked. seed: another order of the warm-up than the run's."""
    warm = asdict(run.warm)
    parts = ("pair", "start", "prompt", "chosen", "rejected")
    return {
        "checkpoint": CHECKPOINT,
        "sha256": SHA256,
        "device": device,
        "dtype": dtype,
        "beta": run.beta,
        "lr": run.lr if lr is None else lr,
        "steps": run.steps if steps is None else steps,
        "warm": warm if seed is None else {**warm, "seed": seed},
        "pairs": [
            {part: getattr(pair, part) for part in parts} | dict(pair.messages or {})
            for pair in run.pairs
        ],
    }


def follow(
    run: PairRun,
    asked: dict[str, Any],
    threads: int,
    warm: Warm | None,
    deadline_s: float | None = None,
) -> Generator[Record, None, None]:
    """The records of a `request`, as they come; LabError if they break off, or take
    longer than `deadline_s` (None: DEADLINE_S), seconds."""
    longest = DEADLINE_S if deadline_s is None else deadline_s
    said = heard(WORKER, asked, deadline_s=longest, threads=threads, warm=warm)
    with closing(said):
        for record in said:
            yield record | ({"run": run.id} if record["type"] == "header" else {})


def heard(
    worker: str,
    asked: Mapping[str, Any],
    *,
    deadline_s: float,
    threads: int = 1,
    warm: Warm | None = None,
    broken: str = BROKEN,
) -> Generator[Record, None, None]:
    """The records of a worker as they come: the one loop that reads them.

    LabError for its record `error`, and where it breaks off: `broken`, with what
    happened in the place of {error}. Closing the generator ends the worker.
    """
    said = stream(worker, asked, deadline_s=deadline_s, threads=threads, warm=warm)
    with closing(said):
        try:
            for record in said:
                if record["type"] == "error":
                    raise LabError(record["error"])
                yield record
        except WorkerError as error:
            raise LabError(_(broken).format(error=error)) from None
