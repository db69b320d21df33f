"""The shipped model made again: its hash, and how many sums it has right."""

import os
from collections.abc import Generator
from contextlib import closing
from tempfile import TemporaryDirectory

from drillbox.lab.run import SHA256, LabError, Record, heard
from drillbox.words import N_, _

WORKER = "drillbox.reference.remake"
DEADLINE_S = 600.0
STEPS, SEED = 800, 0  # as it was made
BROKEN = N_("the model was not made: {error}")


def remade(
    path: str | None = None, steps: int = STEPS, seed: int = SEED
) -> Generator[Record, None, None]:
    """The records of reference/remake.py; of `made` also whether it is `as_shipped`.

    path: where the model is written; None keeps none. LabError: at once for a file that
    is there already, later where it cannot be made or written.
    """
    if path is not None and os.path.lexists(path):
        said = _("{path} is there already; name another file")
        raise LabError(said.format(path=path))
    return _records(path, steps, seed)


def _records(path: str | None, steps: int, seed: int) -> Generator[Record, None, None]:
    with TemporaryDirectory() as folder:
        file = os.path.abspath(path or os.path.join(folder, "tiny.safetensors"))
        asked = {"path": file, "steps": steps, "seed": seed}
        said = heard(WORKER, asked, deadline_s=DEADLINE_S, broken=BROKEN)
        with closing(said):
            yield from map(_known, said)


def _known(record: Record) -> Record:
    if record["type"] == "made":
        record |= {"as_shipped": record["sha256"] == SHA256}
    return record
