"""`drillbox.check` from Python: what a function names travels with it."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.functional import logsigmoid

import drillbox
from drillbox.errors import GraderError
from drillbox.grader.carry import carry

SIGN = 1.0
SETTINGS = {"sign": [1, (2.0, None)], "big": math.inf}


def log_ratio(policy: Tensor, reference: Tensor) -> Tensor:
    return SIGN * (policy - reference)


def margin(pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor) -> Tensor:
    return log_ratio(pc, rc) - log_ratio(pr, rr)


def right(pc, pr, rc, rr, beta):
    assert SETTINGS["big"] == math.inf
    return -logsigmoid(beta * margin(pc, pr, rc, rr)).mean()


def flipped(pc, pr, rc, rr, beta):
    return -F.logsigmoid(-beta * margin(pc, pr, rc, rr)).mean()


def test_a_right_function_passes_with_everything_it_names() -> None:
    report = drillbox.check("dpo-loss", right)
    assert report.passed, str(report)
    assert report.json()["sandbox"] != "none" and report.notes == ()


def test_a_wrong_one_is_named() -> None:
    report = drillbox.check("dpo-loss", flipped)
    assert not report.passed
    assert report.diagnosis is not None and report.diagnosis.id == "sign-flipped"


def test_what_a_closure_holds_is_carried() -> None:
    factor = 1.0

    def closed(pc, pr, rc, rr, beta):
        return -F.logsigmoid(factor * beta * margin(pc, pr, rc, rr)).mean()

    assert "factor = 1.0" in carry(closed, "dpo_loss")
    assert drillbox.check("dpo-loss", closed).passed


def test_what_cannot_be_carried_is_named_and_the_function_graded_live() -> None:
    scale = torch.ones(())

    def live(pc, pr, rc, rr, beta):
        return -F.logsigmoid(scale * beta * margin(pc, pr, rc, rr)).mean()

    report = drillbox.check("dpo-loss", live)
    assert "scale" in report.notes[0] and "live" in report.notes[0]
    assert report.json()["reference_readable"] is True
    assert report.cases


def test_a_lambda_is_graded_live() -> None:
    report = drillbox.check("dpo-loss", lambda pc, pr, rc, rr, beta: pc.mean())
    assert not report.passed and "lambda" in report.notes[0]


@pytest.mark.parametrize("name", ["dpo-los", "nothing-like-it"])
def test_an_unknown_exercise_is_said(name: str) -> None:
    with pytest.raises(GraderError, match="there is no exercise"):
        drillbox.check(name, right)


def test_nothing_is_recorded(home) -> None:
    drillbox.check("dpo-loss", right)
    assert not home.exists()
