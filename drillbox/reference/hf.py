"""Any causal language model of Hugging Face, from a directory on this machine.

The one file that imports transformers (the extra drillbox[hf]; 4 s and 150 MB), and
only in a worker that was asked for a directory. Nothing is ever loaded from a network,
and no code of the directory is ever run. Weights of any precision become float32: in
bfloat16 the log-probs of two steps would be equal.

A pair is tokenized as TRL 1.16 does: prompt, and prompt with each answer; the answer
begins where these part, which is not always after the prompt, because tokens may merge
there. Where the tokenizer has a chat template a text is a user's message and an
assistant's answer. The end of a text stands once: TRL leaves messages as the template
has them, here an end is added to a template that has none.
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from itertools import takewhile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from drillbox.reference.speaker import PairError, Rows, Text
from drillbox.reference.tiny import CheckpointError
from drillbox.words import _

READ = (".json", ".safetensors", ".bin", ".model", ".txt", ".jinja")  # hashed
PROBED = 4  # tokens of the text with which causality is tried
# What transformers raises for a directory it cannot make a model of.
INSTALL = "pip install 'drillbox[hf]'"
FAILURES = (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError)


class Logits(nn.Module):
    """A model of transformers as the reference library wants one: ids to logits."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, ids: Tensor) -> Tensor:
        """(B, T) to (B, T, V). No place looks ahead, so padding on the right needs no
        mask of its own."""
        everything = torch.ones_like(ids)
        told = self.inner(input_ids=ids, attention_mask=everything, use_cache=False)
        logits: Tensor = told.logits
        return logits


@dataclass(frozen=True, slots=True)
class Directory:
    """A model and its tokenizer (of transformers); see speaker.Speaker."""

    model: nn.Module
    tokenizer: Any
    length: int | None
    size: int
    pad: int
    sha256: str

    def rows(self, prompt: Text, chosen: Text, rejected: Text) -> Rows:
        """The tokens of a pair, answers from where prompt and whole part."""
        read = self._chat if self.tokenizer.chat_template else self._plain
        before, whole = read(prompt, (chosen, rejected))
        start = min(_common(before, row) for row in whole)
        rows = [self._ended(row, start) for row in whole]
        if max(map(max, rows)) >= self.size:
            raise PairError(_("its tokenizer has tokens that the model does not know"))
        return Rows(start, *rows)

    def token(self, number: int) -> str:
        """A token as text."""
        text: str = self.tokenizer.decode([number])
        return text

    def _chat(
        self, prompt: Text, answers: Sequence[Text]
    ) -> tuple[list[int], list[list[int]]]:
        asked = _messages("user", prompt)
        before = self._templated(asked, add_generation_prompt=True)
        whole = [
            self._templated([*asked, *_messages("assistant", answer)])
            for answer in answers
        ]
        return before, whole

    def _templated(self, messages: list[dict[str, str]], **more: bool) -> list[int]:
        try:
            found = self.tokenizer.apply_chat_template(
                messages, tokenize=True, return_dict=False, **more
            )
        except Exception as error:  # the template is a program of its author's
            said = _("the chat template refuses these messages: {why}")
            raise PairError(said.format(why=_first_line(error))) from None
        return list(found)

    def _plain(
        self, prompt: Text, answers: Sequence[Text]
    ) -> tuple[list[int], list[list[int]]]:
        texts = (prompt, *answers)
        if not all(isinstance(text, str) for text in texts):
            none = _("its tokenizer has no chat template; write texts instead")
            raise PairError(none)
        before, *whole = (
            list(self.tokenizer(text)["input_ids"])
            for text in (prompt, *(f"{prompt}{answer}" for answer in answers))
        )
        return before, whole

    def _ended(self, row: list[int], start: int) -> list[int]:
        """With an end, if the tokenizer knows one and the answer has none."""
        end = self.tokenizer.eos_token_id
        return row if end is None or end in row[start:] else [*row, end]


