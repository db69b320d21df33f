import math
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from drillbox.domain.card import Card
from drillbox.domain.course import Item, items_of
from drillbox.domain.expression import compare
from drillbox.domain.fingerprint import fingerprint
from drillbox.domain.stream import Stream
from drillbox.domain.variant import (
    draw,
    fill,
    in_mathematics,
    seed_of,
    written,
)
from drillbox.errors import ContentError

CARD: TypeAdapter[Any] = TypeAdapter(Card)
SEEDS = st.integers(0, 2**64 - 1)

NUMERIC = {
    "kind": "numeric",
    "id": "numbers",
    "prompt": "{{a}} and {{b}}",
    "vars": {"a": {"low": 0.1, "high": 0.9, "step": 0.1}, "b": [1, 2.5, -3]},
    "answer": "a + b",
    "explain": "Add.",
}
CHOICE = {
    "kind": "choice",
    "id": "pick",
    "prompt": "Which?",
    "options": [
        {"text": "one", "right": True},
        {"text": "two", "why": "No."},
        {"text": "three", "right": True},
    ],
    "explain": "So.",
}
ORDER = {
    "kind": "order",
    "id": "steps",
    "prompt": "Order?",
    "steps": [{"text": text, "why": "So."} for text in ("x", "y", "z")],
    "explain": "So.",
}
CLOZE = {
    "kind": "cloze",
    "id": "gaps",
    "prompt": r"Take $\exp([[r]]/[[t]])$ of the [[word]], [[word]] not [[none]].",
    "blanks": {
        "r": {"answer": "r_x"},
        "t": {"answer": r"$\beta$"},
        "word": {"answer": "reward $r$"},
    },
    "explain": "So.",
}


def item(card: dict[str, Any], blank: str | None = None, **changes: Any) -> Item:
    made = CARD.validate_python({**card, **changes})
    items = items_of(made, 1, True, "drops/01.yaml", 7)
    return next(item for item in items if item.blank == blank)


# --- seeds ---------------------------------------------------------------------------


def test_a_seed_is_64_bits_of_course_item_and_number_of_answers() -> None:
    seeds = {
        seed_of(course, name, answers)
        for course in ("dpo", "ppo")
        for name in ("loss", "loss/beta", "a")
        for answers in range(50)
    }
    assert len(seeds) == 300
    assert all(0 <= seed < 2**64 for seed in seeds)
    assert max(seeds) > 2**63


def test_ids_that_run_together_are_different_items() -> None:
    assert seed_of("ab", "c", 1) != seed_of("a", "bc", 1)


def test_seeds_never_change() -> None:
    assert seed_of("dpo", "loss-of-one-pair", 0) == 7589327502527302946
    assert seed_of("dpo", "loss-of-one-pair", 1) == 16086705619462580092


# --- draws ---------------------------------------------------------------------------


@given(SEEDS)
def test_the_same_seed_gives_the_same_variant(seed: int) -> None:
    for card in (NUMERIC, CHOICE, ORDER):
        assert draw(item(card), seed) == draw(item(card), seed)


