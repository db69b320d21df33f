"""What holds of every kind of card, shown on the cards of the golden files."""

import math
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from drillbox.domain.answer import QUALITY, mark
from drillbox.domain.card import (
    Card,
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    RecallCard,
    SpotCard,
)
from drillbox.domain.course import Item, items_of
from drillbox.domain.variant import Variant, draw, fill
from drillbox.errors import AnswerError

CARD: TypeAdapter[Any] = TypeAdapter(Card)
ITEMS = [
    item
    for path in sorted((Path(__file__).parent / "golden").glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    for item in items_of(CARD.validate_python(entry["card"]), 1, True, "", 0)
]
GRADED = [item for item in ITEMS if not isinstance(item.card, RecallCard)]
SEEDS = st.integers(0, 2**64 - 1)


def right_response(variant: Variant) -> dict[str, Any]:
    """What a learner who knows gives."""
    match variant.item.card:
        case ChoiceCard() as card:
            return {"options": [k for k, o in enumerate(card.options) if o.right]}
        case NumericCard():
            return {"text": repr(math.log1p(math.exp(-variant.values["m"])))}
        case FormulaCard(lines=[_, *_]) as card:
            return {"lines": [line.answer for line in card.lines]}
        case FormulaCard() as card:
            return {"text": card.goal}
        case ClozeCard() as card:
            return {"text": card.blanks[variant.item.blank or ""].answer}
        case OrderCard() as card:
            return {"steps": list(range(len(card.steps)))}
        case DirectionCard() as card:
            return {"moves": [q.answer for q in card.quantities], "confidence": 0.7}
        case SpotCard() as card:
            return {"line": card.line}
    raise AssertionError(variant.item.id)


def other_responses(variant: Variant) -> list[dict[str, Any]]:
    """Every other response where they can be counted, and some where not."""
    match variant.item.card:
        case ChoiceCard() as card:
            picks = product((False, True), repeat=len(card.options))
            return [{"options": [k for k, on in enumerate(p) if on]} for p in picks]
        case OrderCard() as card:
            return [{"steps": list(p)} for p in permutations(range(len(card.steps)))]
        case DirectionCard() as card:
            moves = product(("up", "down", "same"), repeat=len(card.quantities))
            return [{"moves": list(m), "confidence": 1} for m in moves]
        case SpotCard() as card:
            return [{"line": k} for k in range(1, len(card.code.splitlines()) + 1)]
        case NumericCard():
            return [{"text": repr(k / 7)} for k in range(-30, 30)]
        case FormulaCard(lines=[_, *_]) as card:
            own = [line.answer for line in card.lines]
            return [{"lines": [*own[:k], "h", *own[k + 1 :]]} for k in range(len(own))]
        case FormulaCard():
            return [{"text": text} for text in ("h", "beta", "0", "beta/h", "sqrt(h)")]
    return [{"text": text} for text in ("x", "beta", "reward", "partition functoin")]


@pytest.mark.parametrize("item", GRADED, ids=lambda item: item.id)
def test_the_right_answer_is_right_for_200_seeds(item: Item) -> None:
    for seed in range(200):
        variant = draw(item, seed)
        verdict = mark(variant, right_response(variant))
        assert (verdict.outcome, verdict.quality, verdict.why) == ("right", 4, ())


@pytest.mark.parametrize("item", GRADED, ids=lambda item: item.id)
def test_every_answer_that_is_not_right_earns_an_explanation(item: Item) -> None:
    for seed in range(3):
        variant = draw(item, seed)
        for response in other_responses(variant):
            try:
                verdict = mark(variant, response)
            except AnswerError as error:
                assert str(error)
                continue
            assert bool(verdict.why) is (verdict.outcome != "right")
            assert all(why.strip() for why in verdict.why)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_not_knowing_earns_the_answer_and_its_explanation(item: Item) -> None:
    variant = draw(item, 1)
    verdict = mark(variant, {"unknown": True})
    assert (verdict.outcome, verdict.quality) == ("unknown", 0)
    assert verdict.why == (verdict.explain,)
    assert fill(item.card.explain, variant) in verdict.explain
    assert verdict.answer


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_no_place_is_left_unfilled(item: Item) -> None:
    verdict = mark(draw(item, 1), {"unknown": True})
    assert "{{" not in verdict.explain + verdict.answer + draw(item, 1).prompt


@pytest.mark.parametrize(
    ("outcome", "quality"),
    [("right", 4), ("close", 2), ("wrong", 1), ("unknown", 0), ("ungraded", None)],
)
def test_each_outcome_proposes_its_quality(outcome: Any, quality: int | None) -> None:
    assert QUALITY[outcome] == quality


@given(st.sampled_from(GRADED), SEEDS)
def test_marking_the_same_twice_gives_the_same_verdict(item: Item, seed: int) -> None:
    for response in ({"unknown": True}, right_response(draw(item, seed))):
        first = mark(draw(item, seed), response)
        assert mark(draw(item, seed), response) == first


@given(st.sampled_from(ITEMS), st.dictionaries(
    st.sampled_from(["text", "options", "steps", "line", "moves", "confidence"]),
    st.one_of(
        st.none(), st.integers(-2, 9), st.floats(), st.text(max_size=9), st.booleans(),
        st.lists(st.one_of(st.integers(-1, 6), st.sampled_from(["up", "same", "x"]),
                           st.none()), max_size=6),
    ),
))  # fmt: skip
def test_any_response_is_marked_or_asked_again(
    item: Item, response: dict[str, Any]
) -> None:
    try:
        verdict = mark(draw(item, 1), response)
    except AnswerError as error:
        assert str(error)
        return
    assert verdict.answer
