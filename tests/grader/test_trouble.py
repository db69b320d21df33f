"""What is said of a case without a result: the learner's lines, and nobody else's."""

from typing import Any

import pytest

from drillbox.grader.exercise import find
from drillbox.grader.supervisor import Grader
from drillbox.grader.trouble import raised

HELPERS = """import json


def inner(text):
    return json.loads(text)


def middle(text):
    return inner(text)


def dpo_gradient(pc, pr, rc, rr, beta):
    return middle("nothing")
"""
ENDLESS = "def dpo_gradient(*_):\n    x = 1\n    while True:\n        x += 1\n"
RECURSES = "def dpo_gradient(*_):\n    return dpo_gradient()\n"
ON_GPU = "import torch\n\n\ndef dpo_loss(pc, *_):\n    return pc.cuda().sum()\n"


@pytest.mark.parametrize(
    ("exercise", "source", "wanted", "absent"),
    [
        ("dpo-gradient", HELPERS, "line 5: JSONDecodeError", "decoder.py"),
        ("dpo-gradient", HELPERS, "— return json.loads(text)", "inside.py"),
        ("dpo-gradient", HELPERS, "(called from lines 13, 9)", "harness"),
        ("dpo-gradient", RECURSES, "(called from lines 2, 2, 2)", "line 2, 2, 2, 2"),
        ("dpo-gradient", "x = 1 +\n", "line 1: this does not parse", "called from"),
        (
            "dpo-loss",
            ON_GPU,
            "a GPU is hidden here; write for the CPU",
            "site-packages",
        ),
        ("dpo-gradient", ENDLESS, "last line running: dpo-gradient.py:", "inside.py"),
    ],
)
def test_a_failure_is_told_by_the_lines_of_the_learner(
    grader: Grader, exercise: str, source: str, wanted: str, absent: str
) -> None:
    message = grader.grade(find(exercise), source).cases[0].message
    assert wanted in message and absent not in message


@pytest.mark.parametrize(
    "before",
    [None, 5, "12", [True], ["\x1b[2J"], [-1], [10**9], [[1]], {"a": 1}, [1.5]],
)
def test_a_forged_way_is_left_out(before: Any) -> None:
    error = {"kind": "ValueError", "message": "x", "line": 3, "before": before}
    assert raised(error, "f()") == ("line 3: ValueError: x", False)
