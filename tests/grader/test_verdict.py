"""The verdict is worked out on arrays alone, and says the first thing that is wrong."""

from typing import Any

import numpy as np
import pytest

from drillbox.grader.verdict import Expected, judge

LOSS = Expected("loss", np.array(0.5), "float64")
GRADIENT = Expected("gradient by a", np.array([0.25, -0.5]), "float64")
ARGUMENT = Expected("argument a", np.array([1.0, np.nan]), "float64")
WHOLE = Expected("directions", np.array([[1, 0], [-1, 1]]), "int64")
LOW = Expected("loss", np.array(0.5), "float32", np.array(1e-6))
KIND = "a torch.Tensor"


def said(expected: Expected, output: Any) -> str:
    finding = judge([expected], {expected.name: output}, KIND)
    return finding.message if finding else ""


@pytest.mark.parametrize(
    ("expected", "output"),
    [
        (LOSS, np.array(0.5)),
        (LOSS, np.array(0.5 * (1 + 0.9e-7))),
        (GRADIENT, np.array([0.25, -0.5 + 4e-8])),
        (ARGUMENT, np.array([1.0, np.nan])),
        (WHOLE, np.array([[1, 0], [-1, 1]], np.int8)),
        (LOW, np.array(0.5 + 5e-7, np.float32)),
        (Expected("loss", np.array(0.0), "float64"), np.array(9e-13)),
    ],
)
def test_this_is_right(expected: Expected, output: Any) -> None:
    assert said(expected, output) == ""


@pytest.mark.parametrize(
    ("expected", "output", "message"),
    [
        (LOSS, np.array(0.5 * (1 + 2e-7)), "loss: 0.5, expected 0.5"),
        (LOSS, np.array(0.7), "loss: 0.7, expected 0.5"),
        (LOSS, np.array([0.5]), "loss: shape (1,), expected () (0-d)"),
        (LOSS, np.array(0.5, np.float32), "loss: dtype float32, expected float64"),
        (LOSS, np.array(np.inf), "loss: inf, expected 0.5"),
        (LOSS, np.array(np.nan), "loss: nan, expected 0.5"),
        (LOSS, {"type": "a list"}, "returned a list, expected a torch.Tensor"),
        (LOSS, {"dtype": "bfloat16"}, "loss: dtype bfloat16, expected float64"),
        (LOSS, {}, "returned None, expected a torch.Tensor"),
        (
            GRADIENT,
            np.array([0.25, 0.5]),
            "gradient by a[1]: 0.5, expected -0.5",
        ),
        (
            GRADIENT,
            np.array([0.0, 0.5]),
            "gradient by a[0]: 0, expected 0.25 (2 of 2 entries differ)",
        ),
        (GRADIENT, {"grad": "none"}, "no gradient reaches a"),
        (GRADIENT, {"results": 2}, "returned None, expected 2 arrays"),
        (ARGUMENT, np.array([2.0, np.nan]), "the argument a was changed"),
        (WHOLE, np.array([[1, 0], [-1, 0]]), "directions[1, 1]: 0, expected 1"),
        (WHOLE, WHOLE.value.astype(float), "dtype float64, expected whole numbers"),
        (WHOLE, WHOLE.value > 0, "dtype bool, expected whole numbers"),
        (LOW, np.array(0.5 + 2e-6, np.float32), "loss: 0.500002, expected 0.5"),
    ],
)
def test_this_is_wrong_and_why(expected: Expected, output: Any, message: str) -> None:
    assert message in said(expected, output)


def test_what_is_missing_or_too_much_is_wrong() -> None:
    finding = judge([LOSS, GRADIENT], {"loss": LOSS.value}, KIND)
    assert finding is not None and "gradient by a is missing" in finding.message
    both = {"loss": LOSS.value, "more": LOSS.value}
    assert judge([LOSS], both, KIND) is not None


def test_infinite_is_never_right_even_where_it_is_expected() -> None:
    endless = Expected("loss", np.array(np.inf), "float64")
    assert said(endless, np.array(np.inf)) != ""
