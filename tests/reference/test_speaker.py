"""Which model reads a pair, and how: tokens, where answers begin, what is refused."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference import (
    hf,
    pairs,
    room,
    speaker,
    tiny,
    worlds,
    worlds_gram,
)
from drillbox.reference.speaker import PairError, Rows, Text


class Split:
    """A tokenizer as transformers has them: a character a token, `ab` merged."""

    eos_token_id = 0

    def __init__(self, template: bool = False) -> None:
        self.chat_template = "one" if template else None

    def __call__(self, text: str) -> dict[str, list[int]]:
        return {"input_ids": [ord(c) for c in text.replace("ab", "#")]}

    def apply_chat_template(
        self, messages: Sequence[dict[str, str]], **wish: Any
    ) -> list[int]:
        text = "".join(f"{m['role'][0]}:{m['content']};" for m in messages)
        text += "a:" if wish.get("add_generation_prompt") else ""
        return [ord(c) for c in text]


def directory(template: bool = False, length: int | None = None) -> hf.Directory:
    return hf.Directory(torch.nn.Identity(), Split(template), length, 200, 0, "")


def text(row: Sequence[int]) -> str:
    return "".join(chr(number) for number in row if number)


def parts(rows: Rows) -> list[str]:
    return [
        text(rows.chosen[: rows.prompt]),
        text(rows.chosen[rows.prompt :]),
        text(rows.rejected[rows.prompt :]),
    ]


@pytest.mark.parametrize(
    ("template", "pair", "expected"),
    [
        (False, ("xy", "c", "d"), ["xy", "c", "d"]),
        # a and b become one token, so that neither answer may condition on the a
        (False, ("xa", "b", "c"), ["x", "#", "ac"]),
        (True, ("hi", "c", "d"), ["u:hi;a:", "c;", "d;"]),
    ],
)
def test_an_answer_begins_where_prompt_and_whole_part(
    template: bool, pair: tuple[str, str, str], expected: list[str]
) -> None:
    assert parts(directory(template).rows(*pair)) == expected


def test_messages_are_read_as_they_are() -> None:
    said = [
        [{"role": role, "content": content}]
        for role, content in (("system", "x"), ("assistant", "c"), ("assistant", "d"))
    ]
    assert parts(directory(True).rows(*said)) == ["s:x;a:", "c;", "d;"]
    with pytest.raises(PairError, match="has no chat template; write texts"):
        directory().rows(*said)


def test_every_answer_ends_once() -> None:
    rows = directory().rows("xy", "c", "d\0")
    assert (rows.chosen[-2:], rows.rejected[-2:]) == ([ord("c"), 0], [ord("d"), 0])


@pytest.mark.parametrize(
    ("pair", "length", "sentence"),
    [
        (("", "c", "d"), None, "the prompt is empty; write a text"),
        (([], "c", "d"), None, "the prompt is empty"),
        (("x", [{"role": "assistant", "content": " "}], "d"), None, "chosen is empty"),
        (("x", "c", "c"), None, "chosen and rejected are the same"),
        (("xyz", "c", "d"), 3, "the prompt has 3 tokens and fills the 3 that"),
        (("xy", "c", "d"), 3, "prompt and answer have 4 tokens; the model reads 3"),
        (("a", "b", "c"), None, "no token of the prompt stands before the answers"),
        (("x", "c", "\u0141"), None, "has tokens that the model does not know"),
    ],
)
def test_a_pair_that_cannot_be_taken_is_said(
    pair: tuple[Text, Text, Text], length: int | None, sentence: str
) -> None:
    with pytest.raises(PairError, match=sentence):
        speaker.check(directory(length=length), *pair)


def test_the_shipped_model_makes_the_batch_of_its_own_function() -> None:
    found = speaker.load({"checkpoint": CHECKPOINT, "sha256": SHA256})
    assert isinstance(found, speaker.Shipped)
    pair = ("hello :", "good day .", "go away .")
    batch = speaker.batch(found, [pair, ("hi there :", "go away .", "good day .")])
    texts = [("hello :", "good day ."), ("hi there :", "go away .")]
    texts += [("hello :", "go away ."), ("hi there :", "good day .")]
    ids, mask = tiny.batch(found.words, texts)
    assert torch.equal(batch.ids, ids) and torch.equal(batch.mask, mask)
    with pytest.raises(PairError, match="read texts, no messages"):
        found.rows([{"role": "user", "content": "hello :"}], "hi", "hi")


def test_what_a_run_needs_is_counted_before_it_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert room.parameters(Path(CHECKPOINT).parent) >= 112_384
    assert room.needed(10, 4, pairs=3, warm=False, replay=False) == 10 * (4 + 24)
    assert room.needed(10, 4, pairs=5, warm=True, replay=True) == 10 * (24 + 40)
    cpu = torch.device("cpu")
    there = room.free(cpu)
    assert there is None or there > 2**20
    monkeypatch.setattr(room, "free", lambda device: 2**29)
    room.check("a run", 2**29, cpu)
    with pytest.raises(room.RoomError, match=r"a run asks for 2.0 GiB and 0.5 GiB are"):
        room.check("a run", 2**31, cpu)


def test_a_model_that_is_too_large_is_refused_before_it_is_loaded(
    tmp_path: Path,
) -> None:
    shape = {"dtype": "BF16", "shape": [10**6, 10**6], "data_offsets": [0, 0]}
    header = json.dumps({"__metadata__": {}, "head": shape}).encode()
    size = len(header).to_bytes(8, "little")
    (tmp_path / "model.safetensors").write_bytes(size + header)
    assert room.parameters(tmp_path) == 10**12
    pair = {"start": "reference", "prompt": "a", "chosen": "b", "rejected": "c"}
    wish: dict[str, Any] = {
        "directory": str(tmp_path),
        "device": "cpu",
        "dtype": "float32",
        "steps": 1,
    }
    wish["pairs"] = [{"pair": name, **pair} for name in "AB"]
    (last,) = pairs.answer(wish)
    assert "a run of 2 pairs on 1000000 million parameters asks for" in last["error"]
    whole = {"directory": str(tmp_path), "device": "cpu", "settings": pair}
    (last,) = worlds.answer(whole, worlds_gram.records)
    assert "the run gram on 1000000 million parameters asks for" in last["error"]


def test_an_allocation_that_failed_is_said_and_no_other_error() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(10**15)
    assert "out of memory on cpu: 4000000000000000 bytes were" in room.sentence(
        caught.value, "cpu"
    )
    cuda = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU")
    assert "2.00 GiB were asked for" in room.sentence(cuda, "cpu")
    assert room.sentence(RuntimeError("shapes differ"), "cpu") == ""


def test_without_transformers_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(hf.sys.modules, "transformers", None)
    with pytest.raises(tiny.CheckpointError, match=r"pip install 'drillbox\[hf\]'"):
        speaker.load({"directory": str(tmp_path)})


def test_the_hash_of_a_directory_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    first = hf.digest(tmp_path)
    (tmp_path / "notes.md").write_text("no part of the model")
    assert hf.digest(tmp_path) == first
    (tmp_path / "tokenizer.json").write_text("{}")
    assert hf.digest(tmp_path) != first
