"""Three pairs at every step size: one committed row each, in both precisions.

A row is Δ log π of chosen and rejected after one step, nats, of the pairs A, B, C, D.
In float32 a log-prob of −4 to −21 nats is known to about a millionth of a nat, and a
change is the difference of two sums of them. So a float32 change is held within 1 % and
ROUNDING, and its sign only where it is clearly above that.
"""

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from drillbox.lab.recipe import FLAT
from drillbox.lab.run import request
from drillbox.lab.three_pairs import THREE_PAIRS
from tests.lab.test_three_pairs import MANY

Row = list[float]  # A, B, C, D, and of each chosen, rejected
ROUNDING = 8e-6  # nats, of float32
# fmt: off
ROWS: dict[float, Row] = {
    1e-6: [3.91894e-05, -3.98758e-05, -0.000173622, -0.00105003,
           1.91775e-08, -3.92927e-07, 0.00104972, 0.000173276],
    1e-5: [0.000391885, -0.000398768, -0.00175178, -0.0105141,
           1.91775e-07, -3.92927e-06, 0.0104833, 0.00171719],
    1e-4: [0.00391792, -0.0039886, -0.0190745, -0.106509,
           1.91774e-06, -3.9293e-05, 0.103429, 0.0156161],
}
# fmt: on
SIGNS = (1, -1, -1, -1, 0, 0, 1, 1)  # 0: flat
FIRST_ORDER = {1e-6: 0.02, 1e-5: 0.02, 1e-4: 0.1}  # how far it may be off, relative
WORKERS = [(dtype, threads) for dtype in ("float64", "float32") for threads in (1, 2)]


@cache
def measured(dtype: str, threads: int) -> dict[float, tuple[Row, Row]]:
    """By step size: the changes of the first step, and what first order says of it."""
    sizes = list(FIRST_ORDER)
    asked = [
        (threads, request(THREE_PAIRS, device="cpu", dtype=dtype, lr=lr, steps=1))
        for lr in sizes
    ]
    done = subprocess.run(
        [sys.executable, "-c", MANY],
        input="".join(json.dumps(one) + "\n" for one in asked),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": str(threads)},
    )
    rows = map(both, done.stdout.splitlines())
    return dict(zip(sizes, rows, strict=True))


def both(line: str) -> tuple[Row, Row]:
    """The changes, and the first order, of the records of one run."""
    records = json.loads(line)
    expected = [r["first_order"] for r in records if r["type"] == "pair"]
    steps = [r for r in records if r["type"] == "step"]
    sides = ("logp_chosen", "logp_rejected")
    changes = [
        new[side] - old[side]
        for old, new in zip(steps[:4], steps[4:], strict=True)
        for side in sides
    ]
    return changes, [one for pair in expected for one in pair]


def signed(row: Row, other: Row) -> list[bool]:
    """Which signs count: above flat, and ten times above what the precisions differ."""
    flat = FLAT * max(map(abs, row))
    return [
        abs(one) > flat and abs(one) > 10 * abs(one - two)
        for one, two in zip(row, other, strict=True)
    ]


@pytest.mark.parametrize("lr", ROWS)
@pytest.mark.parametrize(("dtype", "threads"), WORKERS)
def test_every_step_size_gives_its_row(dtype: str, threads: int, lr: float) -> None:
    changes, _ = measured(dtype, threads)[lr]
    rounding = ROUNDING if dtype == "float32" else 0.0
    assert changes == pytest.approx(ROWS[lr], rel=0.01, abs=rounding)


@pytest.mark.parametrize(("lr", "off"), FIRST_ORDER.items())
def test_first_order_agrees_the_better_the_smaller_the_step(
    lr: float, off: float
) -> None:
    changes, expected = measured("float64", 1)[lr]
    assert changes == pytest.approx(expected, rel=off, abs=0.0)


@pytest.mark.parametrize("lr", ROWS)
@pytest.mark.parametrize(("dtype", "threads"), WORKERS)
def test_signs_hold_where_they_count(dtype: str, threads: int, lr: float) -> None:
    exact, _ = measured("float64", 1)[lr]
    changes, _ = measured(dtype, threads)[lr]
    counted = signed(exact, measured("float32", threads)[lr][0])
    for sign, change, counts in zip(SIGNS, changes, counted, strict=True):
        assert not counts or change * sign > 0


def test_at_least_five_signs_count_and_the_saturated_ones_never() -> None:
    for lr in ROWS:
        counted = signed(measured("float64", 1)[lr][0], measured("float32", 1)[lr][0])
        assert counted[4:6] == [False, False]
        assert sum(counted) >= (6 if lr > 1e-6 else 5)
