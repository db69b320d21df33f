"""The run three-pairs, really run: what its answers may depend on, and what not."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from drillbox.lab.compare import Outcome, outcomes
from drillbox.lab.keep import shipped
from drillbox.lab.recipe import FLAT
from drillbox.lab.run import request, start
from drillbox.lab.three_pairs import SIBLINGS, THREE_PAIRS, B, C

Records = list[dict[str, Any]]

EXPECTED = {
    "A": ("up", "down"),
    "B": ("down", "down"),
    "C": ("flat", "flat"),
    "D": ("up", "up"),
}

# One process for many short runs: importing torch costs more than a run does.
MANY = """
import json, sys
import torch
from drillbox.reference.pairs import Run
for line in sys.stdin:
    threads, asked = json.loads(line)
    torch.set_num_threads(threads)
    print(json.dumps(list(Run(asked).records())))
"""


def test_what_it_shows_is_so_in_the_shipped_record() -> None:
    kept = shipped(THREE_PAIRS.id)
    steps = [{"type": "step", **step} for step in kept["steps"]]
    found = outcomes([{"type": "header", **kept["header"]}, *steps])
    assert answers(found) == EXPECTED
    for pair in kept["pairs"]:
        (ww, wl), _ = pair["gram"]
        fell = found[pair["pair"]].chosen == "down"
        assert fell == (wl > ww)
        assert (pair["weight"] < 1e-3) == (found[pair["pair"]].chosen == "flat")
    assert found["D"].rejected == "up" and found["D"].end_rejected < 0
    first, second, third = THREE_PAIRS.shows
    assert "A apart, both log-probs of B down, C hardly at all" in first
    assert "g_w·g_l is more than ‖g_w‖²" in second
    assert f"at step size {THREE_PAIRS.lr:g}" in third
    assert f"by step {THREE_PAIRS.steps}" in third


def answers(found: dict[str, Outcome]) -> dict[str, tuple[str, str]]:
    return {pair: (one.chosen, one.rejected) for pair, one in found.items()}


def many(asked: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Outcome]]:
    """The outcomes of runs with these thread counts and requests."""
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    done = subprocess.run(
        [sys.executable, "-c", MANY],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": "2"},
    )
    runs = []
    for line in done.stdout.splitlines():
        runs.append(outcomes(json.loads(line)))
    return runs


@pytest.fixture(scope="module")
def twice() -> list[Records]:
    """The whole run two times, on the processor."""
    return [list(start("three-pairs", device="cpu")) for _ in range(2)]


def test_the_same_run_gives_the_same_bits_twice(twice: list[Records]) -> None:
    first, second = twice
    assert len(first) == 1 + 4 + 4 * 51 + 4 + 1
    assert json.dumps(first[:-1]) == json.dumps(second[:-1])


def test_the_last_record_says_how_long_it_took(twice: list[Records]) -> None:
    assert all(run[-1]["type"] == "end" and run[-1]["seconds"] > 0 for run in twice)


def test_the_three_pairs_have_three_different_answers(twice: list[Records]) -> None:
    assert answers(outcomes(twice[0])) == EXPECTED


def test_the_shipped_record_is_what_the_run_gives(
    twice: list[Records], kept: Records
) -> None:
    fresh, shipped = outcomes(twice[0]), outcomes(kept)
    assert twice[0][0]["sha256"] == kept[0]["sha256"]
    assert answers(fresh) == answers(shipped)
    for pair in "ABD":
        for name in ("by_chosen", "by_rejected", "end_chosen", "end_rejected"):
            expected = getattr(shipped[pair], name)
            assert getattr(fresh[pair], name) == pytest.approx(expected, rel=0.05)
    numbers = ("ref_chosen", "ref_rejected", "logp_chosen", "logp_rejected")
    shown = (*numbers, "margin", "weight", "norm_chosen", "norm_rejected")
    for new, old in zip(twice[0][1:5], kept[1:5], strict=True):
        assert new["pair"] == old["pair"]
        for name in shown:
            assert new[name] == pytest.approx(old[name], rel=0.05)


def test_after_50_steps_only_the_rejected_answer_of_the_bonus_has_turned(
    twice: list[Records],
) -> None:
    ends = {pair: one.end for pair, one in outcomes(twice[0]).items()}
    assert ends == {**EXPECTED, "D": ("up", "down")}


def test_the_gram_matrix_predicts_the_first_step(twice: list[Records]) -> None:
    found = outcomes(twice[0])
    for record in twice[0][1:5]:
        if record["pair"] != "C":
            one = found[record["pair"]]
            measured = (one.by_chosen, one.by_rejected)
            assert measured == pytest.approx(record["first_order"], rel=0.1)


def test_a_human_can_predict_a_and_b_from_the_lengths_of_the_gradients(
    kept: Records,
) -> None:
    a, b = kept[1], kept[2]
    # Equal lengths: a cosine below 1 already means (up, down).
    assert a["norm_chosen"] == pytest.approx(a["norm_rejected"], rel=0.02)
    # A quarter of the length: a cosine above ¼ already means that chosen falls.
    assert b["norm_rejected"] > 4 * b["norm_chosen"]


def test_the_saturated_pair_is_flat_after_ten_warm_up_orders() -> None:
    alone = replace(THREE_PAIRS, pairs=(B, C))  # what is flat is held against B
    found = many(
        [(1, request(alone, device="cpu", steps=1, seed=seed)) for seed in range(10)]
    )
    assert [answers(one)["C"] for one in found] == [EXPECTED["C"]] * 10
    assert len({one["C"].value for one in found}) == 10


def test_the_warm_up_never_sees_the_pair_itself() -> None:
    assert len(SIBLINGS) == 19 == len(set(SIBLINGS))
    assert (C.prompt, C.chosen, C.rejected) not in SIBLINGS


@pytest.mark.parametrize(
    "said",
    ["112,384 parameters", "β = 0.5", "step size 0.0001", "50 steps", "less than 2%"],
)
def test_the_learner_is_told_the_settings_that_hold(said: str) -> None:
    run = THREE_PAIRS
    assert (run.beta, run.lr, run.steps, FLAT) == (0.5, 1e-4, 50, 0.02)
    assert said in " ".join(run.text.split())
