"""The runs there are, and starting one in a worker process.

Its records are dicts that are JSON objects with a `type`; the first is the header (the
run, its settings, seed, device, dtype, threads, version of torch), the last is `end`
(seconds, without the start of Python and torch).
"""

import difflib
from collections.abc import Generator, Mapping
from typing import Any

from drillbox.lab.beta import BETA
from drillbox.lab.fit_preferences import FIT_PREFERENCES
from drillbox.lab.four_models import FOUR_MODELS
from drillbox.lab.general import Record, Run, Value
from drillbox.lab.gram import GRAM
from drillbox.lab.leash import LEASH
from drillbox.lab.length import LENGTH
from drillbox.lab.partition import PARTITION
from drillbox.lab.run import (
    CHECKPOINT,
    DEADLINE_S,
    SHA256,
    LabError,
    heard,
    no_run,
    runs,
)
from drillbox.lab.shift import SHIFT
from drillbox.lab.step import STEP
from drillbox.lab.tabular import TABULAR
from drillbox.lab.variants import VARIANTS
from drillbox.words import _
from drillbox.workers.stream import Warm

MOST_SEED = 2**63 - 1


def general_runs() -> tuple[Run, ...]:
    """Every run, in the order of the path."""
    first = (FOUR_MODELS, FIT_PREFERENCES, LEASH, TABULAR, PARTITION, GRAM)
    return (*first, STEP, SHIFT, LENGTH, BETA, VARIANTS)


def find(name: str) -> Run | None:
    """The run with this id; None for a run on pairs; LabError for no run."""
    for one in general_runs():
        if one.id == name:
            return one
    names = [*(one.id for one in general_runs()), *(run.id for run in runs())]
    if name in names:
        return None
    near = difflib.get_close_matches(name, names, 1, 0.4)
    raise LabError(no_run(name, names, near))


def worker_of(run: Run) -> Warm:
    """What starts a worker of the run ahead (`start`) and ends it (`close`)."""
    return Warm(run.worker)


def begin(
    run: Run,
    values: Mapping[str, Value],
    *,
    device: str = "auto",
    seed: int = 0,
    warm: Warm | None = None,
) -> Generator[Record, None, None]:
    """Run it on one thread and yield its records as they come.

    values: of every setting (setting.chosen). warm: its `worker_of`; closing that ends
    the run without an error. Closing the generator ends the worker. Raises LabError: at
    once for what cannot be met, later for a run that breaks off. The run `step`, which
    has no worker of its own, is begun by session/runs.py, and so can any other be.
    """
    asked = request(run, values, device=device, seed=seed)
    return heard(run.worker, asked, deadline_s=DEADLINE_S, warm=warm)


def request(
    run: Run, values: Mapping[str, Value], *, device: str, seed: int
) -> dict[str, Any]:
    """What its worker is asked. LabError for what cannot be met."""
    if not 0 <= seed <= MOST_SEED:
        said = _("a seed cannot be {n}; write a whole number, 0 or more")
        raise LabError(said.format(n=seed))
    return {
        "run": run.id,
        "settings": dict(values),
        "seed": seed,
        "device": _device(run, device),
        "checkpoint": CHECKPOINT,
        "sha256": SHA256,
    }


def _device(run: Run, wish: str) -> str:
    if wish not in (*run.devices, "auto"):
        said = _("{run} runs on {devices} alone, not on {other}; leave --device out")
        devices = _(" or ").join(run.devices)
        raise LabError(said.format(run=run.id, devices=devices, other=repr(wish)))
    return "cpu" if run.devices == ("cpu",) else wish
