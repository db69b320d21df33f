"""Make the character model: `python -m drillbox.reference.make_characters FILE`.

It learns from the corpus of the word model, a character at a time, for two to three
minutes on one thread. The same seed, torch and processor give the same bits; the
weights are shipped with their hash, because another processor may round differently.

A batch has texts of like length, so that little of it is padding: POOL batches are
drawn together, sorted by length, cut, and taken in a random order.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import torch
from torch import nn

from drillbox.reference import corpus
from drillbox.reference.characters import Alphabet
from drillbox.reference.make_tiny import next_word_loss, rate
from drillbox.reference.tiny import Shape, TinyLM, batch, save
from drillbox.reference.training import adamw

STEPS = 1700
BATCH = 32
POOL = 16
SEED = 0
WIDTH, LAYERS, HEADS, LENGTH = 96, 3, 4, 192


def batches(random: Random, size: int) -> Iterator[list[corpus.Text]]:
    """Batches of `size` texts of like length, without end."""
    while True:
        texts = [corpus.draw(random) for _ in range(POOL * size)]
        texts.sort(key=lambda text: len(text[0]) + len(text[1]))
        cut = [texts[at : at + size] for at in range(0, len(texts), size)]
        random.shuffle(cut)
        yield from cut


def make(steps: int, seed: int, size: int = BATCH) -> tuple[TinyLM, Alphabet]:
    """A model trained for `steps` steps of `size` texts from this seed."""
    letters = Alphabet()
    torch.manual_seed(seed)
    shape = Shape(len(letters.words), WIDTH, LAYERS, HEADS, LENGTH)
    model = TinyLM(shape)
    optimizer = adamw(model, 0.0)
    drawn = batches(Random(seed + 1), size)
    for step in range(steps):
        ids, _ = batch(letters, next(drawn))
        optimizer.param_groups[0]["lr"] = rate(step, steps)
        optimizer.zero_grad()
        loss = next_word_loss(model, ids)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % 100 == 0 or step == steps - 1:
            print(f"step {step}: {loss.item():.4f} nats per character", flush=True)
    return model, letters


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the model and write it; prints the hash that the runs must name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--batch", type=int, default=BATCH)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    model, letters = make(options.steps, options.seed, options.batch)
    parameters = sum(p.numel() for p in model.parameters())
    digest = save(model, letters, options.file)
    print(f"{parameters} parameters, {len(letters.words)} characters, SHA-256 {digest}")


if __name__ == "__main__":
    main()
