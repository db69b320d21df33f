"""Make the tiny model: `python -m drillbox.reference.make_tiny FILE`, or, with a look
at its sums, `drillbox lab remake`.

About half a minute on one thread. The same seed, torch and processor give the same
bits; another processor may round differently, and then the directions of single pairs
may differ too. That is why the weights are shipped with their hash.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn

from drillbox.reference import corpus
from drillbox.reference.logprobs import token_logprobs
from drillbox.reference.tiny import PAD, Shape, TinyLM, Vocabulary, batch, save

STEPS = 800
BATCH = 64
PEAK_RATE = 3e-3
WARM_UP = 30
SEED = 0
TEXTS_FOR_WORDS = 20_000


def vocabulary() -> Vocabulary:
    """Every word the corpus can say."""
    random = Random(SEED)
    texts = (corpus.draw(random) for _ in range(TEXTS_FOR_WORDS))
    return Vocabulary.of(f"{prompt} {answer}" for prompt, answer in texts)


def next_word_loss(model: TinyLM, ids: Tensor) -> Tensor:
    """The mean −log π of every next word, prompts too: (B, T) to a scalar, nats."""
    real = ids[:, 1:] != PAD
    return -token_logprobs(model(ids), ids)[real].mean()


def rate(step: int, steps: int) -> float:
    """The learning rate at a step: up over WARM_UP steps, then down in a line."""
    return PEAK_RATE * min(1, (step + 1) / WARM_UP) * (1 - 0.95 * step / steps)


def make(
    steps: int, seed: int, told: Callable[[int, float], None] | None = None
) -> tuple[TinyLM, Vocabulary]:
    """A model trained for `steps` steps of BATCH texts from this seed.

    told: is called with the step and its loss, nats per word, every 50 steps.
    """
    words = vocabulary()
    torch.manual_seed(seed)
    random = Random(seed + 1)
    model = TinyLM(Shape(words=len(words.words)))
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.95), weight_decay=0.01
    )
    for step in range(steps):
        ids, _ = batch(words, [corpus.draw(random) for _ in range(BATCH)])
        optimizer.param_groups[0]["lr"] = rate(step, steps)
        optimizer.zero_grad()
        loss = next_word_loss(model, ids)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if told and (step % 50 == 0 or step == steps - 1):
            told(step, loss.item())
    return model, words


def printed(step: int, loss: float) -> None:
    """How far it is, for who made it from here."""
    print(f"step {step}: {loss:.4f} nats per word")


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the model and write it; prints the hash that the runs must name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    model, words = make(options.steps, options.seed, printed)
    parameters = sum(p.numel() for p in model.parameters())
    digest = save(model, words, options.file)
    print(f"{parameters} parameters, {len(words.words)} words, SHA-256 {digest}")


if __name__ == "__main__":
    main()
