"""Each kind of card as an author writes it, with seeds, responses and verdicts."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from drillbox.domain.answer import mark
from drillbox.domain.card import KINDS, Card
from drillbox.domain.course import Item, items_of
from drillbox.domain.variant import Variant, draw
from drillbox.errors import AnswerError

GOLDEN = Path(__file__).parent / "golden"
CARD: TypeAdapter[Any] = TypeAdapter(Card)


def item_of(card: Any, blank: str | None) -> Item:
    items = items_of(CARD.validate_python(card), 1, True, "", 0)
    return next(item for item in items if item.blank == blank)


def cases() -> list[Any]:
    found = []
    for path in sorted(GOLDEN.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            for k, case in enumerate(entry["cases"]):
                name = f"{entry['card']['id']}-{k}"
                found.append(pytest.param(entry["card"], case, id=name))
    return found


def test_every_kind_of_card_has_a_golden_file() -> None:
    assert {path.stem for path in GOLDEN.glob("*.yaml")} == set(KINDS)


@pytest.mark.parametrize(("card", "case"), cases())
def test_what_the_golden_file_says_is_what_happens(card: Any, case: Any) -> None:
    variant = draw(item_of(card, case.get("blank")), case["seed"])
    check_variant(variant, case)
    if "refused" in case:
        with pytest.raises(AnswerError) as refused:
            mark(variant, case["response"])
        assert case["refused"] in str(refused.value)
        return
    verdict = mark(variant, case["response"])
    expected = {"misconception": None, **case["verdict"]}
    given = {**asdict(verdict), "why": list(verdict.why)}
    assert {name: given[name] for name in expected} == expected


def check_variant(variant: Variant, case: Any) -> None:
    assert variant.prompt == case.get("prompt", variant.prompt)
    assert dict(variant.values) == case.get("values", dict(variant.values))
    assert list(variant.order) == case.get("order", list(variant.order))
