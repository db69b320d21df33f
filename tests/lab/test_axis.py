"""Axes: round ticks that hold every value, and labels that read upwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.lab.axis import axis, drawable

FINITE = st.floats(-1e300, 1e300)
SOME = st.lists(FINITE, min_size=1, max_size=8)


def number(label: str) -> float:
    return float(label.replace("−", "-"))


@pytest.mark.parametrize(
    ("values", "most", "labels"),
    [
        ((0, 50), 5, ["0", "10", "20", "30", "40", "50"]),
        ((0.31, 0.6931), 4, ["0.3", "0.4", "0.5", "0.6", "0.7"]),
        ((-0.1, 0.004), 4, ["−0.10", "−0.05", "0.00", "0.05"]),
        ((0, 3e-7), 3, ["0", "1e−7", "2e−7", "3e−7"]),
        ((2e9, 2.1e9), 2, ["2.00e9", "2.05e9", "2.10e9"]),
        ((4, 4), 2, ["2", "4", "6"]),
        ((0,), 2, ["−1", "0", "1"]),
        ((), 2, ["0.5", "1.0", "1.5"]),
    ],
)
def test_the_labels(values: tuple[float, ...], most: int, labels: list[str]) -> None:
    assert list(axis(values, most).labels) == labels


@pytest.mark.parametrize(
    ("values", "most", "labels"),
    [
        ((1e-3, 1), 5, ["0.001", "0.01", "0.1", "1"]),
        ((2e-9, 5e3), 4, ["1e−9", "1e−5", "0.1", "1000", "1e7"]),
        ((3, 3), 4, ["1", "10"]),
    ],
)
def test_a_log_axis_has_powers_of_ten(
    values: tuple[float, ...], most: int, labels: list[str]
) -> None:
    assert list(axis(values, most, log=True).labels) == labels


@given(SOME, st.integers(1, 8))
def test_labels_rise_with_their_ticks(values: list[float], most: int) -> None:
    found = axis(values, most)
    read = [number(label) for label in found.labels]
    assert 2 <= len(read) <= max(most, 2) + 1
    assert read == sorted(set(read))
    for tick, said in zip(found.ticks, read, strict=True):
        assert said == pytest.approx(tick, rel=1e-6, abs=1e-300)


@given(SOME, st.integers(1, 8))
def test_every_value_is_between_the_ends_in_its_order(
    values: list[float], most: int
) -> None:
    found = axis(values, most)
    slack = 1e-8 * (found.high - found.low)  # far below a cell
    assert found.low <= min(values) + slack
    assert max(values) <= found.high + slack
    shares = [found.share(value) for value in sorted(values)]
    assert shares == sorted(shares) and shares[0] >= 0 and shares[-1] <= 1


@given(st.lists(st.floats(1e-290, 1e300), min_size=1, max_size=8), st.integers(1, 8))
def test_a_log_axis_holds_its_values(values: list[float], most: int) -> None:
    found = axis(values, most, log=True)
    read = [number(label) for label in found.labels]
    assert read == sorted(set(read))
    assert found.share(min(values)) <= found.share(max(values))
    assert 10**found.low <= min(values) * 1.01


@pytest.mark.parametrize(
    ("value", "log", "can"),
    [
        (0.0, False, True),
        (-3.0, False, True),
        (float("nan"), False, False),
        (float("inf"), False, False),
        (1e301, False, False),
        (0.0, True, False),
        (-1.0, True, False),
        (0.1, True, True),
    ],
)
def test_what_has_a_place(value: float, log: bool, can: bool) -> None:
    assert drawable(value, log) is can
