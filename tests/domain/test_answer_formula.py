from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.answer import Verdict, mark
from drillbox.domain.card import FormulaCard
from drillbox.domain.course import Item
from drillbox.domain.variant import draw
from drillbox.errors import AnswerError, ContentError


def marked(text: str, answer: str, seed: int = 1, **changes: Any) -> Verdict:
    card = FormulaCard(
        kind="formula",
        id="form",
        prompt="Write it.",
        explain="So.",
        answer=answer,
        **{"names": {"x": "a number", "y": "another"}, **changes},
    )
    return mark(draw(Item("form", card, 1, True), seed), {"text": text})


@pytest.mark.parametrize(
    ("typed", "answer", "changes"),
    [
        ("y + x", "x + y", {}),
        ("x*(x + 2*y) + y^2", "(x + y)**2", {}),
        ("1 - sigmoid(x)", "sigmoid(-x)", {}),
        ("log(x) + log(y)", "log(x*y)", {"positive": ("x", "y")}),
        ("sqrt(x)*sqrt(x)", "x", {"positive": ("x",)}),
        ("exp(x)/(1 + exp(x))", "sigmoid(x)", {"ranges": {"x": (-900, 900)}}),
        ("-log(1 + exp(-x))", "logsigmoid(x)", {"ranges": {"x": (-900, 900)}}),
        ("log(sigmoid(x))", "logsigmoid(x)", {"ranges": {"x": (-900, 900)}}),
        ("x*1.0000000001", "x", {}),
        ("1e6*x*1.0000000001", "1e6*x", {}),
        ("x + 5e-10", "x", {}),
        ("1/y", "1/y", {}),
        ("0", "x - x", {}),
    ],
)
def test_a_form_that_is_equal_everywhere_is_right(
    typed: str, answer: str, changes: dict[str, Any]
) -> None:
    for seed in range(20):
        assert marked(typed, answer, seed, **changes).outcome == "right"


@pytest.mark.parametrize(
    ("typed", "answer", "changes"),
    [
        ("x + 3e-9", "x", {}),
        ("x*1.00000001", "x", {"ranges": {"x": (1, 3)}}),
        ("1e6*x*1.00000001", "1e6*x", {}),
        ("abs(x)", "x", {}),
        ("sqrt(x)*sqrt(x)", "x", {}),  # no number for half of the points
        ("log(x) + log(y)", "log(x*y)", {}),
        ("max(x, -2)", "x", {}),
        ("sigmoid(x)", "sigmoid(x + 1)", {}),
        ("log(-1)", "x", {}),
        ("1/0 - 1/0", "x", {}),
        ("1e9*x", "x", {}),
    ],
)
def test_a_form_that_is_not_is_wrong_and_told_why(
    typed: str, answer: str, changes: dict[str, Any]
) -> None:
    for seed in range(20):
        try:
            verdict = marked(typed, answer, seed, **changes)
        except AnswerError as error:  # 1/0 - 1/0 passes through infinity everywhere
            assert "overflows" in str(error) and "0" in typed
            continue
        assert verdict.outcome == "wrong"
        assert verdict.why


def test_points_where_only_the_learners_form_overflows_say_nothing() -> None:
    wide = {"ranges": {"x": (-900.0, 900.0)}}
    assert marked("log(1 + exp(x))", "-logsigmoid(-x)", **wide).outcome == "right"
    assert marked("log(1 + exp(x))", "-logsigmoid(x)", **wide).outcome == "wrong"


def test_a_form_that_overflows_nearly_everywhere_is_asked_again() -> None:
    far = {"ranges": {"x": (800.0, 900.0)}}
    with pytest.raises(AnswerError, match="overflows at 640 of 640 points, too many"):
        marked("log(1 + exp(x))", "-logsigmoid(-x)", **far)


def test_a_form_that_overflows_nearly_everywhere_and_is_wrong_elsewhere_is_wrong() -> (
    None
):
    far = {"ranges": {"x": (700.0, 1200.0)}}
    assert marked("exp(x)/exp(x) + x", "x", **far).outcome == "wrong"


