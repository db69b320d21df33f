"""The run fit-preferences: a learner's own choices, and tables without a fit."""

from typing import Any

import numpy as np
import pytest

from drillbox.lab import setting
from drillbox.lab.begin import begin
from drillbox.lab.fit_preferences import FIT_PREFERENCES
from drillbox.lab.fit_preferences import why as reason
from drillbox.lab.general import of_type
from drillbox.lab.run import LabError
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_preferences import choices, fitted, records


def asked(**settings: Any) -> dict[str, Any]:
    values = setting.chosen(FIT_PREFERENCES, ())
    return {"run": "x", "seed": 0, "device": "cpu", "settings": {**values, **settings}}


def own(text: str) -> list[dict[str, Any]]:
    return [r for r in records(asked(choices=text)) if r.get("table") == "own"]


def test_own_choices_are_fitted() -> None:
    fit, *cells = own("AB AB AB BA")
    assert fit["rewards"][0] - fit["rewards"][1] == pytest.approx(np.log(3))
    assert [(c["games"], c["share"]) for c in cells] == [(4, 0.75)]
    assert cells[0]["residual"] == pytest.approx(0, abs=1e-9)


def test_a_cycle_shows_as_residual() -> None:
    fit, *cells = own("ab,bc,ca")
    assert fit["rewards"] == pytest.approx([0, 0, 0], abs=1e-9)
    assert [abs(c["residual"]) for c in cells] == pytest.approx([0.5] * 3)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("AB", "B was never preferred to A, so the likelihood grows without end"),
        ("AB BA AC BC CD", "none of C and D was ever preferred to one of A and B, so"),
        ("AB BC AC CA CB BA DA", "none of A, B and C was ever preferred to D, so"),
        ("AB BA CD DC", "were never compared with each other, so nothing fixes the"),
    ],
)
def test_a_table_without_a_finite_fit_is_refused_with_the_reason(
    text: str, why: str
) -> None:
    (refused,) = own(text)
    assert refused["type"] == "refused" and why in reason(refused)


def test_without_choices_there_is_no_table_of_them() -> None:
    assert own("") == []


@pytest.mark.parametrize("text", ["ABC", "A", "AA", "A1", "AB;BC", "ÄB"])
def test_what_is_no_choice_is_said(text: str) -> None:
    with pytest.raises(WorldError, match="is no choice; write two letters"):
        choices(text)


def test_a_refused_setting_is_one_sentence_of_the_run() -> None:
    values = setting.chosen(FIT_PREFERENCES, ["choices=ABC"])
    with pytest.raises(LabError, match="choices: 'ABC' is no choice"):
        list(begin(FIT_PREFERENCES, values))


@pytest.mark.parametrize(
    ("wish", "residual"), [({"cycle": 1.0}, 0.5), ({"cycle": 0.5}, 0.0)]
)
def test_the_residual_of_the_cycle_is_its_share_less_a_half(
    wish: dict[str, Any], residual: float
) -> None:
    found = FIT_PREFERENCES.happened(list(records(asked(**wish))))
    assert found["residual"].answer == pytest.approx(residual)
    assert found["cycle"].answer == "all equal"


@pytest.mark.parametrize("games", [1, 2, 7])
def test_few_games_leave_every_question_an_answer(games: int) -> None:
    found = FIT_PREFERENCES.happened(list(records(asked(games=games))))
    assert found["unbeaten"].answer == "not finite"


def test_the_fit_comes_close_to_the_rewards_that_were_drawn() -> None:
    found = list(records(asked(games=100_000)))
    (truth,) = of_type(found, "truth")
    (fit,) = (r for r in of_type(found, "fit") if r["table"] == "drawn")
    assert fit["rewards"] == pytest.approx(truth["rewards"], abs=0.03)


def test_the_fit_is_where_wins_expected_are_wins_observed() -> None:
    wins = np.array([[0, 7, 9, 8], [3, 0, 6, 7], [1, 4, 0, 5], [2, 3, 5, 0]])
    fit, *cells = fitted("t", "ABCD", wins)
    assert fit["rewards"] == pytest.approx([1.0624, 0.0949, -0.5787, -0.5787], abs=1e-4)
    for name in "ABCD":
        over = sum(
            c["games"] * c["residual"] * (1 if c["first"] == name else -1)
            for c in cells
            if name in (c["first"], c["second"])
        )
        assert over == pytest.approx(0, abs=1e-8)
