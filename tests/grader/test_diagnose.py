"""A failing submission is matched to the wrong solution with the same results."""

from typing import Any

import numpy as np

from drillbox.grader.diagnose import Tried, match
from drillbox.grader.verdict import Expected

INF = float("inf")


def outputs(value: float, low: bool = False) -> dict[str, Any]:
    return {"loss": np.array(value, np.float32 if low else np.float64)}


def tried(*values: float | None, right: tuple[float, ...] = (1.0, 2.0, 3.0)) -> Any:
    """Cases where the right losses are 1, 2, 3 and these came back."""
    return [
        Tried(
            [Expected("loss", np.array(wanted), "float64")],
            None if value is None else outputs(value),
            value == wanted,
        )
        for wanted, value in zip(right, values, strict=True)
    ]


SIGNATURES = {
    "double": [outputs(2.0), outputs(4.0), outputs(6.0)],
    "negative": [outputs(-1.0), outputs(-2.0), outputs(-3.0)],
    "overflowing": [outputs(1.0), outputs(2.0), outputs(INF)],
    "raising": [None, None, None],
}


def test_the_one_that_agrees_on_every_case_is_named() -> None:
    assert match(tried(2.0, 4.0, 6.0), SIGNATURES) == "double"
    assert match(tried(-1.0, -2.0, -3.0 - 1e-9), SIGNATURES) == "negative"


def test_one_case_that_disagrees_is_enough_for_silence() -> None:
    assert match(tried(2.0, 4.0, 6.1), SIGNATURES) is None


def test_a_case_that_gave_nothing_is_left_out() -> None:
    assert match(tried(2.0, None, 6.0), SIGNATURES) == "double"


def test_a_mistake_that_also_overflows_is_still_named() -> None:
    assert match(tried(2.0, 4.0, INF), SIGNATURES) == "double"


def test_an_overflow_alone_is_named_by_where_it_happens() -> None:
    assert match(tried(1.0, 2.0, float("nan")), SIGNATURES) == "overflowing"
    assert match(tried(1.0, INF, 3.0), SIGNATURES) is None


def test_what_cannot_travel_is_compared_too() -> None:
    fact = {"loss": {"type": "a list"}}
    expected = [Expected("loss", np.array(1.0), "float64")]
    assert match([Tried(expected, fact, False)], {"lists": [dict(fact)]}) == "lists"
    assert match([Tried(expected, fact, False)], {"x": [outputs(1.0)]}) is None


def test_nothing_at_all_is_no_match() -> None:
    assert match(tried(None, None, None), SIGNATURES) is None