def test_points_without_an_answer_are_drawn_again() -> None:
    assert marked("log(x)", "log(x)").outcome == "right"
    assert marked("2*log(x)", "log(x)").outcome == "wrong"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("log(-1)", "card form: answer: `log(-1)` is finite at only 0 of 640 points"),
        ("x + z", "card form: answer: column 5: `z` has no value here"),
        ("x +", "card form: answer: column 3: nothing stands after"),
    ],
)
def test_a_card_without_an_answer_is_a_content_error(
    answer: str, sentence: str
) -> None:
    with pytest.raises(ContentError) as refused:
        marked("x", answer)
    assert str(refused.value).startswith(sentence)


WRONG = (
    {"formula": "x - y", "why": "Minus.", "misconception": "minus"},
    {"formula": "log(x)", "why": "A logarithm."},
    {"formula": "exp(800*x)", "why": "An exponential."},
)


@pytest.mark.parametrize(
    ("typed", "why", "misconception"),
    [
        ("-(y - x)", "Minus.", "minus"),
        ("2*log(sqrt(x))", "A logarithm.", None),
        ("exp(x)**800", "An exponential.", None),
    ],
)
def test_a_wrong_form_is_known_by_its_values(
    typed: str, why: str, misconception: str | None
) -> None:
    verdict = marked(typed, "x + y", wrong=WRONG)
    assert (verdict.outcome, verdict.why) == ("wrong", (why,))
    assert verdict.misconception == misconception


def test_having_no_value_where_a_wrong_form_has_one_is_not_that_form() -> None:
    verdict = marked("x - y + 0*log(x)", "x + y", wrong=WRONG)
    assert verdict.misconception is None
    assert "yours gives no number" in verdict.why[-1]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("-x - y", "Your form is minus the answer everywhere"),
        ("1 - (x + y)", "Your form is 1 minus the answer everywhere"),
        ("1/(x + y)", "Your form is 1 divided by the answer everywhere"),
        ("3*x + 3*y", "Your form is 3 times the answer everywhere"),
        ("x + y - 2", "Your form is the answer plus -2 everywhere"),
        ("2*x", "The answer has `y` in it; yours has not."),
        ("x*y", "At x = "),
    ],
)
def test_a_wrong_form_is_told_what_it_is_to_the_answer(typed: str, why: str) -> None:
    verdict = marked(typed, "x + y")
    assert verdict.why[0].startswith(why)
    assert verdict.why[-1].startswith("At x = ")


def test_names_outside_the_card_are_asked_again_with_those_inside() -> None:
    with pytest.raises(AnswerError, match=r"no `z` here; the names are x, y$"):
        marked("x + z", "x + y")


def test_a_power_of_e_is_shown_the_way() -> None:
    with pytest.raises(AnswerError, match=r"for a power of e write exp\(…\)"):
        marked("e^x", "exp(x)")


@given(st.integers(0, 2**64 - 1))
def test_the_same_seed_compares_at_the_same_points(seed: int) -> None:
    first = marked("x*y", "x + y", seed)
    assert marked("x*y", "x + y", seed) == first
    assert marked("x*y", "x + y", seed ^ 1).why != first.why


@given(st.integers(0, 2**64 - 1))
def test_points_lie_within_the_ranges(seed: int) -> None:
    changes: dict[str, Any] = {"positive": ("y",), "ranges": {"x": (10.0, 11.0)}}
    inside = "0*sqrt(x - 10) + 0*sqrt(11 - x) + 0*sqrt(y - 0.05) + 0*sqrt(3 - y)"
    assert marked(f"x + y + {inside}", "x + y", seed, **changes).outcome == "right"
    assert marked("y + 0*sqrt(y + 3)", "y", seed).outcome == "right"


@given(st.text(max_size=40))
def test_anything_typed_is_marked_or_asked_again(text: str) -> None:
    try:
        verdict = marked(text, "x + y")
    except AnswerError as error:
        assert str(error)
        return
    assert bool(verdict.why) is (verdict.outcome == "wrong")


def test_two_values_that_differ_are_never_shown_as_the_same_number() -> None:
    (*_, counter) = marked("x + 1e-8", "x", ranges={"x": (1, 3)}).why
    numbers = counter.partition("yours gives ")[2].rstrip(".")
    given, right = numbers.split(" and the answer gives ")
    assert float(given) - float(right) == pytest.approx(1e-8, rel=0.5)


def test_nothing_is_said_to_be_0_times_the_answer() -> None:
    assert not [why for why in marked("0", "x + 2*y").why if "times" in why]
