"""What the workers of the runs share: one request in, one record a line out.

A worker is a program (`python -m drillbox.reference.worlds_…`). It reads

    {"run", "settings", "seed", "device", "checkpoint", "sha256"}

as a line of JSON and writes the header, its own records, then `end` with the seconds
since the request was read, or `error` with one sentence instead of what would follow.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch

from drillbox.reference import room
from drillbox.words import choose

Request = Mapping[str, Any]
Record = dict[str, Any]


class WorldError(Exception):
    """The run cannot go on; one sentence."""


def header(request: Request, device: str = "cpu") -> Record:
    """The first record: what was asked for and what the run stands on."""
    return {
        "type": "header",
        "run": request["run"],
        "seed": request["seed"],
        "settings": request["settings"],
        "device": device,
        "dtype": "float64",
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }


def answer(
    request: Request, records: Callable[[Request], Iterator[Record]]
) -> Iterator[Record]:
    """Every record of a request, the last one `end` or `error`."""
    began = time.perf_counter()
    try:
        yield from records(request)
    except (WorldError, room.RoomError) as error:
        yield {"type": "error", "error": str(error)}
    except RuntimeError as error:
        told = room.sentence(error, request["device"])
        if not told:
            raise
        yield {"type": "error", "error": told}
    else:
        yield {"type": "end", "seconds": round(time.perf_counter() - began, 3)}


def serve(records: Callable[[Request], Iterator[Record]]) -> None:
    """Answer the one request on standard input."""
    choose()
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # for equal bits
    torch.set_num_threads(1)
    for record in answer(json.loads(sys.stdin.readline()), records):
        sys.stdout.write(json.dumps(record, allow_nan=False) + "\n")
        sys.stdout.flush()
