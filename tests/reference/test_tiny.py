"""The tiny model, its words, its file and its making."""

from pathlib import Path
from random import Random

import pytest
import torch

from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference import corpus, make_tiny, sampling, tiny
from drillbox.reference.logprobs import sequence_logprobs


@pytest.fixture(scope="session")
def shipped() -> tuple[tiny.TinyLM, tiny.Vocabulary]:
    return tiny.load(Path(CHECKPOINT), SHA256)


def test_the_shipped_model_is_small_enough() -> None:
    assert Path(CHECKPOINT).stat().st_size <= 500_000


def test_no_place_sees_what_comes_after_it(
    shipped: tuple[tiny.TinyLM, tiny.Vocabulary],
) -> None:
    model, words = shipped
    ids, _ = tiny.batch(words, [("is the sky blue ?", "yes , it is .")])
    changed = ids.clone()
    changed[0, 7:] = 5
    assert torch.equal(model(ids)[0, :7], model(changed)[0, :7])


def test_padding_changes_no_log_prob(
    shipped: tuple[tiny.TinyLM, tiny.Vocabulary],
) -> None:
    model, words = shipped
    short, long = ("hello :", "good day ."), ("hello :", "hello , how are you ?")
    alone = tiny.batch(words, [short])
    both = tiny.batch(words, [short, long])
    found = [
        sequence_logprobs(model(ids), ids, mask)[0].item()
        for ids, mask in (alone, both)
    ]
    assert found[0] == pytest.approx(found[1], abs=1e-5)


def test_the_shipped_model_can_add_and_knows_its_colors(
    shipped: tuple[tiny.TinyLM, tiny.Vocabulary],
) -> None:
    model, words = shipped
    for prompt, right, wrong in (
        ("what is two plus two ?", "two plus two is four .", "two plus two is nine ."),
        ("what color is the snow ?", "the snow is white .", "the snow is red ."),
    ):
        ids, mask = tiny.batch(words, [(prompt, right), (prompt, wrong)])
        scores = sequence_logprobs(model(ids), ids, mask)
        assert scores[0].item() > scores[1].item() + 2


def test_the_shipped_model_says_95_of_the_hundred_sums_right(
    shipped: tuple[tiny.TinyLM, tiny.Vocabulary],
) -> None:
    model, words = shipped
    sums = [(a, b) for a in range(10) for b in range(10)]
    asked = [[*words.encode(corpus.sum_question(*s)), tiny.SEP] for s in sums]
    said = sampling.sample(model, asked, 12, torch.Generator(), 0.0)
    rows = zip(said.ids, said.mask, strict=True)
    answers = [words.decode(row[mask].tolist()) for row, mask in rows]
    wanted = [corpus.sum_answer(a, b, a + b) for a, b in sums]
    assert sum(map(str.__eq__, answers, wanted)) >= 95


def test_a_batch_marks_the_completion_and_its_end() -> None:
    words = tiny.Vocabulary.of(["a b"])
    ids, mask = tiny.batch(words, [("a", "b"), ("a a", "b b")])
    assert ids.tolist() == [[3, 2, 4, 1, 0, 0], [3, 3, 2, 4, 4, 1]]
    assert mask.int().tolist() == [[0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1]]
    assert words.decode(ids[1].tolist()) == "a a b b"


def test_a_word_the_model_never_saw_is_named() -> None:
    with pytest.raises(tiny.UnknownWordError, match="'c'"):
        tiny.Vocabulary.of(["a b"]).encode("a c")


def test_every_word_the_corpus_says_is_in_the_shipped_vocabulary(
    shipped: tuple[tiny.TinyLM, tiny.Vocabulary],
) -> None:
    _, words = shipped
    random = Random(99)
    for _ in range(2000):
        for text in corpus.draw(random):
            words.encode(text)


def test_a_saved_model_comes_back_and_another_file_is_refused(tmp_path: Path) -> None:
    words = tiny.Vocabulary.of(["a b c"])
    torch.manual_seed(1)
    model = tiny.TinyLM(tiny.Shape(words=6, width=8, layers=1, heads=2, length=5))
    path = tmp_path / "model.safetensors"
    digest = tiny.save(model, words, path)
    found, found_words = tiny.load(path, digest)
    assert found_words == words and found.shape == model.shape
    ids = torch.tensor([[3, 4, 5]])
    assert torch.allclose(found(ids), model(ids), atol=1e-3)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(tiny.CheckpointError, match="is not the model"):
        tiny.load(path, digest)
    with pytest.raises(tiny.CheckpointError, match="cannot read"):
        tiny.load(tmp_path / "missing", digest)


def test_making_is_seeded_to_the_bit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path, seed in zip(paths, "001", strict=True):
        make_tiny.main([str(path), "--steps", "2", "--seed", seed])
    first, second, other = (path.read_bytes() for path in paths)
    assert first == second != other
    assert "112384 parameters, 152 words" in capsys.readouterr().out
