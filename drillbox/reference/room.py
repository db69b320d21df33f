"""Is there room in memory for a run on a model of one's own? Asked before it is loaded,
and once more before the first forward, when the tokens of the pairs are known.

A process that asks for too much memory on the CPU is killed without a word, so nothing
could be said afterwards. What is counted (bytes, of N parameters of b bytes, P pairs):
the reference b N; of each pair a copy and its gradient 2 b N, or the two gradients of
the Gram matrix; the warm policy with Adam's state 5 b N; the replay in float64 24 N.
With them, for the largest batch, what `activations` says.
"""

import json
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import torch

from drillbox.words import _

NAMES = {  # in config.json, by family of models
    "layers": ("num_hidden_layers", "n_layer", "num_layers", "n_layers"),
    "width": ("hidden_size", "n_embd", "d_model", "dim"),
    "heads": ("num_attention_heads", "n_head", "num_heads", "n_heads"),
    "inner": ("intermediate_size", "n_inner", "ffn_dim", "d_ff", "hidden_dim"),
}
GIB = 2**30
CGROUP = Path("/sys/fs/cgroup")


class RoomError(Exception):
    """There is not enough memory, or no such device; one sentence."""


def placed(wish: str) -> torch.device:
    """auto, cpu or cuda as a device, which then gives equal bits; RoomError where there
    is no CUDA."""
    cuda = torch.cuda.is_available()
    if wish == "cuda" and not cuda:
        raise RoomError(_("torch finds no CUDA device here; use --device cpu"))
    if not cuda or wish == "cpu":
        return torch.device("cpu")
    torch.use_deterministic_algorithms(True)  # seconds of imports; the CPU needs none
    return torch.device("cuda")


def needed(parameters: int, size: int, pairs: int, warm: bool, replay: bool) -> int:
    """The bytes of a run on pairs, as counted above. size: bytes of one parameter."""
    most = max(2 * size * max(pairs, 1), 24 if replay else 0)
    return parameters * (size * (6 if warm else 1) + most)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of a transformer: layers, width D, heads H, width F within a layer's network; of
    what its config.json does not say, 0."""

    layers: int
    width: int
    heads: int
    inner: int


def sizes(directory: Path) -> Sizes:
    """As its config.json says; F is 4 D where nothing is said."""
    told = json.loads((directory / "config.json").read_text(encoding="utf-8"))
    told = {**told, **(told.get("text_config") or {})}
    found = {
        part: next((int(told[name]) for name in names if told.get(name)), 0)
        for part, names in NAMES.items()
    }
    return Sizes(**found | {"inner": found["inner"] or 4 * found["width"]})


def activations(by: Sizes, words: int, rows: int, tokens: int, size: int) -> int:
    """Bytes of a forward and backward on (B, T) tokens, of numbers of `size` bytes b.

    b B T (3 V + (L + 1) (14 D + 3 F + 3/2 H T)). V = `words`: the log-probs, their
    gradient and that of the logits, which are nearly all for a large vocabulary.
    In each layer, what norms, projections, attention (written out) and network keep
    for the way back; once more, what is held on it. Rather too much than too little:
    the measured peak of a step, its gradients included, is 0.4 to 1 times this and the
    gradients (the tiny model, Llamas and GPT-2s of 2 to 12 layers).
    """
    layer = 14 * by.width + 3 * by.inner + 3 * by.heads * tokens // 2
    return size * rows * tokens * (3 * words + (by.layers + 1) * layer)


def parameters(directory: Path) -> int:
    """How many the weights of a directory have, read from their headers.

    Of other files than safetensors half their bytes: two bytes a parameter.
    """
    files = sorted(directory.glob("*.safetensors"))
    if not files:
        return sum(file.stat().st_size for file in directory.glob("*.bin")) // 2
    return sum(count for file in files for count in _counts(file))


def _counts(file: Path) -> Iterator[int]:
    """The numbers in each tensor; nothing for a file that is no safetensors."""
    with suppress(ValueError, struct.error, OSError), open(file, "rb") as data:
        (size,) = struct.unpack("<Q", data.read(8))
        header = json.loads(data.read(min(size, GIB)))
        for name, tensor in header.items():
            if name != "__metadata__":
                yield torch.Size(tensor["shape"]).numel()


def free(device: torch.device) -> int | None:
    """The bytes that can be had there; None where the system does not say."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    told = [one for one in (_available(), _left_in_group()) if one is not None]
    return min(told, default=None)


def _available() -> int | None:
    """Of the machine: Linux says what is free, others what there is."""
    with suppress(OSError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    with suppress(ValueError, OSError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def _left_in_group() -> int | None:
    """Of a container: its limit less what it uses, but for what it only keeps."""
    with suppress(OSError, ValueError, KeyError):
        limit = int((CGROUP / "memory.max").read_text())
        used = int((CGROUP / "memory.current").read_text())
        lines = (CGROUP / "memory.stat").read_text().splitlines()
        return limit - used + int(dict(map(str.split, lines))["inactive_file"])
    return None


def check(what: str, asked: int, device: torch.device) -> None:
    """RoomError if fewer than `asked` bytes are free. what: what asks for them."""
    there = free(device)
    if there is not None and asked > there:
        said = _(
            "{what} asks for {asked:.1f} GiB and {there:.1f} GiB are free on {device}; "
            "take fewer pairs or a smaller model"
        )
        wanted, left = asked / GIB, max(there, 0) / GIB
        raise RoomError(
            said.format(what=what, asked=wanted, there=left, device=device.type)
        )


def sentence(error: RuntimeError, device: str) -> str:
    """What is said when an allocation failed after all; "" for any other error."""
    text = str(error)
    if not isinstance(error, torch.OutOfMemoryError) and "allocate memory" not in text:
        return ""
    found = free(torch.device(device))
    told = text.split("you tried to allocate ")[-1].split("Tried to allocate ")[-1]
    asked = told.split(". ")[0].splitlines()[0]
    said = _("out of memory on {device}: {asked} were asked for; take fewer pairs")
    if found is not None:
        said = _(
            "out of memory on {device}: {asked} were asked for; {there:.1f} GiB are "
            "free; take fewer pairs"
        )
    return said.format(device=device, asked=asked, there=(found or 0) / GIB)
