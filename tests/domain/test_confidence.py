"""Which cards ask how sure, and what confidence comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.confidence import asks, calibration, three_way


@pytest.mark.parametrize(
    ("kind", "given", "asked"),
    [
        ("choice", 0, False),
        ("choice", 2, True),
        ("numeric", 2, True),
        ("direction", 3, False),
        ("direction", 5, True),
        ("cloze", 2, False),
    ],
)
def test_every_third_answer_of_these_kinds_asks(
    kind: str, given: int, asked: bool
) -> None:
    assert asks(given, kind) is asked


def test_the_score_is_the_mean_square_and_the_bands_have_means_of_their_own() -> None:
    found = calibration([(0.5, True), (0.6, False), (0.8, True), (1.0, False)])
    assert found is not None
    assert found.brier == pytest.approx((0.25 + 0.36 + 0.04 + 1.0) / 4)
    assert [(b.name, b.count, b.right) for b in found.bands] == [
        ("a guess", 2, 0.5),
        ("fairly sure", 1, 1.0),
        ("sure", 1, 0.0),
    ]
    assert found.bands[0].said == pytest.approx(0.55)
    assert calibration([]) is None


@pytest.mark.parametrize(
    ("sure", "right", "score"),
    [
        (1.0, True, 0.0),
        (1.0, False, 2.0),
        (1 / 3, True, 2 / 3),
        (1 / 3, False, 2 / 3),
        (0.8, True, 0.2**2 + 2 * 0.1**2),
    ],
)
def test_three_outcomes_share_what_is_left_of_the_confidence(
    sure: float, right: bool, score: float
) -> None:
    found = three_way([(sure, right)] * 2)
    assert (found.count, found.brier) == (2, pytest.approx(score))


@given(st.floats(0.34, 1.0))
def test_saying_what_one_believes_scores_best_on_average(belief: float) -> None:
    def expected(said: float) -> float:
        right, wrong = (three_way([(said, one)]).brier for one in (True, False))
        return belief * right + (1 - belief) * wrong

    assert expected(belief) <= min(expected(s / 100) for s in range(34, 101)) + 1e-12