def test_another_process_draws_the_same() -> None:
    program = (
        "from drillbox.domain.stream import Stream\n"
        "s = Stream(12345, 'values')\n"
        "print(s.word(), s.below(10), s.shuffled(9), s.between(-3, 3))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    here = Stream(12345, "values")
    line = f"{here.word()} {here.below(10)} {here.shuffled(9)} {here.between(-3, 3)}"
    assert told == {line + "\n"}


def test_the_stream_never_changes() -> None:
    stream = Stream(0, "values")
    assert stream.word() == 13153883580785076323  # BLAKE2b of 0 with key 0
    assert stream.below(1000) == 767  # of 3105675597724348767
    assert stream.shuffled(5) == (3, 2, 0, 4, 1)


@given(SEEDS, st.integers(1, 2**130))
def test_a_draw_below_a_bound_is_below_it(seed: int, bound: int) -> None:
    stream = Stream(seed, "values")
    assert all(0 <= stream.below(bound) < bound for _ in range(5))


def test_draws_are_even() -> None:
    stream = Stream(7, "values")
    faces = Counter(stream.below(6) for _ in range(6000))
    orders = Counter(stream.shuffled(3) for _ in range(6000))
    assert sorted(faces) == list(range(6))
    assert sorted(orders) == sorted(permutations(range(3)))
    assert all(850 < n < 1150 for n in (*faces.values(), *orders.values()))


@given(SEEDS, st.integers(0, 12))
def test_a_shuffle_is_a_permutation(seed: int, count: int) -> None:
    assert sorted(Stream(seed, "order").shuffled(count)) == list(range(count))


@given(SEEDS)
def test_options_are_shuffled_and_steps_never_start_in_order(seed: int) -> None:
    assert sorted(draw(item(CHOICE), seed).order) == [0, 1, 2]
    order = draw(item(ORDER), seed).order
    assert sorted(order) == [0, 1, 2]
    assert order != (0, 1, 2)


@given(SEEDS)
def test_two_steps_of_one_text_in_each_others_place_are_in_order_too(seed: int) -> None:
    steps = [{"text": text, "why": "So."} for text in ("x", "x", "y")]
    order = draw(item(ORDER, steps=steps), seed).order
    assert order not in {(0, 1, 2), (1, 0, 2)}


def test_steps_that_are_all_alike_are_a_content_error() -> None:
    steps = [{"text": "x", "why": "So."}] * 3
    with pytest.raises(ContentError, match="card steps: steps: all are the same"):
        draw(item(ORDER, steps=steps), 1)


# --- values --------------------------------------------------------------------------


def test_a_range_has_every_value_from_low_to_high_as_written() -> None:
    seen = {draw(item(NUMERIC, prompt="{{a}}"), seed).prompt for seed in range(300)}
    assert seen == {f"0.{k}" for k in range(1, 10)}


def test_a_range_stops_at_or_before_its_high_end() -> None:
    card = item(NUMERIC, prompt="{{a}}", vars={"a": {"low": 1, "high": 2, "step": 0.4}})
    changed = item(NUMERIC, prompt="{{a}}", answer="a", vars=card.card.vars)
    seen = {draw(changed, seed).prompt for seed in range(100)}
    assert seen == {"1", "1.4", "1.8"}


@given(
    SEEDS,
    st.decimals(-1000, 1000, places=3),
    st.decimals("0.001", 10, places=3),
    st.integers(0, 500),
)
def test_a_drawn_value_is_the_double_next_to_the_exact_one(
    seed: int, low: Decimal, step: Decimal, count: int
) -> None:
    high = low + count * step
    spread = {"low": float(low), "high": float(high), "step": float(step)}
    value = draw(item(NUMERIC, vars={"a": spread, "b": [1]}), seed).values["a"]
    exact = [low + k * step for k in range(count + 1)]
    assert value in {float(x) for x in exact}
    assert Decimal(written(value)) in exact


@pytest.mark.parametrize(
    ("low", "high"), [(2, 1), (0, math.inf), (-math.inf, 0), (math.nan, 1)]
)
def test_an_empty_or_endless_range_is_a_content_error(low: float, high: float) -> None:
    bad = item(NUMERIC, vars={"a": {"low": low, "high": high, "step": 1}, "b": [1]})
    with pytest.raises(ContentError, match=r"01.yaml:7: card numbers: vars\.a"):
        draw(bad, 1)


@given(SEEDS)
def test_every_variant_satisfies_where(seed: int) -> None:
    where = ["a < b", "a + b != 3", "ratio > 0.1"]
    variant = draw(item(NUMERIC, let={"ratio": "a/b"}, where=where), seed)
    assert all(compare(text).holds(variant.values) for text in where)
    assert variant.values["ratio"] == variant.values["a"] / variant.values["b"]


def test_where_may_exclude_what_a_let_has_no_value_for() -> None:
    tens = {"low": -1, "high": 1, "step": 1}
    card = item(
        NUMERIC, vars={"a": tens, "b": tens}, let={"x": "1/a"}, where=["a != 0"]
    )
    assert {draw(card, seed).values["x"] for seed in range(50)} == {1.0, -1.0}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"where": ["a > 1"]}, "where: nothing in 2000 draws satisfies a > 1"),
        ({"where": ["a"]}, "where: column 1: there is no comparison"),
        ({"where": ["x > 1"]}, "where: column 1: `x` has no value here"),
        ({"let": {"x": "log(-a)"}}, "let.x: `log(-a)` is nan for a = 0."),
        ({"let": {"x": "y"}}, "let.x: column 1: `y` has no value here"),
        ({"let": {"x": "a +"}}, "let.x: column 3: nothing stands after"),
        ({"prompt": "{{a:>99999999}}"}, "`:>99999999` cannot print 0."),
        ({"prompt": "{{a:d}}"}, "`:d` cannot print 0."),
    ],
)
def test_a_card_that_cannot_be_drawn_is_named(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ContentError) as refused:
        draw(item(NUMERIC, **changes), 1)
    assert str(refused.value).startswith("drops/01.yaml:7: card numbers: ")
    assert sentence in str(refused.value)


