from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drillbox.domain.answer import Verdict, mark
from drillbox.domain.card import NumericCard
from drillbox.domain.course import Item
from drillbox.domain.variant import draw
from drillbox.errors import AnswerError, ContentError


def marked(text: str, answer: str, **changes: Any) -> Verdict:
    card = NumericCard(
        kind="numeric",
        id="number",
        prompt="How much?",
        explain="So much.",
        answer=answer,
        **changes,
    )
    return mark(draw(Item("number", card, 1, True), 1), {"text": text})


@pytest.mark.parametrize(
    ("text", "answer", "tolerance", "outcome"),
    [
        ("101", "100", {"relative": 0.01}, "right"),
        ("99", "100", {"relative": 0.01}, "right"),
        ("101.1", "100", {"relative": 0.01}, "close"),
        ("105", "100", {"relative": 0.01}, "close"),
        ("105.1", "100", {"relative": 0.01}, "wrong"),
        ("100.5", "100", {"relative": 0, "absolute": 0.5}, "right"),
        ("100.6", "100", {"relative": 0, "absolute": 0.5}, "close"),
        ("0.3", "0.1 + 0.2", {"relative": 0}, "right"),
        ("4", "4", {"relative": 0}, "right"),
        ("5", "4", {"relative": 0}, "wrong"),
        ("0", "0", {"relative": 0.01}, "right"),
        ("0.001", "0", {"relative": 0.01}, "wrong"),
        ("0.001", "0", {"absolute": 0.01}, "right"),
        ("-100", "100", {"relative": 0.2}, "wrong"),
        ("150", "100", {"relative": 0.2}, "wrong"),  # lax, but five times is no way
        ("121", "100", {"relative": 0.2}, "close"),
        ("0.04", "0.01", {"absolute": 0.05}, "right"),
        ("-0.04", "0.05", {"absolute": 0.02}, "wrong"),
    ],
)
def test_a_number_is_held_against_the_tolerance(
    text: str, answer: str, tolerance: dict[str, float], outcome: str
) -> None:
    assert marked(text, answer, tolerance=tolerance).outcome == outcome


@pytest.mark.parametrize(
    ("text", "answer", "outcome"),
    [
        ("0.1", "0.0949", "close"),  # the answer with one digit
        ("0.09", "0.0949", "close"),
        ("0.08", "0.0949", "wrong"),
        ("1", "1.4", "wrong"),  # rounded too far
        ("100", "95.1", "close"),
        ("2.52", "252", "close"),
        ("25200", "252", "close"),
        ("252000", "252", "close"),
        ("0.0252", "252", "wrong"),
        ("-2520", "252", "wrong"),
    ],
)
def test_a_slip_of_rounding_or_of_the_decimal_point_is_close(
    text: str, answer: str, outcome: str
) -> None:
    assert marked(text, answer).outcome == outcome


@pytest.mark.parametrize(
    ("text", "answer", "why"),
    [
        ("-3.7", "3.7", "Yours is minus the answer"),
        ("7.4", "3.7", "Yours is twice the answer"),
        ("1.85", "3.7", "Yours is half the answer"),
        ("0.27", "3.7", "Yours is 1 divided by the answer"),
        ("0.2689", "sigmoid(1)", "Yours is 1 minus the answer"),
        ("0.3133", "sigmoid(1)", "Yours is −log of the answer"),
        ("0.7311", "-logsigmoid(1)", "Yours is exp of minus the answer"),
        ("-1.1604", "-logsigmoid(1)", "Yours is log of the answer"),
        ("40.4473", "3.7", "Yours is exp of the answer"),
    ],
)
def test_a_wrong_number_that_is_a_known_slip_is_told_which(
    text: str, answer: str, why: str
) -> None:
    verdict = marked(text, answer)
    assert verdict.outcome == "wrong"
    assert verdict.why[-1].startswith(why)


@pytest.mark.parametrize(
    ("text", "answer", "why"),
    [
        ("10", "4", "You gave 10; the answer is 4: yours is 2.5 times the answer."),
        ("1.5", "4", "You gave 1.5; the answer is 4: the answer is 2.7 times yours."),
        ("3", "4", "You gave 3; the answer is 4: 25% too small."),
        ("-1", "4", "You gave -1; the answer is 4: the sign is the other one."),
        ("0", "4", "You gave 0; the answer is 4: off by 4."),
        ("2", "0", "You gave 2; the answer is 0: off by 2."),
        ("5000", "13752.4", "the answer is 13752: the answer is 2.8 times yours."),
    ],
)
def test_any_other_wrong_number_is_told_how_far_off_it_is(
    text: str, answer: str, why: str
) -> None:
    verdict = marked(text, answer)
    assert verdict.outcome == "wrong"
    assert verdict.why[0].endswith(why)


WRONG = (
    {"formula": "2*a", "why": "Twice.", "misconception": "twice"},
    {"formula": "2.02*a", "why": "More than twice."},
    {"formula": "a**2", "why": "Squared.", "misconception": "squared"},
    {"formula": "log(a - 3)", "why": "A logarithm."},
)


@pytest.mark.parametrize(
    ("text", "a", "why", "misconception"),
    [
        ("6", 3, "Twice.", "twice"),
        ("6.06", 3, "More than twice.", None),  # the nearest of two
        ("6.03", 3, "Twice.", "twice"),
        ("9", 3, "Squared.", "squared"),
    ],
)
def test_a_wrong_formula_is_known_by_its_value(
    text: str, a: float, why: str, misconception: str | None
) -> None:
    verdict = marked(text, "a", vars={"a": [a]}, wrong=WRONG)
    assert (verdict.outcome, verdict.why) == ("wrong", (why,))
    assert verdict.misconception == misconception


