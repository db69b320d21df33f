"""What a run asks memory for, beside the peak that is measured."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.profiler import ProfilerActivity, profile

from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference import pairs, room, speaker, training, worlds, worlds_gram
from drillbox.reference.tiny import Shape, TinyLM

LARGE_VOCABULARY = Shape(words=20_000, width=32, layers=2, heads=4, length=64)
WIDE = Shape(words=50, width=128, layers=4, heads=4, length=64)
LONG = Shape(words=50, width=32, layers=3, heads=8, length=256)


def peak(model: TinyLM, batch: training.Batch, folder: Path) -> int:
    """The most bytes that a step holds beyond what was there, gradients among them, by
    torch's profiler."""
    constants = training.reference_logprobs(model, batch)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    training.step(model, constants, batch, optimizer, 0.1)  # its first one loads code
    optimizer.zero_grad()
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as seen:
        training.step(model, constants, batch, optimizer, 0.1)
    seen.export_chrome_trace(str(folder / "trace.json"))
    events = json.loads((folder / "trace.json").read_text())["traceEvents"]
    told = [one["args"] for one in events if one["name"] == "[memory]"]
    assert told
    held = most = 0
    for one in told:
        held += one["Bytes"]
        most = max(most, held)
    return most


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(
    ("shape", "tokens"), [(LARGE_VOCABULARY, 48), (WIDE, 64), (LONG, 256)]
)
def test_a_step_holds_less_than_is_asked_for_and_two_fifths_of_it_or_more(
    shape: Shape, tokens: int, dtype: torch.dtype, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    model = TinyLM(shape).to(dtype)
    ids = torch.randint(3, shape.words, (4, tokens))
    batch = training.Batch(ids, torch.ones(4, tokens).bool())
    by = room.Sizes(shape.layers, shape.width, shape.heads, 4 * shape.width)
    asked = room.activations(by, shape.words, 4, tokens, dtype.itemsize)
    asked += sum(p.numel() for p in model.parameters()) * dtype.itemsize
    assert 0.4 * asked < peak(model, batch, tmp_path) < asked


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            {
                "num_hidden_layers": 3,
                "hidden_size": 8,
                "num_attention_heads": 2,
                "intermediate_size": 20,
            },
            room.Sizes(3, 8, 2, 20),
        ),
        (
            {"n_layer": 3, "n_embd": 8, "n_head": 2, "n_inner": None},
            room.Sizes(3, 8, 2, 32),
        ),
        (
            {
                "text_config": {"num_layers": 5, "d_model": 6, "num_heads": 3},
                "ffn_dim": 7,
            },
            room.Sizes(5, 6, 3, 7),
        ),
        ({"vocab_size": 9}, room.Sizes(0, 0, 0, 0)),
    ],
)
def test_the_sizes_of_a_directory_are_read_from_its_description(
    told: dict[str, object], found: room.Sizes, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(told))
    assert room.sizes(tmp_path) == found


PAIR = {"prompt": "hello :", "chosen": "good day .", "rejected": "go away ."}


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny model, as if it were a directory of somebody's."""
    told = {"n_layer": 2, "n_embd": 64, "n_head": 4}
    (tmp_path / "config.json").write_text(json.dumps(told))
    (tmp_path / "model.safetensors").write_bytes(Path(CHECKPOINT).read_bytes())
    tiny = speaker.load({"checkpoint": CHECKPOINT, "sha256": SHA256})
    monkeypatch.setattr(speaker, "load", lambda request: tiny)
    return tmp_path


def test_texts_that_there_is_no_room_for_are_refused_before_the_first_forward(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish: dict[str, Any] = {
        "directory": str(directory),
        "device": "cpu",
        "dtype": "float32",
    }
    wish |= {"steps": 1, "beta": 0.5, "lr": 1e-5, "warm": {}}
    wish["pairs"] = [{"pair": "A", "start": "reference", **PAIR}]
    weights = room.needed(room.parameters(directory), 4, 1, warm=False, replay=True)
    monkeypatch.setattr(room, "free", lambda device: weights)
    (last,) = pairs.answer(wish)
    assert last["error"].startswith(
        "a run of 1 pair on 0 million parameters with texts of 7 tokens asks for "
    )
    monkeypatch.setattr(room, "free", lambda device: 2 * weights)
    assert [one["type"] for one in pairs.answer(wish)][-1] == "end"


def test_the_run_gram_refuses_such_texts_too(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish: dict[str, Any] = {
        "directory": str(directory),
        "device": "cpu",
        "run": "gram",
        "seed": 0,
    }
    wish["settings"] = {**PAIR, "beta": 0.5, "lr": 1e-5}
    weights = worlds_gram.BYTES * room.parameters(directory)
    monkeypatch.setattr(room, "free", lambda device: weights)
    (last,) = worlds.answer(wish, worlds_gram.records)
    assert last["error"].startswith(
        "the run gram on 0 million parameters with texts of 7 tokens asks for "
    )
    monkeypatch.setattr(room, "free", lambda device: 2 * weights)
    assert [one["type"] for one in worlds.answer(wish, worlds_gram.records)][-1] == (
        "end"
    )
