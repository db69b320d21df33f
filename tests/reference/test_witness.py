"""Witnesses: every name, its arguments, its value; and the worker that is asked."""

import json
import math
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from drillbox.reference import witness

LN = math.log


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("preference_probability", [3, 1], 1 / (1 + math.exp(-2))),
        ("elo_difference", [1], 400 / LN(10)),
        ("kl3", [2, 1, 1, 1, 2, 1], 0.5 * LN(2) + 0.25 * LN(0.5)),
        ("k1", [-1, -3], 2),
        ("k2", [-1, -3], 2),
        ("k3", [-1, -3], math.exp(-2) - 1 + 2),
        ("closed_form3", [1, 1, 2, LN(2), 0, 0, 1], 0.5 / 1.25),
        ("log_partition3", [1, 1, 2, LN(2), 0, 0, 1], LN(1.25)),
        ("implicit_reward", [-2, -5, 0.1], 0.3),
        ("dpo_margin", [-10, -12, -11, -11, 0.5], 1),
        ("dpo_loss", [-10, -12, -11, -11, 0.5], LN(1 + math.exp(-1))),
        ("dpo_weight", [2], 1 / (1 + math.exp(2))),
        ("dpo_gradient_chosen", [-5, -5, -5, -5, 0.3], -0.15),
        ("dpo_gradient_rejected", [-5, -5, -5, -5, 0.3], 0.15),
        ("first_order_chosen", [300, 990, 5200, 1e-5, 0.5, 0], -690 * 2.5e-6),
        ("first_order_rejected", [300, 990, 5200, 1e-5, 0.5, 0], -4210 * 2.5e-6),
        ("target_log_ratio", [0.9, 0.1], 10 * LN(9)),
        ("ipo_target", [0.1], 5),
        ("cdpo_target", [0.1], LN(9)),
        ("ppo_clip_loss", [LN(1.5), 0, 1, 0.2], -1.2),
        ("gae2", [1, 2, 0.5, 0.25, 0.9, 0.5], 0.725 + 0.45 * 1.75),
        ("adamw_memory", [2, 2, 7], 252),
        ("sequence_logprob2", [1, 0, 0, 0], -LN(1 + math.exp(-1)) - LN(2)),
        ("length_normalised_margin", [6, 3, -8, 4, 2], 8),
        ("rdpo_loss", [0, 0.5, 0.1, 20, 10], LN(1 + math.exp(-1))),
    ],
)
def test_this_witness_says(name: str, arguments: list[float], value: float) -> None:
    (found,) = witness.evaluate([[name, arguments]])
    assert found == pytest.approx(value, abs=1e-12)


def test_the_table_above_has_every_witness() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    tried = set(re.findall(r'^        \("(\w+)", \[', source, re.MULTILINE))
    assert tried == set(witness.WITNESSES)


def test_calls_of_many_names_keep_their_order() -> None:
    calls = [["k1", [-i, 0]] if i % 2 else ["ipo_target", [i + 1]] for i in range(20)]
    expected = [-i if i % 2 else 1 / (2 * (i + 1)) for i in range(20)]
    assert witness.evaluate(calls) == pytest.approx(expected)


def test_a_value_that_is_no_finite_number_is_null() -> None:
    calls = [["ipo_target", [0]], ["target_log_ratio", [1.5, 1]], ["k1", [2, 1]]]
    assert witness.evaluate(calls) == [None, None, 1]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (["dpo_los", [1]], "no witness called 'dpo_los'; the nearest is dpo_loss"),
        (["k1", [1]], "k1 takes 2 arguments, not 1"),
        (["k1", [1, "x"]], "'x' is no number"),
        (["k1", [1, True]], "True is no number"),
        (["k1", [1, 10**400]], "is no number"),
        (["k1"], "a call is"),
        ("k1", "a call is"),
    ],
)
def test_a_call_that_cannot_be_made_is_named(call: object, sentence: str) -> None:
    reply = witness.answer(json.dumps({"calls": [["k1", [1, 2]], call]}))
    assert reply["call"] == 1 and sentence in reply["error"]


@pytest.mark.parametrize("line", ["", "{", "[]", '{"calls": 3}'])
def test_a_request_that_cannot_be_read_is_said_so(line: str) -> None:
    assert "the request is" in witness.answer(line)["error"]


def test_the_worker_answers_ten_thousand_calls_at_once() -> None:
    names = list(witness.ARITY.items())
    calls = [
        [names[i % len(names)][0], [0.1 + (i * 7 + k) % 80 / 100 for k in range(arity)]]
        for i in range(10_000)
        for arity in [names[i % len(names)][1]]
    ]
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "drillbox.reference.witness"],
        input=json.dumps({"calls": calls}) + "\n",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    (line,) = done.stdout.splitlines()
    values = json.loads(line)["values"]
    assert len(values) == 10_000 and all(isinstance(v, float) for v in values)
    assert time.perf_counter() - began < 20  # about 2 s alone; most of it is torch
