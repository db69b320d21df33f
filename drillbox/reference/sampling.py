"""Answers drawn from the tiny model word by word, each word computed once.

A place never looks ahead, so its keys and values stay what they are while the text
grows: they are kept, and each new word costs one place instead of the whole text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import embedding, gelu

from drillbox.reference.tiny import END, PAD, Block, TinyLM, ahead


@dataclass(frozen=True, slots=True)
class Answers:
    """B texts in rows: ids and mask (B, T), True on the answer and its end."""

    ids: Tensor
    mask: Tensor


class Layer:
    """A block, ready for one place at a time: its weights transposed once, and what it
    keeps of the places before, keys and values together: (2, B, H, S, C).

    With so few rows the time goes by operations, not by sums: modules cost as much as
    what they call, and a view as much as a sum. So a block is written out here again.
    """

    def __init__(self, block: Block, rows: int, seats: int) -> None:
        wide, width = block.qkv.weight.shape
        heads, channels = block.heads, width // block.heads
        like = block.qkv.weight
        self.split = (rows, wide // width, heads, channels)
        self.alone = (rows * heads, 1, channels)
        self.kept = like.new_empty(2, rows, heads, seats, channels)
        self.keys, self.values = self.kept[0].flatten(0, 1), self.kept[1].flatten(0, 1)
        self.scale = channels**-0.5
        self.norms = [
            (norm.normalized_shape, norm.weight, norm.bias, norm.eps)
            for norm in (block.norm_attention, block.norm_network)
        ]
        self.qkv, self.out = block.qkv.weight.T, block.out.weight.T
        self.widen = block.widen.bias, block.widen.weight.T
        self.narrow = block.narrow.bias, block.narrow.weight.T

    def read(self, x: Tensor, seat: int, hidden: Tensor) -> Tensor:
        """One more place, (B, D) to (B, D); hidden: (B·H, 1, seat + 1)."""
        split = torch.mm(torch.layer_norm(x, *self.norms[0]), self.qkv).view(self.split)
        self.kept[:, :, :, seat] = split[:, 1:].transpose(0, 1)
        q = split[:, 0].reshape(self.alone)
        keys, values = self.keys[:, : seat + 1], self.values[:, : seat + 1]
        scores = torch.baddbmm(hidden, q, keys.transpose(1, 2), alpha=self.scale)
        mixed = torch.bmm(scores.softmax(-1), values).view(x.shape)
        x = x + torch.mm(mixed, self.out)
        (bias, wide), (other, narrow) = self.widen, self.narrow
        more = gelu(torch.addmm(bias, torch.layer_norm(x, *self.norms[1]), wide))
        return x + torch.addmm(other, more, narrow)


class Cache:
    """The layers of a model, and S seats for the places that they keep.

    All rows take a seat together, so that nothing has to be sorted in. A prompt shorter
    than the longest leaves seats empty between itself and its answer; `hidden`, (B·H,
    1, S), is −∞ there and 0 elsewhere.
    """

    def __init__(self, model: TinyLM, sizes: Tensor, seats: int) -> None:
        """sizes: the words of each row's prompt, (B,)."""
        self.layers = [
            Layer(block, len(sizes), seats)
            for block in model.blocks
            if isinstance(block, Block)
        ]
        self.taken = 0
        every = torch.arange(seats, device=sizes.device)
        empty = (every >= sizes[:, None]) & (every < sizes.max())
        rows = model.words.weight.new_zeros(empty.shape).masked_fill_(empty, -torch.inf)
        self.hidden = rows.repeat_interleave(model.shape.heads, 0)[:, None]


def read_prompts(model: TinyLM, prompts: Tensor, cache: Cache) -> Tensor:
    """The model's logits (B, T, V) of prompts (B, T), padded on the right.

    Their keys and values are put into the cache, which must be empty. A prompt that
    several rows have is read once.
    """
    time = prompts.shape[1]
    each, which = torch.unique(prompts, dim=0, return_inverse=True)
    x = model.words(each) + model.places.weight[:time]
    future = ahead(x)
    for block, layer in zip(model.blocks, cache.layers, strict=True):
        assert isinstance(block, Block)
        q, k, v = block.project(x)
        layer.kept[0, :, :, :time] = k[which]
        layer.kept[1, :, :, :time] = v[which]
        x = block.think(x + block.attend(q, k, v, future))
    cache.taken = time
    return model.logits(x)[which]


def read_words(model: TinyLM, words: Tensor, places: Tensor, cache: Cache) -> Tensor:
    """Logits (B, V) of one more word a row, at places, both (B,); 0 is the first place.

    What stands before them must be in the cache; they are put there too.
    """
    x = embedding(words, model.words.weight) + embedding(places, model.places.weight)
    hidden = cache.hidden[..., : cache.taken + 1]
    for layer in cache.layers:
        x = layer.read(x, cache.taken, hidden)
    cache.taken += 1
    return model.logits(x)


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
    words = prompts.new_full((most, rows), PAD)
    places = sizes + torch.arange(most, device=prompts.device)[:, None]
    beyond = places >= length  # what has no place in the context
    places.clamp_(max=length - 1)
    over = beyond[0].clone()
    for at in range(most):
        words[at] = new = _drawn(logits, *how)
        over |= new == END
        if at + 1 == most or (over | beyond[at + 1]).all():
            break
        logits = read_words(model, new, places[at], cache)
    ended = words == END
    said = (ended.cumsum(0) == ended) & ~beyond
    return words.masked_fill_(~said, PAD).T, sizes + said.sum(0)


def _drawn(logits: Tensor, generator: torch.Generator, temperature: float) -> Tensor:
    """One word a row: (B, V) to (B,).

    A race: word i arrives after an exponential time of rate π_i, and is the first with
    probability π_i. torch.multinomial does the same and looks for mistakes first.
    """
    if temperature == 0:
        return logits.argmax(-1)
    shares = torch.softmax(logits if temperature == 1 else logits / temperature, -1)
    times = torch.empty_like(shares).exponential_(generator=generator)
    return shares.div_(times).argmax(-1)
