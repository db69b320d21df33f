"""A language model and the way it reads a pair, whichever kind of model it is.

Two kinds: the models that drillbox ships, by word or by character (`Shipped`), and a
directory of Hugging Face (drillbox.reference.hf). A request names one of them: by
`checkpoint` and `sha256`, or by `directory`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import nn

from drillbox.reference.characters import Alphabet
from drillbox.reference.tiny import END, PAD, SEP, Vocabulary, opened
from drillbox.reference.training import Batch
from drillbox.words import _

Text = str | list[dict[str, str]]  # a text, or messages {"role", "content"}
SIDES = ("chosen", "rejected")


class PairError(Exception):
    """A pair that the model cannot take; one sentence."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The tokens of a pair. prompt: how many both rows begin with, and condition on."""

    prompt: int
    chosen: list[int]
    rejected: list[int]


class Speaker(Protocol):
    """A model, and the way from texts to its tokens."""

    @property
    def model(self) -> nn.Module:
        """ids (B, T) to logits (B, T, V)."""

    @property
    def length(self) -> int | None:
        """The tokens it reads at most; None for no limit."""

    @property
    def size(self) -> int:
        """V, the tokens it knows."""

    @property
    def pad(self) -> int:
        """The token that fills a row up on its right."""

    @property
    def sha256(self) -> str:
        """Of its file, or of the files of its directory."""

    def rows(self, prompt: Text, chosen: Text, rejected: Text) -> Rows:
        """The tokens of a pair; PairError or UnknownWordError for what has none."""

    def token(self, number: int) -> str:
        """A token as text."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A model of drillbox: prompt <sep> answer <end>, in words or in characters."""

    model: nn.Module
    words: Vocabulary
    length: int
    sha256: str
    pad: int = PAD

    @property
    def size(self) -> int:
        """V."""
        return len(self.words.words)

    def rows(self, prompt: Text, chosen: Text, rejected: Text) -> Rows:
        """The tokens of a pair."""
        texts = (prompt, chosen, rejected)
        if not all(isinstance(text, str) for text in texts):
            said = _("the shipped models read texts, no messages; write texts")
            raise PairError(said)
        before, *after = (self.words.encode(str(text)) for text in texts)
        start = [*before, SEP]
        ends = ([*start, *answer, END] for answer in after)
        return Rows(len(start), *ends)

    def token(self, number: int) -> str:
        """A token as text."""
        return self.words.words[number]


def load(request: Mapping[str, Any]) -> Speaker:
    """The model a request names, in float32 on the CPU; CheckpointError."""
    if "directory" in request:
        from drillbox.reference import hf  # 4 s: it imports transformers

        return hf.load(Path(request["directory"]))
    path, sha256 = Path(request["checkpoint"]), request["sha256"]
    model, made_of = opened(path, sha256)
    words = Alphabet() if "letters" in made_of else Vocabulary.told_by(made_of)
    return Shipped(model, words, model.shape.length, sha256)


def check(speaker: Speaker, prompt: Text, chosen: Text, rejected: Text) -> None:
    """PairError for a pair without two answers or one that does not fit the model."""
    texts = {"prompt": prompt, "chosen": chosen, "rejected": rejected}
    for part, text in texts.items():
        if blank(text):
            raise PairError(_("the {part} is empty; write a text").format(part=_(part)))
    rows = speaker.rows(prompt, chosen, rejected)
    if rows.chosen == rows.rejected:
        raise PairError(_("chosen and rejected are the same; change one"))
    if not rows.prompt:
        none = _("no token of the prompt stands before the answers; change it")
        raise PairError(none)
    if speaker.length is not None:
        _fits(rows, speaker.length)


def _fits(rows: Rows, length: int) -> None:
    if rows.prompt >= length:
        full = _(
            "the prompt has {n} tokens and fills the {most} that the model reads at "
            "most; shorten it"
        )
        raise PairError(full.format(n=rows.prompt, most=length))
    longest = max(len(rows.chosen), len(rows.rejected))
    if longest > length:
        said = _("prompt and answer have {n} tokens; the model reads {most} at most")
        raise PairError(said.format(n=longest, most=length))


def blank(text: Text) -> bool:
    """Nothing but spaces; of messages, none, or a last one that is blank."""
    if isinstance(text, str):
        return not text.strip()
    return not text or not text[-1]["content"].strip()


def batch(speaker: Speaker, pairs: Sequence[Sequence[Text]]) -> Batch:
    """(prompt, chosen, rejected) each, as a batch; the masks are True on answers."""
    every = [speaker.rows(*pair) for pair in pairs]
    rows = [row for side in SIDES for row in (getattr(one, side) for one in every)]
    starts = [one.prompt for one in every] * len(SIDES)
    ids = torch.full((len(rows), max(map(len, rows))), speaker.pad)
    mask = torch.zeros(ids.shape, dtype=torch.bool)
    for at, (row, start) in enumerate(zip(rows, starts, strict=True)):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, start : len(row)] = True
    return Batch(ids, mask)
