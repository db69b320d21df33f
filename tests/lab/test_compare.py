"""Predictions against records: directions, reasons, the Brier score."""

import json
from typing import Any

import pytest

from drillbox.lab.compare import compare, move, outcomes, rounding, told
from drillbox.lab.predict import Prediction
from drillbox.lab.run import LabError

Records = list[dict[str, Any]]

RIGHT = {
    "A": Prediction("up", "down", 1.0),
    "B": Prediction("down", "down", 1.0),
    "C": Prediction("flat", "flat", 1.0),
    "D": Prediction("up", "up", 1.0),
}


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        (0.2, "up"),
        (0.1, "up"),
        (0.0999, "flat"),
        (0.0, "flat"),
        (-0.0999, "flat"),
        (-0.1, "down"),
    ],
)
def test_a_change_below_the_least_is_flat(change: float, direction: str) -> None:
    assert move(change, 0.1) == direction


def test_right_and_sure_everywhere_scores_0(kept: Records) -> None:
    found = compare(RIGHT, kept)
    assert (found.right, len(found.results), found.brier) == (8, 8, 0.0)
    assert [(r.pair, r.quantity) for r in found.results][:4] == [
        ("A", "chosen"),
        ("A", "rejected"),
        ("B", "chosen"),
        ("B", "rejected"),
    ]


def test_a_third_for_each_direction_scores_two_thirds(kept: Records) -> None:
    said = {"A": Prediction("down", "down", 1 / 3)}
    assert compare(said, kept).brier == pytest.approx(2 / 3)


def test_the_brier_score_is_over_three_outcomes(kept: Records) -> None:
    said = {
        "A": Prediction("up", "down", 0.9),
        "B": Prediction("up", "down", 0.7),
    }
    found = compare(said, kept)
    assert found.right == 3
    nine = 0.1**2 + 2 * 0.05**2
    right, wrong = 0.3**2 + 2 * 0.15**2, 0.7**2 + 0.85**2 + 0.15**2
    assert found.brier == pytest.approx((2 * nine + right + wrong) / 4)
    assert found.answers == ((0.9, True), (0.9, True), (0.7, False), (0.7, True))


@pytest.mark.parametrize(
    ("pair", "quantity", "words"),
    [
        ("A", "chosen", "‖g_w‖² = 394 is more than g_w·g_l = 237"),
        ("A", "rejected", "‖g_l‖² = 396 is more than g_w·g_l = 237"),
        ("B", "chosen", "g_w·g_l = 991 is more than ‖g_w‖² = 297"),
        ("B", "rejected", "‖g_l‖² = 5190 is more than g_w·g_l = 991"),
        ("C", "chosen", "a step has the factor σ(−m) = 0.00022"),
        ("C", "rejected", "what is left of it is flat"),
        ("C", "chosen", "the margin m = β h = 8.4 decides, not the raw gap of 19.5"),
        ("D", "chosen", "‖g_w‖² = 5190 is more than g_w·g_l = 991"),
        ("D", "rejected", "g_w·g_l = 991 is more than ‖g_l‖² = 297"),
    ],
)
def test_every_result_has_its_reason(
    kept: Records, pair: str, quantity: str, words: str
) -> None:
    results = compare(RIGHT, kept).results
    (why,) = (r.why for r in results if (r.pair, r.quantity) == (pair, quantity))
    assert words in why


def test_where_the_curvature_decides_the_gram_matrix_is_not_claimed(
    kept: Records,
) -> None:
    for record in kept:
        if record["type"] == "step" and (record["pair"], record["step"]) == ("A", 1):
            record["logp_chosen"] -= 1.0
    first = compare({"A": RIGHT["A"]}, kept).results[0]
    assert (first.happened, first.right) == ("down", False)
    assert "to first order it goes up; this step is so large" in first.why


def test_the_end_of_the_run_is_kept_beside_its_first_step(kept: Records) -> None:
    b = outcomes(kept)["B"]
    assert b.end_chosen < b.by_chosen < 0 and b.end_rejected < b.by_rejected < 0


@pytest.mark.parametrize(
    ("cut", "sentence"),
    [
        (slice(0, 0), "do not begin with its header"),
        (slice(1, None), "do not begin with its header"),
        (slice(0, 9), "pair A has no first step"),
        (slice(0, 5), "the records have no pair A"),
    ],
)
def test_records_that_are_not_whole_are_refused(
    kept: Records, cut: slice, sentence: str
) -> None:
    with pytest.raises(LabError, match=sentence):
        compare(RIGHT, kept[cut])


def test_nothing_predicted_is_nothing_to_compare(kept: Records) -> None:
    with pytest.raises(LabError, match="nothing was predicted"):
        compare({}, kept)


def test_a_step_too_large_is_not_explained_by_a_small_weight(kept: Records) -> None:
    start, first = (
        next(
            r
            for r in kept
            if r["type"] == "step" and (r["pair"], r["step"]) == ("A", step)
        )
        for step in (0, 1)
    )
    for name in ("logp_chosen", "logp_rejected"):
        first[name] = start[name]
    chosen, rejected = compare({"A": RIGHT["A"]}, kept).results
    assert (chosen.happened, rejected.happened) == ("flat", "flat")
    assert "to first order it goes up" in chosen.why
    assert "to first order it goes down" in rejected.why


def test_the_verdict_is_json_with_predictions_results_and_settings(
    kept: Records,
) -> None:
    said = {"A": RIGHT["A"], "B": Prediction("up", "down", 0.5)}
    found = json.loads(json.dumps(told(said, compare(said, kept), kept)))
    assert found["predictions"]["A"]["chosen"] == "up"
    assert (found["confidence"], found["right"]) == (0.75, 3)
    assert len(found["results"]) == 4
    assert found["settings"]["lr"] == 1e-4


def test_float32_is_close_to_its_replay_in_float64(kept: Records) -> None:
    off = rounding(kept)
    assert off is not None and off[0] < 1e-5 and off[1] < 1e-3
    assert rounding([r for r in kept if r["type"] != "replay"]) is None
