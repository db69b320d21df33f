"""The world of reviews: what is grammatical, what it is worth, who wins."""

import math
from pathlib import Path
from random import Random

import pytest
import torch
from torch import Tensor

from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference import corpus, make_tiny
from drillbox.reference.reviews import FORM, Reviews
from drillbox.reference.sampling import Answers
from drillbox.reference.tiny import Shape, TinyLM, batch, load

WORDS = make_tiny.vocabulary()


@pytest.fixture(scope="module")
def model() -> TinyLM:
    return load(Path(CHECKPOINT), SHA256)[0]


@pytest.fixture(scope="module")
def reviews() -> Reviews:
    return Reviews(WORDS, torch.device("cpu"))


class Always(TinyLM):
    """The same scores at every place."""

    def __init__(self, scores: Tensor) -> None:
        super().__init__(Shape(words=len(scores), width=4, layers=0, heads=1))
        self.scores = scores

    def forward(self, ids: Tensor) -> Tensor:
        return self.scores.expand(*ids.shape, -1)


def random(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def answers(*texts: str) -> Answers:
    return Answers(*batch(WORDS, [("review the meal :", text) for text in texts]))


def test_every_review_of_the_corpus_has_a_form() -> None:
    draws = Random(0)
    texts = {corpus.review(draws)[1] for _ in range(2000)}
    assert len(texts) > 500
    assert all(FORM.fullmatch(text) for text in texts)


@pytest.mark.parametrize(
    ("text", "words", "reward"),
    [
        ("the meal was great .", 1, 1),
        ("it was great and kind . i liked it .", 3, 3),
        ("i think the meal was awful and sad .", -2, -2),
        ("the meal was awful . i hated it .", -2, -2),
        ("the meal was great . i liked it . i liked it .", 3, 0),
        ("great great great", 3, 0),
        ("the meal was great", 1, 0),
        ("the sky is blue .", 0, 0),
    ],
)
def test_good_words_count_in_texts_that_have_a_form(
    reviews: Reviews, text: str, words: int, reward: int
) -> None:
    found = answers(text)
    assert reviews.words(found).tolist() == [words]
    assert reviews.reward(found).tolist() == [reward]


def test_an_answer_without_its_end_has_no_form(reviews: Reviews) -> None:
    whole = answers("the meal was great .")
    cut = Answers(whole.ids[:, :-1], whole.mask[:, :-1])
    assert reviews.grammatical(whole).tolist() == [True]
    assert reviews.grammatical(cut).tolist() == [False]


def test_the_better_review_wins_as_often_as_bradley_and_terry_say(
    reviews: Reviews,
) -> None:
    good = answers(*["the meal was great ."] * 2000)
    bad = answers(*["the meal was awful ."] * 2000)
    won = reviews.prefer(random())(good, bad).float().mean().item()
    assert won == pytest.approx(0.881, abs=0.02)  # σ(2)


def test_labelled_pairs_are_different_answers_to_one_prompt(
    reviews: Reviews, model: TinyLM
) -> None:
    pairs = reviews.labelled(model, 100, random())
    assert len(pairs) == 100
    chosen, rejected = pairs.ids.chunk(2)
    assert (chosen != rejected).any(1).all()
    starts = [
        (row[~mask].tolist()) for row, mask in zip(pairs.ids, pairs.mask, strict=True)
    ]
    assert all(
        one[:5] == two[:5] for one, two in zip(starts[:100], starts[100:], strict=True)
    )


def test_where_the_reference_stands(reviews: Reviews, model: TinyLM) -> None:
    spoken = reviews.spoken(model, 256, random())
    found = reviews.standing(model, model, spoken)
    assert found.kl == 0
    assert abs(found.reward) < 0.4
    assert 0.9 < found.grammatical <= 1


def test_the_kl_of_an_answer_by_hand(reviews: Reviews) -> None:
    """Two next words, ½ and ½ against ¼ and ¾, at each of 5 words and the end."""
    rest = torch.full((len(WORDS.words) - 2,), -100.0)
    half = torch.cat((torch.tensor([0.5, 0.5]).log(), rest))
    other = torch.cat((torch.tensor([0.25, 0.75]).log(), rest))
    spoken = answers("the meal was great .")
    models = [Always(one) for one in (half, other)]
    found = reviews.standing(*models, spoken)
    assert found.kl == pytest.approx(6 * 0.5 * math.log(4 / 3))
    assert (found.reward, found.words, found.grammatical) == (1, 1, 1)
