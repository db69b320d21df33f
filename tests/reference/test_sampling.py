"""Sampling with kept keys and values."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from drillbox.reference import sampling
from drillbox.reference.logprobs import sequence_logprobs
from drillbox.reference.tiny import END, PAD, Shape, TinyLM

PROMPTS = ([5, 3, 7, 2], [4, 2], [6, 6, 2])


@pytest.fixture
def model() -> TinyLM:
    torch.manual_seed(4)
    made = TinyLM(Shape(words=9, width=8, layers=2, heads=2, length=16)).double()
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.mul_(10)
    return made


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_word_by_word_the_logits_are_those_of_the_whole_text(model: TinyLM) -> None:
    ids = torch.randint(9, (3, 10), generator=seeded(1))
    cache = sampling.Cache(model, torch.tensor([4, 4, 4]), 16)
    found = [sampling.read_prompts(model, ids[:, :4], cache)]
    for place in range(4, 10):
        at = torch.full((3,), place)
        found.append(sampling.read_words(model, ids[:, place], at, cache)[:, None])
    assert torch.allclose(torch.cat(found, 1), model(ids), atol=1e-12)


def test_rows_may_stand_at_different_places(model: TinyLM) -> None:
    ids = torch.randint(9, (2, 8), generator=seeded(2))
    sizes, new = torch.tensor([5, 2]), torch.tensor([[3, 8], [7, 1]])
    cache = sampling.Cache(model, sizes, 16)
    sampling.read_prompts(model, ids[:, :5], cache)
    for count in range(2):
        places = sizes + count
        found = sampling.read_words(model, new[:, count], places, cache)
        for row in range(2):
            said = new[row, : count + 1]
            text = torch.cat((ids[row, : sizes[row]], said))[None]
            assert torch.allclose(found[row], model(text)[0, -1], atol=1e-12)


def plainly(
    model: TinyLM, prompt: list[int], most: int, choose: Callable[[Tensor], int]
) -> list[int]:
    """The whole text again for every word."""
    text = list(prompt)
    for _ in range(most):
        with torch.no_grad():
            text.append(choose(model(torch.tensor([text]))[0, -1]))
        if text[-1] == END:
            break
    return text


def test_the_likeliest_answers_are_those_of_the_plain_way(model: TinyLM) -> None:
    found = sampling.sample(model, PROMPTS, 8, seeded(0), temperature=0)
    for ids, mask, prompt in zip(found.ids, found.mask, PROMPTS, strict=True):
        whole = plainly(model, prompt, 8, lambda scores: int(scores.argmax()))
        assert ids[: len(whole)].tolist() == whole
        assert (ids[len(whole) :] == PAD).all()
        marks = [len(prompt) <= t < len(whole) for t in range(len(ids))]
        assert mask.tolist() == marks


@pytest.mark.parametrize("temperature", [1.0, 0.5])
def test_the_words_come_as_often_as_the_model_says(
    model: TinyLM, temperature: float
) -> None:
    count = 4000
    found = sampling.sample(model, [[4, 2]] * count, 1, seeded(3), temperature)
    shares = torch.bincount(found.ids[:, 2], minlength=9) / count
    with torch.no_grad():
        scores = model(torch.tensor([[4, 2]]))[0, -1] / temperature
    wanted = torch.softmax(scores, -1)
    error = (wanted * (1 - wanted) / count).sqrt()
    assert ((shares - wanted).abs() < 4 * error + 1e-9).all()


def test_an_answer_ends_with_its_end_or_where_there_is_no_more_room(
    model: TinyLM,
) -> None:
    found = sampling.sample(model, PROMPTS * 40, 30, seeded(5))
    assert found.ids.shape == found.mask.shape
    assert found.ids.shape[1] <= model.shape.length
    ended = 0
    for ids, mask in zip(found.ids, found.mask, strict=True):
        answer = ids[mask].tolist()
        assert END not in answer[:-1] and answer
        ended += answer[-1] == END
        assert answer[-1] == END or mask[-1]
    assert ended > 0


def test_the_same_seed_gives_the_same_answers(model: TinyLM) -> None:
    first, second, other = (
        sampling.sample(model, PROMPTS, 8, seeded(seed)).ids for seed in (1, 1, 2)
    )
    assert torch.equal(first, second)
    assert first.shape != other.shape or not torch.equal(first, other)


def test_its_answers_can_be_scored_as_they_are(model: TinyLM) -> None:
    found = sampling.sample(model, PROMPTS, 5, seeded(7))
    scores = sequence_logprobs(model(found.ids), found.ids, found.mask)
    assert (scores < 0).all()


def test_a_prompt_that_fills_the_context_gets_no_word(model: TinyLM) -> None:
    found = sampling.sample(model, [[3] * 16, [4, 2]], 5, seeded(1))
    assert not found.mask[0].any() and found.mask[1].any()


def test_its_answers_can_be_learnt_from(model: TinyLM) -> None:
    found = sampling.sample(model, PROMPTS, 5, seeded(7))
    scores = sequence_logprobs(model(found.ids), found.ids, found.mask)
    scores.sum().backward()
    assert all(one.grad is not None for one in model.parameters())