def test_lets_are_worked_out_in_order() -> None:
    card = item(NUMERIC, let={"x": "a + b", "y": "2*x", "z": "y - x"})
    values = draw(card, 3).values
    assert values["z"] == pytest.approx(values["a"] + values["b"])


def test_the_order_of_the_vars_in_the_file_does_not_change_the_numbers() -> None:
    turned = item(NUMERIC, vars=dict(reversed(NUMERIC["vars"].items())))  # type: ignore[attr-defined]
    assert draw(turned, 9).values == draw(item(NUMERIC), 9).values


# --- text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (3.0, 0, "3"),
        (0.1, 0, "0.1"),
        (-0.25, 0, "-0.25"),
        (7e9, 0, "7000000000"),
        (0.0001, 0, "0.0001"),
        (1e-5, 0, "1e-5"),
        (2.5e-7, 0, "2.5e-7"),
        (1e16, 0, "1e16"),
        (1.5e300, 0, "1.5e300"),
        (1e-10, 0, "1e-10"),
        (-0.0, 0, "0"),
        (0.1 + 0.2, 0, "0.30000000000000004"),
        (0.1 + 0.2, 6, "0.3"),
        (2 / 3, 6, "0.666667"),
        (1234567.0, 3, "1230000"),
        (0.000012345678, 6, "1.23457e-5"),
    ],
)
def test_numbers_are_written_as_people_write_them(
    value: float, digits: int, text: str
) -> None:
    assert written(value, digits) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_is_read_as_the_same_number(value: float) -> None:
    assert float(written(value)) == value


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{a}} and {{ b }}", "0.5 and -3"),
        ("{{third}}", "-0.166667"),
        ("{{third:.2f}}, {{a:.3f}}, {{b:d}}, {{b:+d}}", "-0.17, 0.500, -3, -3"),
        ("{{big:,.0f}} {{big:.1e}} {{a:.0%}}", "1,234,567 1.2e+06 50%"),
        ("{{unknown}} {{unknown:.2f}} {{}} {{a b}} {{1}}",
         "{{unknown}} {{unknown:.2f}} {{}} {{a b}} {{1}}"),
        ("{{tiny:.2f}} {{tiny:.0%}} {{tiny:+.1f}}", "0.00 0% 0.0"),
        (r"\frac{{x}}{b}", r"\frac{{x}}{b}"),
        (r"\frac{{a}}{b}", r"\frac{0.5}{b}"),
        (r"\frac{{a}}{{b}}", r"\frac{0.5}{-3}"),
        (r"\frac{{{a}}}{{{b}}}", r"\frac{0.5}{-3}"),
        (r"$x^{{a}} + y_{{b}}$", r"$x^{0.5} + y_{-3}$"),
        (r"$\beta={{a}}$", r"$\beta=0.5$"),
        ("{{a}}{{b}}", "0.5-3"),
        ("{a} {{a} a}}", "{a} {{a} a}}"),
    ],
)  # fmt: skip
def test_only_places_of_known_names_are_filled(text: str, filled: str) -> None:
    lets = {"third": "b/18", "big": "1234567", "tiny": "-1e-4"}
    card = item(NUMERIC, vars={"a": [0.5], "b": [-3]}, let=lets, prompt=text)
    variant = draw(card, 1)
    assert variant.prompt == filled
    assert fill(text, variant) == filled


def test_text_of_other_kinds_of_card_is_left_as_it_is() -> None:
    card = item(CHOICE, prompt="{{a}}")
    assert draw(card, 1).prompt == "{{a}}"


@pytest.mark.parametrize(
    ("blank", "prompt"),
    [
        ("r", r"Take $\exp(____/\beta)$ of the reward $r$, reward $r$ not [[none]]."),
        ("t", r"Take $\exp(r_x/____)$ of the reward $r$, reward $r$ not [[none]]."),
        ("word", r"Take $\exp(r_x/\beta)$ of the ____, ____ not [[none]]."),
    ],
)
def test_a_cloze_shows_the_asked_gap_and_fills_the_others(
    blank: str, prompt: str
) -> None:
    assert draw(item(CLOZE, blank), 1).prompt == prompt


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a", False),
        ("$a", True),
        ("$a$ b", False),
        ("$$a", True),
        ("$$a$$ b", False),
        (r"5 \$ a", False),
    ],
)
def test_what_stands_between_dollars_is_mathematics(text: str, inside: bool) -> None:
    assert in_mathematics(text, len(text)) is inside


