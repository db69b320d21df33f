"""Choices and directions whose right answer follows from what is drawn."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from drillbox.domain.answer import mark
from drillbox.domain.card import Card, ChoiceCard, DirectionCard
from drillbox.domain.course import Item, items_of
from drillbox.domain.fingerprint import fingerprint
from drillbox.domain.variant import Variant, draw
from drillbox.errors import ContentError

CARD: TypeAdapter[Any] = TypeAdapter(Card)
SEEDS = st.integers(0, 2**64 - 1)
VARS = {"a": {"low": -2, "high": 2, "step": 0.5}, "b": [-1, 0, 1]}
HEAD: dict[str, Any] = {
    "id": "one",
    "prompt": "{{a}} and {{b}}",
    "explain": "{{a}}.",
    "vars": VARS,
}
VALUED: dict[str, Any] = {
    **HEAD,
    "kind": "choice",
    "let": {"total": "a + b", "off": "a + b + 1"},
    "answer": "a + b",
    "options": [
        {"text": "{{total}}", "value": "total", "why": "It is {{total}}."},
        {"text": "{{off}}", "value": "off", "why": "It is {{total}}."},
        {"text": "ten", "value": "10", "why": "Never."},
    ],
}
COMPARED: dict[str, Any] = {
    **HEAD,
    "kind": "choice",
    "options": [
        {"text": "a, {{a}}", "when": "a > b", "why": "{{b}} is larger."},
        {"text": "b, {{b}}", "when": "a < b", "why": "{{a}} is larger."},
        {"text": "none", "when": "a == b", "why": "They differ."},
    ],
}
MOVED: dict[str, Any] = {
    **HEAD,
    "kind": "direction",
    "quantities": [
        {"text": "a of {{a}}", "change": "a - b", "why": "By {{b}}."},
        {"text": "c", "answer": "up", "why": "Always."},
    ],
}
NUMBERS = st.lists(st.integers(-9, 9).map(float), min_size=1, max_size=4, unique=True)


def item(card: dict[str, Any]) -> Item:
    (made,) = items_of(CARD.validate_python(card), 1, True, "drops/01.yaml", 7)
    return made


def options(variant: Variant) -> list[tuple[str, bool]]:
    card = variant.item.card
    assert isinstance(card, ChoiceCard)
    return [(option.text, option.right) for option in card.options]


@given(SEEDS, st.sampled_from([VALUED, COMPARED]))
def test_of_any_variant_one_option_is_right_and_is_marked_so(
    seed: int, card: dict[str, Any]
) -> None:
    variant = draw(item(card), seed)
    assert [right for _, right in options(variant)].count(True) == 1
    assert len({text for text, _ in options(variant)}) == 3
    for k, (text, right) in enumerate(options(variant)):
        verdict = mark(variant, {"options": [k]})
        assert (verdict.outcome == "right") is right
        assert (verdict.answer == text) is right
        assert "{{" not in "".join((verdict.explain, *verdict.why))


@given(SEEDS, NUMBERS, NUMBERS, st.sampled_from(["a > b", "a >= b", "a != b"]))
def test_whatever_is_drawn_a_variant_has_one_right_option_or_is_refused(
    seed: int, a: list[float], b: list[float], when: str
) -> None:
    first = {**COMPARED["options"][0], "when": when}
    card = {**COMPARED, "vars": {"a": a, "b": b}}
    card["options"] = [first, *COMPARED["options"][1:]]
    try:
        variant = draw(item(card), seed)
    except ContentError as error:
        assert "options are right for a = " in str(error) and "`where`" in str(error)
    else:
        assert [right for _, right in options(variant)].count(True) == 1


@given(SEEDS, st.sampled_from([VALUED, COMPARED, MOVED]))
def test_a_seed_draws_the_same_again(seed: int, card: dict[str, Any]) -> None:
    assert draw(item(card), seed) == draw(item(card), seed)


@given(SEEDS)
def test_a_direction_is_the_sign_of_its_change(seed: int) -> None:
    variant = draw(item(MOVED), seed)
    card, change = variant.item.card, variant.values["a"] - variant.values["b"]
    assert isinstance(card, DirectionCard)
    way = "up" if change > 0 else "down" if change < 0 else "same"
    assert [quantity.way for quantity in card.quantities] == [way, "up"]
    assert mark(variant, {"moves": [way, "up"]}).outcome == "right"
    other = "down" if way == "up" else "up"
    wrong = mark(variant, {"moves": [other, "up"]})
    assert wrong.outcome != "right" and "{{" not in "".join(wrong.why)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"options": VALUED["options"][1:]}, "options: no option is right for a = "),
        ({"let": {"total": "a + b", "off": "a + b"}}, "options.1.value: is "),
    ],
)
def test_a_variant_without_one_right_option_is_refused(
    changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        draw(item({**VALUED, **changed}), 3)
    assert said in str(caught.value)


@given(SEEDS)
def test_two_options_that_read_the_same_are_refused(seed: int) -> None:
    card = {**COMPARED, "prompt": "p"}
    card["options"] = [{**o, "text": "{{b}}"} for o in COMPARED["options"]]
    with pytest.raises(ContentError, match=r"options\.1\.text: reads `.*` as option 1"):
        draw(item(card), seed)


@given(st.permutations(range(3)))
def test_a_fingerprint_knows_what_is_right_and_not_where_it_stands(
    order: list[int],
) -> None:
    moved = {**COMPARED, "options": [COMPARED["options"][k] for k in order]}
    assert fingerprint(item(moved)) == fingerprint(item(COMPARED))
    turned = {**COMPARED["options"][0], "when": "a >= b"}
    other = {**COMPARED, "options": [turned, *COMPARED["options"][1:]]}
    assert fingerprint(item(other)) != fingerprint(item(COMPARED))
    assume(order != [0, 1, 2])
    assert fingerprint(item(VALUED)) != fingerprint(item(moved))
