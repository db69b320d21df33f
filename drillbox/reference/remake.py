"""The worker that makes the shipped model again and looks at what it can.

It reads {"steps", "seed", "path"} as a line of JSON and writes, a line each,

    progress  step, and its loss, nats per word
    made      sha256, parameters, words; right: of the `of` sums, greedily
    end       seconds of the clock, cpu_seconds of this process
"""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from drillbox.reference import corpus, make_tiny
from drillbox.reference.sampling import sample
from drillbox.reference.tiny import SEP, TinyLM, Vocabulary, load, save
from drillbox.words import _, choose

MOST = 12  # words of an answer


def sums_right(model: TinyLM, words: Vocabulary) -> tuple[int, int]:
    """How many of the hundred sums of two digits it says right, word by word."""
    sums = [(a, b) for a in range(10) for b in range(10)]
    asked = [[*words.encode(corpus.sum_question(*one)), SEP] for one in sums]
    said = sample(model, asked, MOST, torch.Generator(), 0.0)
    rows = zip(said.ids, said.mask, strict=True)
    answers = [words.decode(row[mask].tolist()) for row, mask in rows]
    wanted = [corpus.sum_answer(a, b, a + b) for a, b in sums]
    return sum(map(str.__eq__, answers, wanted)), len(sums)


def made(request: Mapping[str, Any]) -> dict[str, Any]:
    """Make it, write it, and look at it as it is when it is read again, in float16."""
    path = Path(request["path"])
    model, words = make_tiny.make(request["steps"], request["seed"], progress)
    digest = save(model, words, path)
    model, words = load(path, digest)
    right, count = sums_right(model, words)
    parameters = sum(p.numel() for p in model.parameters())
    size = {"parameters": parameters, "words": len(words.words)}
    return {"type": "made", "sha256": digest, **size, "right": right, "of": count}


def progress(step: int, loss: float) -> None:
    """Say how far it is."""
    write({"type": "progress", "step": step, "loss": loss})


def write(record: Mapping[str, Any]) -> None:
    """One line."""
    sys.stdout.write(json.dumps(record, allow_nan=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Answer the one request on standard input."""
    choose()
    torch.set_num_threads(1)
    request = json.loads(sys.stdin.readline())
    began, used = time.perf_counter(), time.process_time()
    try:
        write(made(request))
    except OSError as error:
        said = _("cannot write {path}: {why}")
        sentence = said.format(path=request["path"], why=error.strerror)
        write({"type": "error", "error": sentence})
        return
    seconds = time.perf_counter() - began, time.process_time() - used
    write({"type": "end", "seconds": seconds[0], "cpu_seconds": seconds[1]})


if __name__ == "__main__":
    main()
