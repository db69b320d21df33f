"""Round 2: read, kept, and passed only when every direction is right."""

from typing import Any

import pytest

from drillbox.lab import second
from drillbox.lab.run import LabError
from drillbox.lab.three_pairs import THREE_PAIRS

RIGHT: dict[str, second.Moves] = {
    "A": ("up", "down"),
    "B": ("down", "down"),
    "C": ("flat", "flat"),
}
ONE = {"chosen": "up", "rejected": "down"}


def test_it_asks_six_directions_and_nothing_of_the_bonus() -> None:
    assert second.asked(THREE_PAIRS) == ["A", "B", "C"]


def test_all_six_right_passes(kept: list[dict[str, Any]]) -> None:
    found = second.judge(RIGHT, kept)
    assert (found.right, found.count, found.wrong) == (6, 6, ())
    assert found.text.endswith("6 of 6, passed.")


def test_five_of_six_does_not_pass_and_names_the_sixth(
    kept: list[dict[str, Any]],
) -> None:
    found = second.judge({**RIGHT, "B": ("up", "down")}, kept)
    assert found.text.endswith("5 of 6, not passed.")
    assert found.wrong == ("B  log π(chosen): down, you said up",)


def test_the_log_keeps_which_round_it_was() -> None:
    said = second.read({"A": ONE, "B": ONE, "C": ONE}, THREE_PAIRS)
    expected = {"round": 2, "predictions": {"A": ONE, "B": ONE, "C": ONE}}
    assert second.body(said) == expected


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "round2 is a JSON object"),
        ({"A": ONE, "B": ONE}, "round2, pair C: None needs chosen and rejected"),
        ({"A": ONE, "B": ONE, "C": {"chosen": "same"}}, "round2, pair C: {'chosen'"),
        ({"D": ONE}, "round2 asks nothing of pair 'D'; it asks A, B, C"),
    ],
)
def test_what_cannot_be_read_says_where(data: Any, sentence: str) -> None:
    with pytest.raises(LabError) as caught:
        second.read(data, THREE_PAIRS)
    assert sentence in str(caught.value)
