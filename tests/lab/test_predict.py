"""Reading what a learner predicts."""

from typing import Any

import pytest

from drillbox.lab.predict import Prediction, predictions
from drillbox.lab.run import LabError
from drillbox.lab.three_pairs import THREE_PAIRS

ONE = {"chosen": "up", "rejected": "down", "confidence": 0.8}


def whole(**changes: Any) -> dict[str, Any]:
    return {"A": ONE, "B": ONE, "C": ONE, **changes}


def test_the_bonus_pair_may_be_left_out_or_given() -> None:
    said = Prediction("up", "down", 0.8)
    assert predictions(whole(), THREE_PAIRS) == {"A": said, "B": said, "C": said}
    assert list(predictions(whole(D=ONE), THREE_PAIRS)) == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "predictions are a JSON object"),
        ({"A": ONE}, "pair B is not predicted; three-pairs needs it"),
        (whole(E=ONE), "three-pairs has no pair 'E'; it has A, B, C, D"),
        (whole(B="up"), "pair B: 'up' is no object"),
        (whole(B={**ONE, "chosen": "rises"}), "pair B: chosen is 'rises'; write up or"),
        (whole(C={**ONE, "rejected": None}), "pair C: rejected is None"),
        (whole(C={**ONE, "confidence": 80}), "confidence is 80; write a number"),
        (whole(C={**ONE, "confidence": 0.3}), "write a number from 0.33 to 1"),
        (whole(C={**ONE, "confidence": True}), "confidence is True; write a number"),
        (whole(C={**ONE, "confidence": float("nan")}), "confidence is nan"),
        (whole(C={"chosen": "up"}), "pair C: rejected is None"),
    ],
)
def test_a_prediction_that_cannot_be_read_says_where(data: Any, sentence: str) -> None:
    with pytest.raises(LabError) as caught:
        predictions(data, THREE_PAIRS)
    assert sentence in str(caught.value)
