import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.expression import (
    FUNCTIONS,
    MAX_CHARACTERS,
    ExpressionError,
    compare,
    parse,
)
from drillbox.errors import AnswerError

VALUES = {"beta": 0.5, "h": 2.0, "a": -1.0, "b": 3.0, "pi": 0.25, "lambda": 4.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2*3", 7),
        ("(1 + 2)*3", 9),
        ("2**3**2", 512),
        ("-2**2", -4),
        ("2**-1", 0.5),
        ("8/4/2", 1),
        ("1 - 2 - 3", -4),
        ("- -3", 3),
        ("+3", 3),
        ("1e-3", 0.001),
        ("1.5E+2", 150),
        (".5 + 5.", 5.5),
        ("007", 7),
        ("log(exp(2))", 2),
        ("sqrt(16)", 4),
        ("sigmoid(0)", 0.5),
        ("logsigmoid(0)", -math.log(2)),
        ("abs(-3)", 3),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("sum(1, 2, 3)", 6),
        ("beta*h", 1),
        ("-logsigmoid(beta*(a - b))", math.log(1 + math.exp(2))),
        ("lambda + 1", 5),
    ],
)
def test_arithmetic_is_the_usual_one(text: str, value: float) -> None:
    assert parse(text).evaluate(VALUES) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("2^3", "2**3"),
        ("2×3·4⋅5", "2*3*4*5"),
        ("6÷2", "6/2"),
        ("3 − 1 – 1", "3 - 1 - 1"),
        ("h² + h³", "h**2 + h**3"),
        ("−log(σ(β·h))", "-log(sigmoid(beta*h))"),
        ("ln(h)", "log(h)"),
        ("sigma(h)", "sigmoid(h)"),
        ("√(h)", "sqrt(h)"),
        ("π*λ", "pi*lambda"),
        ("β_1*π_ref", "beta_1*pi_ref"),
    ],
)
def test_what_learners_type_means_the_same(typed: str, plain: str) -> None:
    assert str(parse(typed)) == str(parse(plain))
    assert parse(typed).names == parse(plain).names


def test_the_names_of_an_expression_are_its_variables_and_not_its_functions() -> None:
    assert parse("log(beta*h) + max(in, π, None)").names == {
        "beta", "h", "in", "pi", "None"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "column", "what", "instead"),
    [
        ("", 1, "nothing was typed", "such as 2*beta"),
        ("   ", 4, "nothing was typed", "such as 2*beta"),
        ("2beta", 2, "`2` and `beta` have nothing between", "write 2 * beta"),
        ("2 (3)", 3, "have nothing between", "multiplication is never left out"),
        ("(a)(b)", 4, "have nothing between", "multiplication is never left out"),
        ("βh", 2, "`beta` and `h` have nothing between", "write beta * h"),
        ("0,31", 2, "a comma", "write a point"),
        ("a, b", 2, "a comma", "leave it out"),
        ("lgo(2)", 1, "there is no function `lgo`", "write log"),
        ("1 + logsigmod(2)", 5, "no function `logsigmod`", "write logsigmoid"),
        ("Log(2)", 1, "no function `Log`", "write log"),
        ("beta(h)", 1, "`beta` is no function", "write beta * (…)"),
        ("log", 1, "`log` is a function", "write log(…)"),
        ("log h", 1, "`log` needs parentheses", "write log(h …)"),
        ("log(1, 2)", 1, "`log` takes one argument, not 2", "write log(x)"),
        ("min()", 5, "nothing stands in the parentheses", "what belongs there"),
        ("a +", 3, "nothing stands after `+`", "what belongs there"),
        ("* a", 1, "nothing stands before `*`", "what belongs there"),
        ("max(1,)", 6, "nothing stands after `,`", "what belongs there"),
        ("(a + b", 1, "`(` is never closed", "write a `)`"),
        ("a + b)", 6, "`)` closes nothing", "leave it out"),
        ("a[1]", 2, "`[` has no meaning", "round parentheses"),
        ("L = 2", 3, "`=` has no meaning", "on the right of it"),
        ("|a|", 1, "`|` has no meaning", "write abs(…)"),
        ("31 %", 4, "`%` has no meaning", "write 0.31 for 31%"),
        ("\\beta", 1, "`\\` has no meaning", "without a backslash"),
        ("$a$", 1, "`$` has no meaning", "leave the dollars out"),
        ("a.b", 2, "`.` has no meaning", "write numbers, names"),
        ("_a", 1, "`_` has no meaning", "write numbers, names"),
        ("'a'", 1, "`'` has no meaning", "write numbers, names"),
        ("1\x00", 2, "`U+0000` has no meaning", "write numbers, names"),
        ("a if b else c", 3, "`a` and `if` have nothing between", "write a * if"),
        ("2**5000", 1, "the exponent is too large", "at most 1000"),
        ("2**-1e9", 1, "the exponent is too large", "at most 1000"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence_with_its_column(
    text: str, column: int, what: str, instead: str
) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    error = refused.value
    assert (error.column, str(error)) == (
        column, f"column {column}: {error.what}; {error.instead}"
    )  # fmt: skip
    assert what in error.what
    assert instead in error.instead
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "1" * (MAX_CHARACTERS + 1),
        "+".join(["1"] * 120),
        "-" * 200 + "1",
        "(" * 60 + "1" + ")" * 60,
        "2**" * 100 + "2",
    ],
)
def test_what_is_too_long_or_too_deep_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="too"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    ["9**9**9**9", "9" * 499, "exp(exp(exp(9)))", "((9**999)**999)**999"],
)
def test_a_huge_number_is_infinite_at_once(text: str) -> None:
    start = time.process_time()
    assert parse(text).evaluate({}) == math.inf
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/0", math.inf),
        ("-1/0", -math.inf),
        ("1/(-1*0)", -math.inf),
        ("log(0)", -math.inf),
        ("0**-1", math.inf),
        ("(-9)**999", -math.inf),
        ("(-9)**998", math.inf),
        ("exp(1000)", math.inf),
        ("-exp(1000)", -math.inf),
        ("exp(-1000)", 0),
        ("1e999", math.inf),
    ],
)
def test_overflow_is_infinite_and_never_an_exception(text: str, value: float) -> None:
    assert parse(text).evaluate({}) == value


