"""Where no known wrong solution fits, what surely holds is said."""

from typing import Any

import numpy as np
import pytest

from drillbox.grader.diagnose import Tried
from drillbox.grader.facts import facts
from drillbox.grader.verdict import Expected
from drillbox.grader.wire import Drawn

RIGHT = (np.array([1.0, -2.0]), np.array([0.5, 0.25, 3.0]))
BETAS = (0.5, 2.0)


def tried(change: Any, name: str = "loss") -> list[Tried]:
    """Two cases of 2 and 3 rows; change(value, beta, rows) is what came back."""
    found = []
    for right, beta in zip(RIGHT, BETAS, strict=True):
        drawn = Drawn(
            0,
            "case",
            [["x", ["array", 0]], ["beta", ["value", beta]]],
            [np.zeros(right.size)],
            (Expected(name, right, "float64"),),
        )
        mine = np.asarray(change(right, beta, right.size))
        found.append(Tried(drawn, {name: mine}, bool(np.array_equal(mine, right))))
    return found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda x, b, n: -x, "every sign is the other way round; the size is right"),
        (lambda x, b, n: x * 0, "yours is 0 everywhere, where it must not be"),
        (lambda x, b, n: x * 2, "yours is 2 times what it must be, in every case"),
        (lambda x, b, n: x * 1.000003, "yours is 1.000003 times what it must be"),
        (lambda x, b, n: x * b, "yours is what it must be times beta"),
        (lambda x, b, n: x / b, "yours is what it must be divided by beta"),
        (lambda x, b, n: x * n, "what it must be times the number of rows"),
        (lambda x, b, n: x + 0.5, "yours is always 0.5 more than it must be"),
        (lambda x, b, n: x**3, "every sign is right, the size is not"),
    ],
)
def test_this_is_said(change: Any, said: str) -> None:
    (line,) = facts(tried(change))
    assert said in line


def test_nothing_is_said_where_nothing_holds_or_nothing_came() -> None:
    assert facts(tried(lambda x, b, n: np.cos(x) - 2 * x)) == ()
    assert facts(tried(lambda x, b, n: x * np.nan)) == ()
    assert facts(tried(lambda x, b, n: np.zeros(7))) == ()


def test_right_values_with_wrong_gradients_are_told_apart() -> None:
    both = []
    good = tried(lambda x, b, n: x)
    bad = tried(lambda x, b, n: -x, "gradient by a")
    for one, other in zip(good, bad, strict=True):
        expected = (*one.drawn.expected, *other.drawn.expected)
        drawn = Drawn(0, "case", one.drawn.arguments, one.drawn.arrays, expected)
        both.append(Tried(drawn, {**one.outputs, **other.outputs}, False))  # type: ignore[dict-item]
    first, second = facts(both)
    assert first == "The values are right; the gradients are not."
    assert "gradient by a: every sign is the other way round" in second
