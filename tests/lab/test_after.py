"""After the run: what was said of Adam and of one batch, and what happened."""

from typing import Any

import pytest

from drillbox.lab import after

CHANGES = {"A": (0.01, -0.01), "B": (-0.5, -1.0), "C": (0.0, -0.019)}


def records(way: str) -> list[dict[str, Any]]:
    return [
        {"type": "other", "way": way, "pair": pair, "step": step}
        | {"logp_chosen": step * chosen, "logp_rejected": step * rejected}
        for step in (0, 1, 50)
        for pair, (chosen, rejected) in CHANGES.items()
    ]


def test_flat_is_held_against_the_largest_change_of_its_own_way() -> None:
    (adam,) = after.judge({"adam": "flat"}, records("adam"))
    assert (adam.happened, adam.value) == ("flat", pytest.approx(-0.019))
    (joint,) = after.judge({"joint": "up"}, records("joint"))
    assert (joint.said, joint.happened) == ("up", "down")


def test_the_table_has_step_1_and_the_last_step() -> None:
    lines = after.table([*records("adam"), *records("joint")])
    assert lines[0].startswith("Adam, each pair alone: change after step 1 and after")
    numbers = "-0.50000 -1.00000 -25.00000 -50.00000"
    assert " ".join(lines[2].split()) == f"B chosen, rejected {numbers}"
    assert max(map(len, lines)) < 80


def test_the_log_keeps_what_was_said() -> None:
    kept = after.body({"adam": "up", "joint": "down"})
    assert kept == {"round": "after", "predictions": {"adam": "up", "joint": "down"}}