@pytest.mark.parametrize(
    "text",
    [
        "0/0",
        "log(-1)",
        "sqrt(-1)",
        "(-8)**(1/3)",
        "1e999 - 1e999",
        "0*exp(1000)",
        "min(1, log(-1))",
        "max(log(-1), 1)",
        "logsigmoid(log(-1))",
        "sigmoid(log(-1))",
        "log(-1)/0",
    ],
)
def test_what_has_no_value_is_nan_and_never_an_exception(text: str) -> None:
    assert math.isnan(parse(text).evaluate({}))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sigmoid(-1000)", 0),
        ("sigmoid(1000)", 1),
        ("logsigmoid(-1000)", -1000),
        ("logsigmoid(-90)", -90),
        ("logsigmoid(1000)", 0),
        ("logsigmoid(40)", -math.exp(-40)),
        ("logsigmoid(-1e999)", -math.inf),
        ("logsigmoid(1e999)", 0),
    ],
)
def test_the_sigmoids_hold_far_out(text: str, value: float) -> None:
    assert parse(text).evaluate({}) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "value", "extreme"),
    [
        ("1/(1 + exp(1000))", 0, True),
        ("1/(1 + exp(1))", 1 / (1 + math.e), False),
        ("log(sigmoid(-720))", pytest.approx(-720), True),  # a few bits are left of it
        ("1 - exp(-800)", 1, True),
        ("0*3", 0, False),
        ("log(1)", 0, False),
    ],
)
def test_a_step_past_the_range_of_doubles_is_reported(
    text: str, value: float, extreme: bool
) -> None:
    assert parse(text).trace({}) == (value, extreme)


def test_a_name_without_a_value_is_an_error_that_names_those_with_one() -> None:
    with pytest.raises(ExpressionError, match=r"column 5: `x` has no .* one of a, b"):
        parse("a + x").evaluate({"a": 1, "b": 2})


