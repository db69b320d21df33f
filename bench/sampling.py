"""Sampling with kept keys and values against the whole text again for every word.

A model of the shipped shape, untrained, with room for answers of 64 words behind
prompts of 8. Both ways draw from the same random numbers. CPU seconds on one thread.
"""

import statistics
import sys
import time
from collections.abc import Callable

import torch
from bound import code, held

from drillbox.reference.sampling import sample
from drillbox.reference.tiny import SEP, Shape, TinyLM

WORDS = 64
PROMPT = [5, 6, 7, 8, 9, 10, 11, SEP]
BOUND = 1 / 8
RUNS = 15


def main() -> int:
    """Print the medians; MISSED if keeping saves too little."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = TinyLM(Shape(words=152, length=len(PROMPT) + WORDS))
    return code(*(within(model, rows) for rows in (16, 64)))


def within(model: TinyLM, rows: int) -> bool:
    """Is it fast enough with so many rows?"""
    prompts = [PROMPT] * rows
    kept, again = [], []
    for seed in range(RUNS + 1):
        kept.append(spent(lambda g: sample(model, prompts, WORDS, g), seed))
        again.append(spent(lambda g: whole_texts(model, prompts, g), seed))
    one, other = statistics.median(kept[1:]), statistics.median(again[1:])
    print(
        f"  {rows} answers: kept {one * 1000:.0f} ms, not kept {other * 1000:.0f} ms, "
        f"{other / one:.1f} times as long; medians of {RUNS}"
    )
    return held(f"sampling {rows} answers of {WORDS} words", one / other, BOUND)


def spent(draw: Callable[[torch.Generator], object], seed: int) -> float:
    """CPU seconds of one drawing."""
    generator = torch.Generator().manual_seed(seed)
    begin = time.process_time()
    draw(generator)
    return time.process_time() - begin


@torch.inference_mode()
def whole_texts(
    model: TinyLM, prompts: list[list[int]], generator: torch.Generator
) -> torch.Tensor:
    """The answers as a model without a cache writes them."""
    ids = torch.tensor(prompts)
    for _ in range(WORDS):
        shares = torch.softmax(model(ids)[:, -1], -1)
        ids = torch.cat((ids, torch.multinomial(shares, 1, generator=generator)), 1)
    return ids


if __name__ == "__main__":
    sys.exit(main())