# --- fingerprints --------------------------------------------------------------------

FORMULA = {
    "kind": "formula",
    "id": "form",
    "prompt": "Write it.",
    "names": {"x": "a number"},
    "answer": "2*x",
    "explain": "So.",
}
DIRECTION = {
    "kind": "direction",
    "id": "way",
    "prompt": "Which way?",
    "quantities": [{"text": "h", "answer": "up", "why": "So."}],
    "explain": "So.",
}
SPOT = {
    "kind": "spot",
    "id": "spot",
    "prompt": "Where?",
    "code": "a = 1\nb = 3\n",
    "line": 2,
    "fix": "b = 2",
    "explain": "So.",
}
RECALL = {
    "kind": "recall",
    "id": "recall",
    "prompt": "What?",
    "answer": "This.",
    "rubric": ["this", "that"],
    "explain": "So.",
}
GAP = {"r": {"answer": "r_y"}, "t": {"answer": "t"}, "word": {"answer": "w"}}


@pytest.mark.parametrize(
    ("card", "changes"),
    [
        (NUMERIC, {"prompt": "Other words {{a}} {{b}}", "explain": "Others."}),
        (NUMERIC, {"answer": " a+b "}),
        (NUMERIC, {"answer": "(a + b)"}),
        (NUMERIC, {"vars": {"a": [1, 2], "b": [3]}}),
        (NUMERIC, {"let": {"unused": "a"}, "hint": "New."}),
        (CHOICE, {"options": list(reversed(CHOICE["options"]))}),  # type: ignore[call-overload]
        (CHOICE, {"options": [
            {"text": "one ", "right": True}, {"text": "2"},
            {"text": "three", "right": True},
        ]}),
        (FORMULA, {"answer": "2 × x", "names": {"x": "renamed"}}),
        (ORDER, {"steps": [
            {"text": text, "why": "Else."} for text in ("x", " y", "z")
        ]}),
        (SPOT, {"code": "a = 2\n  b  =  3\n", "fix": "b = 1 + 1"}),
        (RECALL, {"answer": "That.", "rubric": ["this", "that "]}),
        (DIRECTION, {"quantities": [{"text": "the margin", "answer": "up",
                                     "why": "!"}]}),
    ],
)  # fmt: skip
def test_other_words_keep_the_fingerprint(
    card: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert fingerprint(item(card, **changes)) == fingerprint(item(card))


@pytest.mark.parametrize(
    ("card", "changes"),
    [
        (NUMERIC, {"answer": "a - b"}),
        (NUMERIC, {"unit": "nats"}),
        (CHOICE, {"options": [
            {"text": "one", "right": True}, {"text": "two", "right": True},
            {"text": "three"},
        ]}),
        (FORMULA, {"answer": "3*x"}),
        (ORDER, {"steps": [{"text": text, "why": "So."} for text in ("y", "x", "z")]}),
        (SPOT, {"line": 1}),
        (SPOT, {"code": "a = 1\nb = 4\n"}),
        (RECALL, {"rubric": ["this"]}),
        (DIRECTION, {"quantities": [{"text": "h", "answer": "down", "why": "So."}]}),
    ],
)  # fmt: skip
def test_another_answer_changes_the_fingerprint(
    card: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert fingerprint(item(card, **changes)) != fingerprint(item(card))


def test_a_let_that_the_answer_rests_on_is_part_of_the_answer() -> None:
    first = item(NUMERIC, answer="y", let={"x": "a + b", "y": "2*x"})
    second = item(NUMERIC, answer="y", let={"x": "a - b", "y": "2*x"})
    assert fingerprint(first) != fingerprint(second)


def test_each_gap_of_a_cloze_has_a_fingerprint_of_its_own() -> None:
    changed = item(CLOZE, "r", blanks=GAP)
    assert fingerprint(changed) != fingerprint(item(CLOZE, "r"))
    assert fingerprint(item(CLOZE, "r")) != fingerprint(item(CLOZE, "word"))


def test_fingerprints_are_16_hex_digits_and_never_change() -> None:
    assert fingerprint(item(NUMERIC)) == "ed58df77432e9862"
    assert fingerprint(item(CHOICE)) == "1efdcbac2b6b6881"


def test_a_card_that_lint_would_refuse_has_a_fingerprint_too() -> None:
    assert len(fingerprint(item(NUMERIC, answer="a +", let={"x": "("}))) == 16