def _messages(role: str, text: Text) -> list[dict[str, str]]:
    return [{"role": role, "content": text}] if isinstance(text, str) else text


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def load(path: Path) -> Directory:
    """The model in float32 on the CPU, and its tokenizer; CheckpointError."""
    with _quiet():
        library = _transformers()
        tokenizer = _tokenizer(library, path)
        inner = _model(library, path)
    model = Logits(inner)
    size: int = inner.get_input_embeddings().weight.shape[0]
    pad = tokenizer.pad_token_id
    pad = pad if pad is not None and pad < size else 0
    _causal(path, model, size)
    length = _length(inner.config, tokenizer)
    return Directory(model, tokenizer, length, size, pad, digest(path))


def _transformers() -> Any:
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    try:
        transformers: Any = import_module("transformers")  # 4 s, 150 MB
    except ImportError:
        said = _(
            "a model directory needs transformers, which is not installed; {install}"
        )
        raise CheckpointError(said.format(install=INSTALL)) from None
    transformers.logging.set_verbosity_error()
    return transformers


def _tokenizer(library: Any, path: Path) -> Any:
    try:
        return library.AutoTokenizer.from_pretrained(
            str(path), local_files_only=True, trust_remote_code=False
        )
    except FAILURES as error:
        said = _("{path}: its tokenizer cannot be read ({why})")
        raise CheckpointError(said.format(path=path, why=_first_line(error))) from None


def _model(library: Any, path: Path) -> Any:
    """Attention is written out (eager): the same sums in the same order everywhere."""
    how = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = library.AutoConfig.from_pretrained(str(path), **how)
        _plain_config(library, path, config)
        inner, told = library.AutoModelForCausalLM.from_pretrained(
            str(path),
            config=config,
            dtype=torch.float32,
            attn_implementation="eager",
            output_loading_info=True,
            **how,
        )
    except FAILURES as error:
        said = _("{path}: its model cannot be loaded ({why})")
        raise CheckpointError(said.format(path=path, why=_first_line(error))) from None
    _whole(path, told)
    return inner.eval()


def _plain_config(library: Any, path: Path, config: Any) -> None:
    if type(config) not in library.AutoModelForCausalLM._model_mapping:
        said = _("{path} is no causal language model: its config.json says {kind}")
        raise CheckpointError(said.format(path=path, kind=config.model_type))
    if getattr(config, "quantization_config", None) is not None:
        coarse = _(
            "{path} has quantized weights, which have no gradient; name the model they "
            "were made of"
        )
        raise CheckpointError(coarse.format(path=path))


def _whole(path: Path, told: Any) -> None:
    """Whatever the file lacks would be drawn at random."""
    lacking = sorted(map(str, (*told["missing_keys"], *told["mismatched_keys"])))
    if lacking:
        said = _(
            "{path}: its weights lack {name}, so they are not those of this model "
            "({n} in all)"
        )
        raise CheckpointError(said.format(path=path, name=lacking[0], n=len(lacking)))


def _causal(path: Path, model: nn.Module, size: int) -> None:
    """A model that looks ahead gives other scores when the last token changes."""
    ids = torch.arange(PROBED)[None] % size
    changed = ids.clone()
    changed[0, -1] = (PROBED + 1) % size
    with torch.no_grad():
        before, after = (model(one)[0, :-1] for one in (ids, changed))
    if not torch.allclose(before, after, atol=1e-4):
        said = _(
            "{path} is no causal language model: its scores look at what comes later"
        )
        raise CheckpointError(said.format(path=path))


def _length(config: Any, tokenizer: Any) -> int | None:
    """The tokens it reads at most, of those that are said anywhere."""
    told = (
        getattr(config, "max_position_embeddings", None),
        tokenizer.model_max_length,  # 1e30 where nobody said
    )
    known = [int(one) for one in told if one is not None and 0 < one < 1e9]
    return min(known, default=None)


def digest(path: Path) -> str:
    """The SHA-256 of all files that a model is made of, by name: a second a GB."""
    whole = hashlib.sha256()
    for file in sorted(path.iterdir()):
        if file.suffix in READ and file.is_file():
            with open(file, "rb") as opened:
                one = hashlib.file_digest(opened, "sha256").hexdigest()
            whole.update(f"{file.name} {one}\n".encode())
    return whole.hexdigest()


def _first_line(error: Exception) -> str:
    """What another library says, short enough for a sentence."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].strip().rstrip(".:")[:160]


@contextmanager
def _quiet() -> Iterator[None]:
    """Standard output carries records: whatever else is printed goes to stderr."""
    with redirect_stdout(sys.stderr):
        yield
