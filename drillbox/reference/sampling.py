"""Answers drawn from the tiny model word by word, each word computed once.

A place never looks ahead, so its keys and values stay what they are while the text
grows: they are kept, and each new word costs one place instead of the whole text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from drillbox.reference.tiny import END, PAD, Block, TinyLM, ahead


@dataclass(frozen=True, slots=True)
class Answers:
    """B texts in rows: ids and mask (B, T), True on the answer and its end."""

    ids: Tensor
    mask: Tensor


class Cache:
    """Keys and values of every block, (B, H, S, C) each; S seats, taken from the left.

    All rows take a seat together, so that nothing has to be sorted in. A prompt shorter
    than the longest leaves seats empty between itself and its answer; `hidden`, (B·H,
    1, S), is −∞ there and 0 elsewhere.
    """

    def __init__(self, model: TinyLM, sizes: Tensor, seats: int) -> None:
        """sizes: the words of each row's prompt, (B,)."""
        shape, like = model.shape, model.words.weight
        size = (len(sizes), shape.heads, seats, shape.width // shape.heads)
        self.blocks = [
            (like.new_empty(size), like.new_empty(size)) for _ in model.blocks
        ]
        self.taken = 0
        every = torch.arange(seats, device=sizes.device)
        empty = (every >= sizes[:, None]) & (every < sizes.max())
        rows = like.new_zeros(empty.shape).masked_fill_(empty, -torch.inf)
        self.hidden = rows.repeat_interleave(shape.heads, 0)[:, None]

    def write(self, at: int, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Put (B, H, T, C) on the next T seats of a block; all it has, (B·H, S, C)."""
        keys, values = self.blocks[at]
        end = self.taken + k.shape[2]
        keys[:, :, self.taken : end] = k
        values[:, :, self.taken : end] = v
        return keys[:, :, :end].flatten(0, 1), values[:, :, :end].flatten(0, 1)


def read_prompts(model: TinyLM, prompts: Tensor, cache: Cache) -> Tensor:
    """The model's logits (B, T, V) of prompts (B, T), padded on the right.

    Their keys and values are put into the cache, which must be empty.
    """
    time = prompts.shape[1]
    x = model.words(prompts) + model.places.weight[:time]
    future = ahead(x)
    for at, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        q, k, v = block.project(x)
        cache.write(at, k, v)
        x = block.think(x + block.attend(q, k, v, future))
    cache.taken = time
    return model.logits(x)


def read_words(model: TinyLM, words: Tensor, places: Tensor, cache: Cache) -> Tensor:
    """Logits (B, V) of one more word a row, at places, both (B,); 0 is the first place.

    What stands before them must be in the cache; they are put there too.
    """
    x = model.words(words) + model.places(places)
    for at, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        # What block.project does, for one place: every operation counts here.
        split = block.qkv(block.norm_attention(x)).view(len(x), 3, block.heads, 1, -1)
        q, k, v = split.unbind(1)
        mixed = _looked_up(q.flatten(0, 1), *cache.write(at, k, v), cache.hidden)
        x = block.think(x + block.out(mixed.view(x.shape)))
    cache.taken += 1
    return model.logits(x)


def _looked_up(q: Tensor, keys: Tensor, values: Tensor, hidden: Tensor) -> Tensor:
    """Attention of one place, in as few operations as it can be had: (B·H, 1, C)."""
    seen, scale = hidden[..., : keys.shape[1]], q.shape[-1] ** -0.5
    scores = torch.baddbmm(seen, q, keys.transpose(1, 2), alpha=scale)
    return torch.bmm(scores.softmax(-1), values)


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
    longest = int(sizes.max())
    ids = torch.full((len(prompts), longest + most), PAD, device=device)
    for row, prompt in zip(ids, prompts, strict=True):
        row[: len(prompt)] = torch.tensor(prompt, device=device)
    with torch.inference_mode():  # less work for each of the many small operations
        how = (generator, temperature)
        words, ends = _written(model, ids[:, :longest], sizes, most, how)
    seats = torch.arange(longest + most, device=device)
    ids.scatter_(1, sizes[:, None] + seats[:most], words)
    mask = (seats >= sizes[:, None]) & (seats < ends[:, None])
    last = int(ends.max())
    return Answers(ids[:, :last], mask[:, :last])


def _written(
    model: TinyLM,
    prompts: Tensor,
    sizes: Tensor,
    most: int,
    how: tuple[torch.Generator, float],
) -> tuple[Tensor, Tensor]:
    """The words of the answers, (B, most), PAD behind them; the end of each text."""
    (rows, longest), length = prompts.shape, model.shape.length
    cache = Cache(model, sizes, longest + most)
    logits = read_prompts(model, prompts, cache)
    logits = logits[torch.arange(rows, device=prompts.device), sizes - 1]
    words = prompts.new_full((rows, most), PAD)
    ends, over = sizes.clone(), sizes >= length
    for at in range(most):
        new = _drawn(logits, *how).masked_fill_(over, PAD)
        words[:, at] = new
        ends += ~over
        over |= (new == END) | (ends >= length)
        if at + 1 == most or over.all():
            break
        logits = read_words(model, new, ends - 1, cache)
    return words, ends


def _drawn(logits: Tensor, generator: torch.Generator, temperature: float) -> Tensor:
    """One word a row: (B, V) to (B,).

    A race: word i arrives after an exponential time of rate π_i, and is the first with
    probability π_i. torch.multinomial does the same and looks for mistakes first.
    """
    if temperature == 0:
        return logits.argmax(-1)
    shares = torch.softmax(logits / temperature, -1)
    times = torch.empty_like(shares).exponential_(generator=generator)
    return shares.div_(times).argmax(-1)
