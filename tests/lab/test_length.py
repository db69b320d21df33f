"""The run length: the start of its shipped record, its pairs, a broken training."""

from itertools import islice
from random import Random
from typing import Any

import pytest
import torch

from drillbox.lab import setting
from drillbox.lab.document import shipped
from drillbox.lab.general import of_type
from drillbox.lab.length import LENGTH, chart, line
from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference import corpus
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_length import about_things, names_color, records

SHORT = {"pairs": 32, "steps": 2}


def request(**settings: Any) -> dict[str, Any]:
    place = {"checkpoint": CHECKPOINT, "sha256": SHA256, "device": "cpu"}
    chosen = {**setting.chosen(LENGTH, ()), **settings}
    return {"run": "length", "seed": 0, "settings": chosen, **place}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def test_the_shipped_record_begins_as_the_run_does() -> None:
    header, pairs, start, first = islice(records(request()), 4)
    kept = shipped("length")
    assert header["settings"] == kept[0]["settings"]
    assert pairs == kept[1]
    assert (first["name"], first["step"]) == (kept[3]["name"], kept[3]["step"])
    for found, old, apart in ((start, kept[2], 0.5), (first, kept[3], 1.0)):
        assert found["tokens"] == pytest.approx(old["tokens"], abs=apart)
        assert found["right"] == pytest.approx(old["right"], abs=0.1)


def test_the_shipped_record_orders_the_methods_by_what_they_speak() -> None:
    """Of the last look: right sign < plain < wrong sign, and β the other way round."""
    spoken = of_type(shipped("length"), "spoken")
    tokens = {(one["name"], one["beta"]): one["tokens"] for one in spoken}
    assert tokens["R-DPO", 0.5] < tokens["DPO", 0.5] - 1
    assert tokens["DPO", 0.5] < tokens["R-DPO, wrong sign", 0.5]
    assert tokens["DPO", 0.1] > tokens["DPO", 0.5] > tokens["DPO", 2.0]
    right = {(one["name"], one["beta"]): one["right"] for one in spoken}
    assert right.pop(("reference", 0.0)) > max(right.values()) + 0.1
    assert tokens["reference", 0.0] < min(tokens["DPO", 2.0], tokens["R-DPO", 0.5])


@pytest.mark.parametrize("bias", [0.0, 1.0])
def test_a_pair_differs_in_the_color_and_in_length_as_the_bias_says(
    bias: float,
) -> None:
    for prompt, chosen, rejected in about_things(Random(1), 50, bias):
        thing = prompt.split()[-2]
        assert names_color(thing, chosen) and not names_color(thing, rejected)
        assert (len(chosen) > len(rejected)) == (bias == 1.0)
        assert corpus.COLORS[thing] not in rejected.split()


def test_the_color_counts_in_the_first_sentence_alone() -> None:
    assert names_color("sky", "the sky is blue . it is a good thing .")
    assert not names_color("sky", "the sky is red . the sky is blue .")


def test_a_price_of_0_is_plain_dpo_with_either_sign() -> None:
    found = of_type(list(records(request(**SHORT, alpha=0.0))), "spoken")
    told = [
        (one["tokens"], one["right"], one["kl"], one["said"])
        for one in found
        if one["beta"] == 0.5
    ]
    assert len(told) == 3 and len(set(told)) == 1


def test_a_line_for_all_but_the_header_and_a_curve_for_each_method() -> None:
    kept = shipped("length")
    assert line(kept[0]) == "" and all(map(line, kept[1:]))
    assert len(chart(kept).series) == 6


def test_a_training_that_breaks_names_step_and_quantity() -> None:
    with pytest.raises(WorldError, match=r"DPO at β 0.1, step \d: the .* no number"):
        list(records(request(**SHORT, lr=1e30)))
