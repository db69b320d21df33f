"""A failing submission is matched to the wrong solution with the same results."""

from typing import Any

import numpy as np

from drillbox.grader import diagnose
from drillbox.grader.diagnose import Tried, witness
from drillbox.grader.verdict import Expected, Rules
from drillbox.grader.wire import Drawn

INF = float("inf")
RULES = Rules({"loss": "a torch.Tensor"})


def match(tried: Any, signatures: Any) -> str | None:
    return diagnose.match(tried, signatures, RULES)


def case(*expected: Expected) -> Drawn:
    return Drawn(0, "one case", [], [], expected)


def outputs(value: float, low: bool = False) -> dict[str, Any]:
    return {"loss": np.array(value, np.float32 if low else np.float64)}


def tried(*values: float | None, right: tuple[float, ...] = (1.0, 2.0, 3.0)) -> Any:
    """Cases where the right losses are 1, 2, 3 and these came back."""
    return [
        Tried(
            case(Expected("loss", np.array(wanted), "float64")),
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
    fact = {"loss": {"type": "list"}}
    expected = case(Expected("loss", np.array(1.0), "float64"))
    assert match([Tried(expected, fact, False)], {"lists": [dict(fact)]}) == "lists"
    assert match([Tried(expected, fact, False)], {"x": [outputs(1.0)]}) is None


def test_nothing_at_all_is_no_match() -> None:
    assert match(tried(None, None, None), SIGNATURES) is None


def test_what_a_second_call_gave_is_left_out() -> None:
    (one,) = tried(2.0, right=(1.0,))
    again = {**one.outputs, "again loss": np.array(5.0)}
    twice = Tried(one.drawn, again, False)
    assert match([twice], {"double": [outputs(2.0)]}) == "double"


def test_the_witness_is_the_first_wrong_number() -> None:
    shown = witness(tried(1.0, 4.0, 6.0))
    assert shown == "With one case: loss is 2, yours gives 4."
    vector = Expected("gradient by a", np.array([1.0, 2.0]), "float64")
    mine = {"gradient by a": np.array([1.0, -2.0])}
    (line,) = [witness([Tried(case(vector), mine, False)])]
    assert line == "With one case: gradient by a[1] is 2, yours gives -2."
    assert witness(tried(None, right=(1.0,))) == ""
    assert witness(tried(1.0, right=(1.0,))) == ""


def test_a_right_value_in_another_dtype_is_no_other_mistake() -> None:
    expected = case(Expected("loss", np.array(2.0), "float64"))
    low = Tried(expected, {"loss": np.array(2.0, np.float32)}, False)
    assert match([low], {"clamped": [{"loss": np.array(2.0)}]}) is None


def test_the_witness_shows_a_difference_that_can_be_seen() -> None:
    expected = case(
        Expected("loss", np.array(2.0), "float64"),
        Expected("gradient by a", np.array([0.0, 3.0]), "float64"),
    )
    mine = {"loss": np.array(2.0 + 1e-7), "gradient by a": np.array([0.0, -3.0])}
    assert "gradient by a[1] is 3, yours" in witness([Tried(expected, mine, False)])
