"""The verdict is worked out on arrays alone, and says the first thing that is wrong."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.grader.verdict import Expected, Rules, apart, judge, number

LOSS = Expected("loss", np.array(0.5), "float64")
GRADIENT = Expected("gradient by a", np.array([0.25, -0.5]), "float64")
ARGUMENT = Expected("argument a", np.array([1.0, np.nan]), "float64")
WHOLE = Expected("directions", np.array([[1, 0], [-1, 1]]), "int64")
LOW = Expected("loss", np.array(0.5), "float32", np.array(1e-6))
MINUS = Expected("loss", np.array(-0.0), "float64")
NEAR = Expected("loss", np.array(-4.924392), "float64")
RULES = Rules({"loss": "a torch.Tensor"})
PARTS = Rules({"chosen": "a float or None", "rejected": "a numpy.ndarray"})
NONE = Expected("chosen", {"type": "None"}, "")
LEAF = Expected("gradient by a", {"grad": "unused"}, "")
RAISED = Expected("raises", {"raises": "ValueError"}, "")
TEXT = Expected("argument runs", {"value": "[1]"}, "")


def said(expected: Expected, output: Any, rules: Rules = RULES) -> str:
    finding = judge([expected], {expected.name: output}, rules)
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
        (LOSS, np.array(0.5 * (1 + 2e-7)), "loss: 0.5000001, expected 0.5"),
        (LOSS, np.array(0.7), "loss: 0.7, expected 0.5"),
        (LOSS, np.array([0.5]), "loss: shape (1,), expected () (0-d)"),
        (LOSS, np.array(0.5, np.float32), "loss: dtype float32, expected float64"),
        (LOSS, np.array(np.inf), "loss: inf, expected 0.5"),
        (LOSS, np.array(np.nan), "loss: nan, expected 0.5"),
        (LOSS, {"type": "list"}, "returned a list, expected a torch.Tensor"),
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
        (ARGUMENT, np.array([2.0, np.nan]), "the argument a was changed"),
        (WHOLE, np.array([[1, 0], [-1, 0]]), "directions[1, 1]: 0, expected 1"),
        (WHOLE, WHOLE.value.astype(float), "dtype float64, expected whole numbers"),
        (WHOLE, WHOLE.value > 0, "dtype bool, expected whole numbers"),
        (LOW, np.array(0.5 + 2e-6, np.float32), "loss: 0.500002, expected 0.5"),
        (MINUS, np.array(0.5), "loss: 0.5, expected 0"),
        (NEAR, np.array(-4.924391), "loss: -4.924391, expected -4.924392"),
    ],
)
def test_this_is_wrong_and_why(expected: Expected, output: Any, message: str) -> None:
    assert message in said(expected, output)


def test_what_is_missing_or_too_much_is_wrong() -> None:
    finding = judge([LOSS, GRADIENT], {"loss": LOSS.value}, RULES)
    assert finding is not None and "gradient by a is missing" in finding.message
    both = {"loss": LOSS.value, "more": LOSS.value}
    assert judge([LOSS], both, RULES) is not None


def test_infinite_is_never_right_even_where_it_is_expected() -> None:
    endless = Expected("loss", np.array(np.inf), "float64")
    assert said(endless, np.array(np.inf)) != ""


@pytest.mark.parametrize(
    ("expected", "output", "message"),
    [
        (NONE, {"type": "None"}, ""),
        (NONE, np.array(0.3), "chosen: 0.3, expected None"),
        (Expected("chosen", np.array(0.3), "float64"), {"type": "None"}, "a float or"),
        (NONE, np.array([0.3, 0.4]), "chosen: "),
        (LEAF, {"grad": "unused"}, ""),
        (LEAF, np.array([0.0, 1.0]), "expected no gradient"),
        (NONE, {"type": "dict", "parts": 2}, "chosen: a dict, expected None"),
        (LOSS, {"type": "dict", "parts": 2}, "expected 2 results: chosen, rejected"),
        (RAISED, {"raises": "ValueError"}, ""),
        (RAISED, {"raises": "KeyError"}, "raises: KeyError, expected ValueError"),
        (TEXT, {"value": "[1]"}, ""),
        (TEXT, {"value": "[2]"}, "the argument runs was changed"),
        (TEXT, np.array(1.0), "the argument runs was changed"),
    ],
)
def test_what_is_no_array_is_compared_as_a_fact(
    expected: Expected, output: Any, message: str
) -> None:
    found = said(expected, output, PARTS)
    assert message in found and bool(found) is bool(message)


def test_an_exception_for_a_result_and_the_reverse_are_told_apart() -> None:
    outputs = {"raises": {"raises": "ValueError"}}
    finding = judge([LOSS], outputs, RULES)
    assert finding and finding.message == "raised a ValueError, expected a result"
    finding = judge([RAISED], {"loss": LOSS.value}, RULES)
    assert finding and finding.message == "returned a value, expected a ValueError"


def test_a_second_call_must_give_the_same_bits() -> None:
    rules = Rules(RULES.kinds, repeatable=True)
    value, near = np.array(0.5), np.array(np.nextafter(0.5, 1.0))
    assert judge([LOSS], {"loss": value, "again loss": value}, rules) is None
    finding = judge([LOSS], {"loss": value, "again loss": near}, rules)
    assert finding is not None and "another loss" in finding.message
    assert judge([LOSS], {"loss": value}, rules) is not None


def test_an_argument_may_change_where_the_exercise_says_so() -> None:
    rules = Rules(RULES.kinds, mutates=("a",))
    echo = Expected("argument a", np.array([1.0]), "float64")
    assert judge([echo], {"argument a": np.array([1.0 + 1e-9])}, rules) is None
    assert judge([echo], {"argument a": np.array([2.0])}, rules) is not None


def test_equal_means_every_bit_and_residual_leaves_the_value_free() -> None:
    near = np.array(0.5 + 1e-9)
    assert said(LOSS, near) == ""
    assert said(LOSS, near, Rules(RULES.kinds, by="equal")) != ""
    free = Rules(RULES.kinds, by="residual")
    assert said(LOSS, np.array(7.0), free) == ""
    assert "shape" in said(LOSS, np.array([7.0]), free)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_two_numbers_look_alike_only_if_they_are(one: float, other: float) -> None:
    shown = apart(np.array(one), np.array(other))
    assert (shown[0] == shown[1]) is (one == other)
    assert "-0" not in (number(one), number(other))
