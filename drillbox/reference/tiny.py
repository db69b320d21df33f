"""A language model small enough to ship: words in, the next word's scores out.

A pre-norm transformer decoder with tied embeddings (Vaswani et al. 2017; Radford et al.
2019), about 110,000 parameters, made by drillbox.reference.make_tiny. Attention is
written out: the same sums in the same order on every device.
"""

import hashlib
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from drillbox.words import _

PAD, END, SEP = 0, 1, 2
SPECIAL = ("<pad>", "<end>", "<sep>")


class CheckpointError(Exception):
    """The file is not the model that was asked for; one sentence."""


class UnknownWordError(Exception):
    """A text has a word that the model never saw; one sentence names it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model: words, width, layers, heads, longest text in tokens."""

    words: int
    width: int = 64
    layers: int = 2
    heads: int = 4
    length: int = 48


class Block(nn.Module):
    """Attention, then a two-layer network; each adds to its input."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.norm_attention = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.norm_network = nn.LayerNorm(width)
        self.widen = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)

    def forward(self, x: Tensor, future: Tensor) -> Tensor:
        """(B, T, D) to (B, T, D); future (T, T) is what `ahead` gives."""
        q, k, v = self.project(x)
        return self.think(x + self.attend(q, k, v, future))

    def project(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Query, key and value of each place: (B, T, D) to three of (B, H, T, C)."""
        batch, time, width = x.shape
        all_three = self.qkv(self.norm_attention(x))
        split = all_three.view(batch, time, 3, self.heads, width // self.heads)
        # One copy here spares one for each factor of each product.
        q, k, v = split.permute(2, 0, 3, 1, 4).contiguous()
        return q, k, v

    def attend(self, q: Tensor, k: Tensor, v: Tensor, hidden: Tensor) -> Tensor:
        """Attention of a text on itself, over all heads: (B, H, T, C) to (B, T, D).

        hidden (T, T) is added to the scores: −∞ where a place must not look, else 0.
        """
        scale = q.shape[-1] ** -0.5
        one, other = q.flatten(0, 1), k.flatten(0, 1).transpose(1, 2)
        scores = torch.baddbmm(hidden, one, other, alpha=scale)
        mixed = torch.bmm(scores.softmax(-1), v.flatten(0, 1)).view(q.shape)
        out: Tensor = self.out(mixed.transpose(1, 2).flatten(2))
        return out

    def think(self, x: Tensor) -> Tensor:
        """x and the two-layer network on it: (B, T, D) to (B, T, D)."""
        hidden: Tensor = self.narrow(gelu(self.widen(self.norm_network(x))))
        return x + hidden


def ahead(x: Tensor) -> Tensor:
    """−∞ where a place of x, (B, T, D), would look ahead, else 0: (T, T)."""
    time = x.shape[1]
    return x.new_full((time, time), -torch.inf).triu(1)


class TinyLM(nn.Module):
    """model(ids) gives logits (B, T, V); logits[:, t] predict ids[:, t + 1]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.words, shape.width)
        self.places = nn.Embedding(shape.length, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear) and module.bias is not None:
                nn.init.zeros_(module.bias)

    def forward(self, ids: Tensor) -> Tensor:
        """(B, T) whole numbers to logits (B, T, V)."""
        return self.logits(self.states(ids))

    def states(self, ids: Tensor) -> Tensor:
        """What the model makes of each place: (B, T) to (B, T, D), before the words."""
        time = ids.shape[1]
        x: Tensor = self.words(ids) + self.places.weight[:time]
        future = ahead(x)
        for block in self.blocks:
            x = block(x, future)
        return x

    def logits(self, states: Tensor) -> Tensor:
        """The scores of every word: (B, T, D) to (B, T, V)."""
        logits: Tensor = self.norm(states) @ self.words.weight.T
        return logits


@dataclass(frozen=True)
class Vocabulary:
    """Words and their numbers; a text is words with spaces between them."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Every word of these texts, in alphabetical order after the special ones."""
        return cls(SPECIAL + tuple(sorted({w for text in texts for w in text.split()})))

    def encode(self, text: str) -> list[int]:
        """The numbers of a text's words; UnknownWordError for one it never saw."""
        numbers = {word: number for number, word in enumerate(self.words)}
        try:
            return [numbers[word] for word in text.split()]
        except KeyError as error:
            said = _("the model does not know the word {word}")
            raise UnknownWordError(said.format(word=error)) from None

    def decode(self, ids: Sequence[int]) -> str:
        """The text of these numbers, special ones left out."""
        return " ".join(self.words[i] for i in ids if i >= len(SPECIAL))

    def told(self) -> dict[str, str]:
        """What a file of the model says of it."""
        return {"words": " ".join(self.words)}

    @classmethod
    def told_by(cls, made_of: Mapping[str, Any]) -> "Vocabulary":
        """The vocabulary of what `opened` read."""
        return cls(tuple(made_of["words"].split()))


def batch(
    vocabulary: Vocabulary, texts: Sequence[tuple[str, str]]
) -> tuple[Tensor, Tensor]:
    """(prompt, completion) pairs as ids and mask, each (B, T), padded on the right.

    prompt <sep> completion <end>; the mask is True on the completion and its end.
    """
    rows = []
    for prompt, completion in texts:
        before = [*vocabulary.encode(prompt), SEP]
        after = [*vocabulary.encode(completion), END]
        rows.append((before + after, [False] * len(before) + [True] * len(after)))
    longest = max(len(row) for row, _ in rows)
    ids = torch.full((len(rows), longest), PAD)
    mask = torch.zeros(ids.shape, dtype=torch.bool)
    for i, (row, marks) in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = torch.tensor(marks)
    return ids, mask


def save(model: TinyLM, vocabulary: Vocabulary, path: Path) -> str:
    """Write the model in float16 with its words; returns the file's SHA-256."""
    tensors = {k: v.to(torch.float16) for k, v in model.state_dict().items()}
    # One entry: safetensors writes several in no fixed order, and the bits must repeat.
    made_of = {"shape": asdict(model.shape), **vocabulary.told()}
    data = safetensors.torch.save(tensors, {"drillbox": json.dumps(made_of)})
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def load(path: Path, sha256: str) -> tuple[TinyLM, Vocabulary]:
    """Read a model that `save` wrote with its words, in float32; CheckpointError."""
    model, made_of = opened(path, sha256)
    return model, Vocabulary.told_by(made_of)


def opened(path: Path, sha256: str) -> tuple[TinyLM, dict[str, Any]]:
    """Read a model that `save` wrote, in float32, and what its file says of it.

    What a run predicts belongs to one checkpoint, so a file with another SHA-256 is a
    CheckpointError, and so is one that cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        said = _("cannot read the model {path}: {why}; install drillbox again")
        raise CheckpointError(said.format(path=path, why=error.strerror)) from None
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        other = _(
            "{path} is not the model this run was made for (SHA-256 {found}…, not "
            "{wanted}…); install drillbox again"
        )
        raise CheckpointError(
            other.format(path=path, found=found[:12], wanted=sha256[:12])
        )
    return _built(data)


def _built(data: bytes) -> tuple[TinyLM, dict[str, Any]]:
    (size,) = struct.unpack("<Q", data[:8])
    made_of = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["drillbox"])
    model = TinyLM(Shape(**made_of["shape"]))
    tensors = safetensors.torch.load(data)
    model.load_state_dict({k: v.float() for k, v in tensors.items()})
    return model, made_of
