"""The character model: its file, its letters, how well it spells, its making."""

from pathlib import Path
from random import Random

import pytest
import torch

from drillbox.lab import model, own, vocabulary
from drillbox.reference import corpus, make_characters, sampling, speaker, tiny
from drillbox.reference.characters import LETTERS, Alphabet

SHIPPED = Path(model.CHARACTERS)
TEXTS = 200
SPELT = 0.96  # of its words; 0.976 to 0.985 were measured, three seeds
SUMS = 70  # of a hundred; 77 were measured

KIND = ("tell me :", "you look lovely .", "you look dull .")


@pytest.fixture(scope="module")
def shipped() -> speaker.Shipped:
    found = speaker.load(model.named("characters").asked)
    assert isinstance(found, speaker.Shipped) and isinstance(found.words, Alphabet)
    return found


def said(by: speaker.Shipped, prompts: list[str], temperature: float) -> list[str]:
    assert isinstance(by.model, tiny.TinyLM)
    asked = [[*by.words.encode(prompt), tiny.SEP] for prompt in prompts]
    generator = torch.Generator().manual_seed(0)
    found = sampling.sample(by.model, asked, 110, generator, temperature)
    rows = zip(found.ids, found.mask, strict=True)
    return [by.words.decode(row[mask].tolist()) for row, mask in rows]


def test_the_file_is_small_and_another_one_is_refused(tmp_path: Path) -> None:
    data = SHIPPED.read_bytes()
    assert len(data) <= 2_000_000
    other = tmp_path / "characters.safetensors"
    other.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(tiny.CheckpointError, match="is not the model this run was ma"):
        tiny.opened(other, model.CHARACTERS_SHA256)


def test_it_spells(shipped: speaker.Shipped) -> None:
    random = Random(5)
    prompts = [corpus.draw(random)[0] for _ in range(TEXTS)]
    words = [word for text in said(shipped, prompts, 1.0) for word in text.split()]
    known = sum(word in vocabulary.words() for word in words)
    assert len(words) > 4 * TEXTS
    assert known / len(words) >= SPELT


def test_most_sums_are_right(shipped: speaker.Shipped) -> None:
    sums = [(a, b) for a in range(10) for b in range(10)]
    answers = said(shipped, [corpus.sum_question(*one) for one in sums], 0.0)
    wanted = [corpus.sum_answer(a, b, a + b) for a, b in sums]
    assert sum(map(str.__eq__, answers, wanted)) >= SUMS


def test_the_letters_are_told_alike_with_and_without_torch() -> None:
    assert vocabulary.letters(model.CHARACTERS) == LETTERS
    characters = model.named("characters")
    assert characters.unknown("you look great, just great") == ""
    with pytest.raises(tiny.UnknownWordError) as caught:
        Alphabet().encode("You")
    assert characters.unknown("You") == str(caught.value)
    assert "character 'Y'; it knows , . : ? the space and a to z" in str(caught.value)
    assert Alphabet().decode([1, *Alphabet().encode("a b ?"), 2]) == "a b ?"


def test_a_typed_pair_of_free_text_is_run() -> None:
    characters = model.named("characters")
    pairs = [
        own.pair(
            1, "tell me :", "you look lovely .", "you look dull .", model=characters
        ),
        own.pair(2, "hello :", "quite a joke", "zzz", model=characters),
    ]
    streamed = own.start(pairs, device="cpu", steps=1, model=characters)
    first, second = own.told(list(streamed))
    for told in (first, second):
        gap = told.outcome.by_chosen - told.outcome.by_rejected
        assert gap == pytest.approx(own.TARGET, rel=0.05)
    assert second.warning


def test_making_is_seeded_to_the_bit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path, seed in zip(paths, "001", strict=True):
        wish = ["--steps", "2", "--batch", "2", "--seed", seed]
        make_characters.main([str(path), *wish])
    first, second, other = (path.read_bytes() for path in paths)
    assert first == second != other
    assert "356256 parameters, 34 characters" in capsys.readouterr().out
