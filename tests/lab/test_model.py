"""Which model a run is made on, and what is said of one that cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from drillbox.cli.lab import command
from drillbox.lab import model, own
from drillbox.lab.model import Model
from drillbox.lab.run import LabError

FILES = ("config.json", "model.safetensors", "tokenizer.json")
DIRECTORY = Model("directory", "there", {"directory": "/there"})


def directory(place: Path, *files: str) -> str:
    place.mkdir(exist_ok=True)
    for file in files:
        (place / file).write_text("{}")
    return str(place)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ((), "lacks a description (config.json)"),
        (("config.json",), "lacks its weights (*.safetensors)"),
        (FILES[:2], "lacks a tokenizer (tokenizer.json); save model and tokenizer"),
    ],
)
def test_a_directory_that_lacks_a_file_says_which(
    tmp_path: Path, files: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(LabError) as caught:
        model.named(directory(tmp_path / "own", *files))
    assert sentence in str(caught.value)


def test_what_is_no_directory_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="is not there; name a model directory, or char"):
        model.named(str(tmp_path / "none"))
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match="is a file; name a model directory"):
        model.named(str(tmp_path / "file"))


def test_without_transformers_the_line_for_pip_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "find_spec", lambda name: None)
    with pytest.raises(LabError, match=r"pip install 'drillbox\[hf\]'"):
        model.named(directory(tmp_path / "own", *FILES))


def test_a_whole_directory_is_handed_to_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "find_spec", lambda name: name)
    found = model.named(directory(tmp_path / "own", *FILES))
    asked = found.put({"checkpoint": "x", "sha256": "y", "steps": 1})
    assert asked == {"directory": str(tmp_path / "own"), "steps": 1}
    assert found.unknown("Ärger? 東京!") == ""
    assert (found.answer("yes"), model.WORDS.answer("yes")) == (" yes", "yes")
    assert model.named(None) is model.WORDS
    assert model.WORDS.put({"steps": 1})["checkpoint"] == model.CHECKPOINT


def message(content: str, role: str = "user") -> list[dict[str, str]]:
    return [{"role": role, "content": content}]


def line(*texts: Any) -> str:
    return json.dumps(dict(zip(own.PARTS, texts, strict=True)))


def test_messages_are_read_and_handed_on(tmp_path: Path) -> None:
    path = tmp_path / "chats.jsonl"
    texts = [message("Hi."), message("Hello!", "assistant"), message("No", "assistant")]
    path.write_text(f"{line(*texts)}\n{line('Hi', ' yes', ' no')}\n", encoding="utf-8")
    chat, plain = own.read(str(path), DIRECTORY)
    assert (chat.prompt, chat.chosen) == ("Hi.", "Hello!")
    assert chat.messages == dict(zip(own.PARTS, texts, strict=True))
    assert (plain.chosen, plain.messages) == (" yes", None)
    assert own.shown(texts[1]) == "assistant: Hello!"
    with pytest.raises(LabError, match=":1: messages are for --model DIR"):
        own.read(str(path))


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ((message("Hi"), "a", "b"), ":1: write {"),
        (([{"role": "user"}], message("a"), message("b")), ":1: write {"),
        (
            (message("Hi"), message(" "), message("b")),
            ":1: pair 1, chosen: it is",
        ),
        (
            (message("Hi"), message("b"), message("b")),
            "rejected are the same",
        ),
        (("Hi", " a", " a "), "chosen and rejected are the same"),
    ],
)
def test_a_line_that_is_no_pair_says_where(
    tmp_path: Path, texts: tuple[Any, ...], sentence: str
) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(line(*texts), encoding="utf-8")
    with pytest.raises(LabError) as caught:
        own.read(str(path), DIRECTORY)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("run", "tabular", "--model", "x"),
            "tabular has a model and pairs of its",
        ),
        (("run", "three-pairs", "--model", "/none"), "/none is not there"),
        (("run", "three-pairs", "--pairs", "x"), "try drillbox lab own FILE --model"),
        (("run", "gram", "--model", "x", "--svg", "y"), "--svg is for the shipped mod"),
        (("run", "gram", "--pairs", "/none"), "cannot read /none"),
        (("own", "--model", "/none"), "/none is not there"),
        (("hunt", "--model", "/none"), "/none is not there"),
        (("pick", "x", "--model", "y"), "name a CHECKPOINT or a --model"),
    ],
)
def test_a_wish_that_cannot_be_met_is_said_at_once(
    arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(LabError) as caught:
        CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert sentence in str(caught.value)


def test_bf16_is_refused_on_any_model() -> None:
    with pytest.raises(LabError, match="cannot use bfloat16: log-probs near −4 are"):
        own.start_run(own.THREE_PAIRS, DIRECTORY, dtype="bf16")


def test_gram_runs_each_pair_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    pairs = (
        ("hello :", "good day .", "go away ."),
        ("review the walk :", "the walk was funny .", "the walk was dull ."),
    )
    path.write_text("\n".join(line(*pair) for pair in pairs), encoding="utf-8")
    wish = ("run", "gram", "--pairs", str(path), "--json", "--device", "cpu")
    done = CliRunner().invoke(command, wish, catch_exceptions=False)
    records = [json.loads(text) for text in done.output.splitlines()]
    headers = [record for record in records if record["type"] == "header"]
    assert [one["settings"]["chosen"] for one in headers] == [p[1] for p in pairs]
    steps = [record for record in records if record["type"] == "step"]
    widened = steps[1]["predicted"][0] - steps[1]["predicted"][1]
    assert widened == pytest.approx(0.01)
    assert all(step["error"] < 0.02 for step in (steps[0], steps[4]))
