"""Which model a run is made on: the word model, the character model, a directory.

What is wrong with a directory is said here, before anybody types a pair; whether its
weights really are a causal language model the worker says (reference/hf.py).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

from drillbox.lab import vocabulary
from drillbox.lab.run import CHECKPOINT, SHA256, LabError
from drillbox.words import _

CHARACTERS = os.path.join(os.path.dirname(CHECKPOINT), "characters.safetensors")
# Made by reference/make_characters.py.
CHARACTERS_SHA256 = "b53a724277aa67155c1e83691ebfb23d1e4cc47b44738b03bbb9c0e05b89f32e"
BY_NAME = "characters"
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "tokenizer_config.json")
WEIGHTS = (".safetensors", ".bin")
DEADLINE_S = 3600.0  # of a run on a directory: nobody knows how large its model is


@dataclass(frozen=True, slots=True)
class Model:
    """kind: how it reads texts. name: as it was asked for. asked: for the worker."""

    kind: Literal["words", "characters", "directory"]
    name: str
    asked: Mapping[str, str]

    def put(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """A worker's request, on this model."""
        rest = {k: v for k, v in request.items() if k not in ("checkpoint", "sha256")}
        return {**rest, **self.asked}

    def unknown(self, text: str) -> str:
        """What is said of the first thing in a text that it cannot read; "" for none.

        A tokenizer of Hugging Face reads everything.
        """
        if self.kind == "words":
            return vocabulary.unknown(text)
        return vocabulary.strange(CHARACTERS, text) if self.kind == BY_NAME else ""

    def tidied(self, text: str) -> str:
        """A typed text as the model is used to it: single spaces, but verbatim for a
        directory, where a space may belong to the first word of an answer."""
        return text if self.kind == "directory" else " ".join(text.split())

    def answer(self, text: str) -> str:
        """An answer of the course, which was written for the word model: nothing stands
        between prompt and answer of a directory, so it brings the space itself."""
        return f" {text}" if self.kind == "directory" else text


WORDS = Model("words", "", {"checkpoint": CHECKPOINT, "sha256": SHA256})


def named(name: str | None) -> Model:
    """The model of `--model`: `characters`, or a directory; LabError."""
    if name is None:
        return WORDS
    if name == BY_NAME:
        asked = {"checkpoint": CHARACTERS, "sha256": CHARACTERS_SHA256}
        return Model("characters", name, asked)
    _check(name)
    return Model("directory", name, {"directory": os.path.abspath(name)})


def _check(path: str) -> None:
    """LabError for what is no model directory, or has no library to read it."""
    if not os.path.isdir(path):
        said = _("{path} is not there; name a model directory, or {name}")
        if os.path.exists(path):
            said = _("{path} is a file; name a model directory, or {name}")
        raise LabError(said.format(path=path, name=BY_NAME))
    try:
        files = set(os.listdir(path))
    except OSError as error:
        unread = _("cannot read {path}: {why}")
        raise LabError(unread.format(path=path, why=error.strerror)) from None
    lacking = (
        (_("a description"), "config.json", "config.json" in files),
        (_("its weights"), "*.safetensors", any(f.endswith(WEIGHTS) for f in files)),
        (_("a tokenizer"), TOKENIZERS[0], any(name in files for name in TOKENIZERS)),
    )
    for what, file, there in lacking:
        if not there:
            lacks = _("{path} lacks {what} ({file}); save model and tokenizer there")
            raise LabError(lacks.format(path=path, what=what, file=file))
    if find_spec("transformers") is None:
        needs = _(
            "a model directory needs transformers, which is not installed; "
            "pip install 'drillbox[hf]'"
        )
        raise LabError(needs)