def test_an_expression_error_is_an_answer_error() -> None:
    assert issubclass(ExpressionError, AnswerError)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("1 < 2", True),
        ("2 < 2", False),
        ("2 <= 2", True),
        ("3 > 2", True),
        ("2 >= 3", False),
        ("2 == 2", True),
        ("2 != 2", False),
        ("1 ≤ 2", True),
        ("1 ≥ 2", False),
        ("1 ≠ 2", True),
        ("0.1 + 0.2 == 0.3", True),
        ("0.1 + 0.2 <= 0.3", True),
        ("0.1 + 0.2 > 0.3", False),
        ("0.1 + 0.2 != 0.3", False),
        ("abs(a - b) > 3.9", True),
        ("log(-1) != 1", False),
        ("log(-1) < 1", False),
    ],
)
def test_a_comparison_holds_or_not(text: str, holds: bool) -> None:
    assert compare(text).holds(VALUES) is holds


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a", "column 1: there is no comparison"),
        ("a < b < c", "column 7: a second comparison"),
        ("a < ", "column 5: nothing was typed"),
        ("a < b +", "column 7: nothing stands after"),
        ("a = b", "column 1: there is no comparison"),
    ],
)
def test_what_is_no_comparison_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        compare(text)
    assert str(refused.value).startswith(sentence)


def test_a_comparison_knows_the_names_of_both_sides() -> None:
    assert compare("a < 2*b").names == {"a", "b"}


# --- laws ----------------------------------------------------------------------------

NUMBERS = st.one_of(
    st.integers(0, 10**6).map(str),
    st.floats(0, 1e6, allow_nan=False).map(repr),
    st.sampled_from(["1e-3", ".5", "007", "1e400"]),
)
NAMES = st.sampled_from(sorted(VALUES))


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from(["log", "exp", "sqrt", "sigmoid", "logsigmoid", "abs"])
    many = st.sampled_from(["min", "max", "sum"])
    operator = st.sampled_from(["+", "-", "*", "/", "**", "^", " − ", "·"])
    return st.one_of(
        st.tuples(inner, operator, inner).map("".join),
        inner.map("-{}".format),
        inner.map("({})".format),
        st.tuples(one, inner).map(lambda pair: f"{pair[0]}({pair[1]})"),
        st.tuples(many, st.lists(inner, min_size=1, max_size=3)).map(
            lambda pair: f"{pair[0]}({', '.join(pair[1])})"
        ),
    )


EXPRESSIONS = st.recursive(NUMBERS | NAMES, grown, max_leaves=12)
ALPHABET = "0123456789.e+-*/^()[], abβσπ√²logexpsigmoidmin_=<>!'\"\\\n\x00if∞"


def parsed_or_refused(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionError as error:
        assert 1 <= error.column <= len(text) + 1
        return
    assert isinstance(expression.evaluate(dict.fromkeys(expression.names, 0.5)), float)


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    parsed_or_refused(text)


@given(st.text(ALPHABET, max_size=80))
def test_text_that_looks_like_it_is_read_or_refused_too(text: str) -> None:
    parsed_or_refused(text)


@given(EXPRESSIONS)
def test_what_is_printed_means_what_was_read(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionError as error:
        assert "exponent" in error.what or "too" in error.what
        return
    again = parse(str(expression))
    value = expression.evaluate(VALUES)
    assert again.evaluate(VALUES) == value or math.isnan(value)
    assert math.isnan(again.evaluate(VALUES)) == math.isnan(value)
    assert str(again) == str(expression)
    assert again.names == expression.names


@given(EXPRESSIONS, st.integers(0, 3))
def test_spaces_change_nothing(text: str, count: int) -> None:
    try:
        value = parse(text).evaluate(VALUES)
    except ExpressionError:
        return
    for character in "*/,()":
        text = text.replace(character, f"{' ' * count}{character}{' ' * count}")
    text = text.replace("*" + " " * 2 * count + "*", "**")
    spaced = parse(text).evaluate(VALUES)
    assert spaced == value or (math.isnan(spaced) and math.isnan(value))


@given(st.floats(-700, 700))
def test_the_sigmoids_are_those_of_the_textbook(x: float) -> None:
    values = {"x": x}
    sigmoid = parse("sigmoid(x)").evaluate(values)
    assert sigmoid == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-14)
    assert sigmoid + parse("sigmoid(-x)").evaluate(values) == pytest.approx(1)
    assert math.exp(parse("logsigmoid(x)").evaluate(values)) == pytest.approx(sigmoid)


@given(st.text(st.sampled_from("()-*9.,a"), max_size=500))
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    parsed_or_refused(text)
    assert time.process_time() - start < 1


def test_there_are_nine_functions() -> None:
    assert sorted(FUNCTIONS) == [
        "abs", "exp", "log", "logsigmoid", "max", "min", "sigmoid", "sqrt", "sum"
    ]  # fmt: skip
