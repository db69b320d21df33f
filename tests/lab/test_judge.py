"""Predictions of a run: read, compared, scored."""

import json
from dataclasses import replace
from typing import Any

import pytest

from drillbox.lab.document import shipped
from drillbox.lab.general import Question
from drillbox.lab.judge import Said, agrees, body, judge, read, told
from drillbox.lab.run import LabError
from drillbox.lab.tabular import TABULAR

END = {"type": "end", "seconds": 1.0}
RIGHT = {
    "gap": Said("below 1e-8", 1.0),
    "objective": Said("β log Z", 1.0),
    "own": Said("down", 1.0),
    "shared": Said("up", 1.0),
}


def records() -> list[dict[str, Any]]:
    return [*shipped("tabular"), END]


def whole(**changes: Any) -> dict[str, Any]:
    return {**body(RIGHT)["predictions"], **changes}


def test_right_and_sure_everywhere_scores_0() -> None:
    found = judge(TABULAR, RIGHT, records())
    assert (found.right, len(found.results), found.brier) == (4, 4, 0.0)


def test_wrong_answers_cost_what_was_staked_on_them() -> None:
    said = {**RIGHT, "own": Said("up", 0.7), "gap": Said("below 1e-8", 0.9)}
    found = judge(TABULAR, said, records())
    assert [one.right for one in found.results] == [True, True, False, True]
    assert found.brier == pytest.approx((0.1**2 + 0.7**2) / 4)
    assert found.results[2].value == "0.100 → 0.000"


def test_what_is_written_is_read_again() -> None:
    assert read(json.loads(json.dumps(whole())), TABULAR) == RIGHT


def test_the_verdict_is_json() -> None:
    found = json.loads(json.dumps(told(RIGHT, judge(TABULAR, RIGHT, records()))))
    assert (found["type"], found["right"], found["confidence"]) == ("verdict", 4, 1.0)
    assert found["predictions"]["own"] == {"answer": "down", "confidence": 1.0}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "predictions are a JSON object"),
        (whole(owm=1), "tabular asks nothing called 'owm'; it asks gap, objective"),
        ({"gap": {"answer": "below 1e-8", "confidence": 1}}, "objective: None is no"),
        (whole(own="up"), "own: 'up' is no object with answer and confidence"),
        (
            whole(own={"answer": "rises", "confidence": 1}),
            "own: the answer is 'rises'; write 'up' or 'down' or 'same'",
        ),
        (whole(own={"answer": ["up"], "confidence": 1}), "own: the answer is ['up']"),
        (whole(own={"answer": "up"}), "own: confidence is None; write a number"),
        (whole(own={"answer": "up", "confidence": 80}), "own: confidence is 80"),
        (whole(own={"answer": "up", "confidence": True}), "own: confidence is True"),
    ],
)
def test_a_prediction_that_cannot_be_read_says_where(data: Any, sentence: str) -> None:
    with pytest.raises(LabError) as caught:
        read(data, TABULAR)
    assert str(caught.value).startswith(sentence)


def test_a_number_is_right_within_its_tolerance() -> None:
    question = Question("share", "How much?", within=0.05)
    values = (0.26, 0.24, 0.36, float("nan"))
    assert [agrees(question, value, 0.3) for value in values] == [
        True,
        False,
        False,
        False,
    ]
    asked = replace(TABULAR, questions=(question,))
    for value in (float("nan"), float("inf"), 10**400, True):
        with pytest.raises(LabError, match="write a number"):
            read({"share": {"answer": value, "confidence": 1}}, asked)
    with pytest.raises(LabError, match="share: the answer is 'much'; write a number"):
        read({"share": {"answer": "much", "confidence": 1}}, asked)


@pytest.mark.parametrize("cut", [slice(0, 0), slice(0, -1)])
def test_records_that_are_not_whole_are_refused(cut: slice) -> None:
    with pytest.raises(LabError, match="did not come to its end"):
        judge(TABULAR, RIGHT, records()[cut])


def test_nothing_predicted_is_nothing_to_compare() -> None:
    with pytest.raises(LabError, match="nothing was predicted"):
        judge(TABULAR, {}, records())
