"""Answers drawn from the tiny model word by word, each word computed once.

A place never looks ahead, so its keys and values stay what they are while the text
grows: they are kept, and each new word costs one place instead of the whole text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from drillbox.reference.tiny import END, PAD, Block, TinyLM


@dataclass(frozen=True, slots=True)
class Answers:
    """B texts in rows: ids and mask (B, T), True on the answer and its end."""

    ids: Tensor
    mask: Tensor


class Cache:
    """Keys and values of every block, (B, H, S, C) each; S places, filled as we go."""

    def __init__(self, model: TinyLM, rows: int, places: int) -> None:
        shape, like = model.shape, model.words.weight
        size = (rows, shape.heads, places, shape.width // shape.heads)
        self.blocks = [
            (like.new_zeros(size), like.new_zeros(size)) for _ in model.blocks
        ]

    def write(
        self, at: int, places: Tensor, k: Tensor, v: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Put (B, H, T, C) at the places (B, T) of a block; all it holds by now."""
        where = places[:, None, :, None].expand_as(k)
        keys, values = self.blocks[at]
        return keys.scatter_(2, where, k), values.scatter_(2, where, v)


def cached_logits(model: TinyLM, ids: Tensor, places: Tensor, cache: Cache) -> Tensor:
    """Logits (B, T, V) of words ids (B, T) that stand at places (B, T), 0 first.

    What stands before them must be in the cache; they are put there too. A place looks
    at no later one, so what the cache holds behind it counts nothing.
    """
    x = model.words(ids) + model.places(places)
    seats = torch.arange(cache.blocks[0][0].shape[2], device=ids.device)
    hidden = (seats > places[..., None])[:, None]
    for at, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        q, k, v = block.project(x)
        x = block.think(x + block.attend(q, *cache.write(at, places, k, v), hidden))
    return model.logits(x)


@torch.no_grad()
def sample(
    model: TinyLM,
    prompts: Sequence[Sequence[int]],
    most: int,
    generator: torch.Generator,
    temperature: float = 1.0,
) -> Answers:
    """One answer to each prompt, of up to `most` words, its end among them.

    prompts: word numbers, with what ends a prompt. temperature: the logits are divided
    by it; 0 takes the likeliest word. A text that fills the model's context is cut off
    there, without an end. The generator is one of the model's device.
    """
    device = model.words.weight.device
    sizes = torch.tensor([len(p) for p in prompts], device=device)
    width = min(int(sizes.max()) + most, model.shape.length)
    ids = torch.full((len(prompts), width), PAD, device=device)
    for row, prompt in zip(ids, prompts, strict=True):
        row[: len(prompt)] = torch.tensor(prompt, device=device)
    ends = _write(model, ids, sizes, most, (generator, temperature))
    seats = torch.arange(width, device=device)
    mask = (seats >= sizes[:, None]) & (seats < ends[:, None])
    longest = int(ends.max())
    return Answers(ids[:, :longest], mask[:, :longest])


def _write(
    model: TinyLM,
    ids: Tensor,
    sizes: Tensor,
    most: int,
    how: tuple[torch.Generator, float],
) -> Tensor:
    """Fill the rows from their sizes on, in place; where each of them ends."""
    rows, width = ids.shape
    cache, every = Cache(model, rows, width), torch.arange(rows, device=ids.device)
    start = int(sizes.max())
    seats = torch.arange(start, device=ids.device).expand(rows, -1)
    logits = cached_logits(model, ids[:, :start], seats, cache)[every, sizes - 1]
    ends, going = sizes.clone(), sizes < width
    for _ in range(most):
        words = _drawn(logits, *how)
        ids[every[going], ends[going]] = words[going]
        last = ends.clamp(max=width - 1)
        ends = ends + going.long()
        going = going & (words != END) & (ends < width)
        if not going.any():
            break
        logits = cached_logits(model, ids[every, last][:, None], last[:, None], cache)[
            :, 0
        ]
    return ends


def _drawn(logits: Tensor, generator: torch.Generator, temperature: float) -> Tensor:
    """One word a row: (B, V) to (B,)."""
    if temperature == 0:
        return logits.argmax(-1)
    shares = torch.softmax(logits / temperature, -1)
    return torch.multinomial(shares, 1, generator=generator)[:, 0]
