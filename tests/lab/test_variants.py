"""The run variants: the start of its shipped record, its pairs, a broken training."""

from itertools import islice
from typing import Any

import pytest
import torch

from drillbox.lab import setting
from drillbox.lab.document import shipped
from drillbox.lab.general import of_type
from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.lab.variants import OWN, VARIANTS, chart, line
from drillbox.reference import losses
from drillbox.reference.variants import Scores
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_variants import methods, off_by_one, records

Records = list[dict[str, Any]]


def request(**settings: Any) -> dict[str, Any]:
    place = {"checkpoint": CHECKPOINT, "sha256": SHA256, "device": "cpu"}
    chosen = {**setting.chosen(VARIANTS, ()), **settings}
    return {"run": "variants", "seed": 0, "settings": chosen, **place}


def ends(found: Records) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in of_type(found, "look")}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def test_the_shipped_record_begins_as_the_run_does() -> None:
    header, pairs, start, first = islice(records(request()), 4)
    kept = shipped("variants")
    assert header["settings"] == kept[0]["settings"]
    assert pairs == kept[1]
    assert start["greedy"] == kept[2]["greedy"]
    assert (first["name"], first["step"]) == (kept[3]["name"], kept[3]["step"])
    assert first["greedy"] == pytest.approx(kept[3]["greedy"], abs=0.1)
    assert first["chosen"] == pytest.approx(kept[3]["chosen"], abs=0.3)


def test_in_the_shipped_record_a_loss_keeps_the_sums_if_it_holds_chosen() -> None:
    found = ends(shipped("variants"))
    before = found.pop("reference")["greedy"]
    assert len(found) == 9 and before > 0.95
    for name, one in found.items():
        held = name in OWN
        assert (one["chosen"] > 0) == held
        assert one["greedy"] >= before - 0.03 if held else one["greedy"] < before - 0.2
        assert one["accuracy"] > 0.9


def test_the_pairs_are_all_sums_with_both_neighbours() -> None:
    pairs = off_by_one()
    assert len(pairs) == 198 == len(set(pairs))
    for _, chosen, rejected in pairs:
        apart = [
            (a, b)
            for a, b in zip(chosen.split(), rejected.split(), strict=True)
            if a != b
        ]
        assert len(apart) == 1
    assert pairs[-1][:2] == ("what is nine plus nine ?", "nine plus nine is eighteen .")


def test_each_method_is_the_loss_of_its_name() -> None:
    """On one pair with lengths that differ, against the library."""
    numbers = (-3.0, -4.0, -2.0, -3.5, 5.0, 8.0)
    seen = Scores(*(torch.tensor([number]) for number in numbers))
    four = seen.four
    plain = losses.dpo(*four, beta=0.1)
    expected = {
        "DPO": plain,
        "DPO, β large": losses.dpo(*four, beta=2.0),
        "cDPO": losses.cdpo(*four, beta=0.1, label_smoothing=0.1),
        "robust DPO": losses.robust(*four, beta=0.1, label_smoothing=0.1),
        "IPO": losses.ipo(*four, beta=0.1),
        "SimPO": losses.simpo(four[0], four[1], *seen.lengths.values(), 2.0, 0.5),
        "ORPO": losses.orpo(four[0] / 5, four[1] / 8, 1.0),
        "DPOP": losses.dpop(*four, beta=0.1, lam=5.0),
        "DPO + likelihood": plain + 3.0 / 5,
    }
    asked = request()["settings"]
    found = {method.name: method.loss(seen) for method in methods(asked)}
    assert found.keys() == expected.keys()
    for name, loss in found.items():
        assert loss.item() == pytest.approx(expected[name].item()), name


def test_without_smoothing_cdpo_and_robust_are_dpo() -> None:
    found = ends(list(records(request(steps=1, label_smoothing=0.0))))
    plain = {**found["DPO"], "name": ""}
    assert plain["chosen"] != 0
    for name in ("cDPO", "robust DPO"):
        assert {**found[name], "name": ""} == pytest.approx(plain, abs=1e-4)


def test_a_line_for_all_but_the_header_and_a_dot_for_every_look() -> None:
    kept = shipped("variants")
    assert line(kept[0]) == "" and all(map(line, kept[1:]))
    dots = sum(len(series.points) for series in chart(kept).series)
    assert dots == len(of_type(kept, "look"))


def test_a_training_that_breaks_names_step_and_quantity() -> None:
    with pytest.raises(WorldError, match=r"DPO, step \d: the .* no number"):
        list(records(request(steps=2, lr=1e30)))