def test_a_wrong_formula_that_is_right_in_this_variant_proves_nothing() -> None:
    right = marked("1", "a", vars={"a": [1]}, wrong=WRONG)
    assert right.outcome == "right"
    near = marked("1.015", "a", vars={"a": [1.001]}, wrong=WRONG)
    assert (near.outcome, near.misconception) == ("close", None)


def test_a_wrong_formula_without_a_value_here_is_passed_over() -> None:
    verdict = marked("17", "a", vars={"a": [3]}, wrong=WRONG)
    assert verdict.why[0].startswith("You gave 17; the answer is 3")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.5", None),
        ("1/2", None),
        ("+.5", None),
        ("5e-1", None),
        ("= 0.5", None),
        ("≈0.5", None),
        ("2^-1", None),
        ("sigmoid(0)", None),
        ("min(0.5, 3)", None),
        ("0.5 nats", "nats"),
        ("0.5nats", "nats"),
        ("0.5 nat", "nats"),
        ("0.5 NATS", "nats"),
        ("0.5 nats", "nat"),
        ("0.5 GB", "GB"),
        ("0.5%", "%"),
        ("0.5 β", "$β$"),
        ("0.5", "nats"),
    ],
)
def test_a_number_may_be_typed_in_many_ways(text: str, unit: str | None) -> None:
    assert marked(text, "0.5", unit=unit).outcome == "right"


def test_a_minus_of_any_length_is_a_minus() -> None:
    for minus in "-−–—":
        assert marked(f"{minus}2e{minus}1", "-0.2").outcome == "right"


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("0,31", None, "`0,31` has a comma; write a point for decimals: 0.31"),
        ("1 000", None, "write nothing between thousands: 1000"),
        ("-12 000 000.5", None, "write nothing between thousands: -12000000.5"),
        ("1.000.000", None, "write nothing between thousands: 1000000"),
        ("1'000", None, "write nothing between thousands: 1000"),
        ("7 000 GB", "GB", "write nothing between thousands: 7000"),
        ("1,000,000", None, "write nothing between thousands: 1000000"),
        ("1,000.5", None, "write nothing between thousands: 1000.5"),
        ("1,000", None, "decimals: 1.000, or nothing for thousands: 1000"),
        ("3 nats", None, "this number has no unit; write 3 alone, without `nats`"),
        ("3 bits", "nats", "`bits` is not the unit here; give the number in nats"),
        ("3 B", "GB", "`B` is not the unit here; give the number in GB"),
        ("31%", None, "write per cent as a plain number: 31/100"),
        ("GB", "GB", "`GB` has no number in it"),
        ("about half.", None, "`about half.` is no number; type one, such as 0.31"),
        ("log 2", None, "column 1: `log` needs parentheses; write log(2 …)"),
        ("half", None, "`half` is no number; type one, such as 0.31 or 3/4"),
        ("2*beta", None, "`beta` is no number"),
        ("1/0", None, "`1/0` is no finite number"),
        ("0/0", None, "`0/0` is no finite number"),
        ("nan", None, "`nan` is no number"),
        ("inf", None, "`inf` is no number"),
        ("1e", None, "write 1 alone, without `e`"),
        ("--", None, "column 2: nothing stands after `-`"),
        ("9" * 501, None, "501 characters are too many"),
    ],
)
def test_what_is_no_number_is_asked_again(
    text: str, unit: str | None, sentence: str
) -> None:
    with pytest.raises(AnswerError) as refused:
        marked(text, "0.5", unit=unit)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("response", [{}, {"text": 3}, {"text": None}, {"unknown": 1}])
def test_a_response_without_text_is_asked_again(response: dict[str, Any]) -> None:
    card = NumericCard(kind="numeric", id="n", prompt="?", explain="!", answer="1")
    with pytest.raises(AnswerError, match="nothing was typed"):
        mark(draw(Item("n", card, 1, True), 1), response)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("log(-1)", "card number: answer: `log(-1)` is nan for every variant"),
        ("1/(a - 2)", "card number: answer: `1/(a - 2)` is inf for a = 2; exclude"),
        ("b", "card number: answer: column 1: `b` has no value here; write one of a"),
        ("a +", "card number: answer: column 3: nothing stands after `+`"),
    ],
)
def test_a_card_without_an_answer_is_a_content_error(
    answer: str, sentence: str
) -> None:
    values = {} if "every" in sentence else {"a": [2]}
    with pytest.raises(ContentError) as refused:
        marked("1", answer, vars=values)
    assert str(refused.value).startswith(sentence)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
@example(5e-324, 2.0)
@example(2.0, 5e-324)
@example(-5e-324, 2.0)
def test_a_wrong_number_always_earns_an_explanation(given: float, right: float) -> None:
    verdict = marked(repr(given), "a", vars={"a": [right]})
    assert bool(verdict.why) is (verdict.outcome != "right")
    if verdict.outcome == "close":
        assert given * right > 0


@given(st.text(max_size=40))
def test_anything_typed_is_marked_or_asked_again(text: str) -> None:
    try:
        assert marked(text, "0.5", unit="nats").outcome in ("right", "close", "wrong")
    except AnswerError as error:
        assert "\n" not in str(error) or "\n" in text
