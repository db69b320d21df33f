"""An exercise is proved to tell right from wrong before anyone learns with it."""

import shutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch

from drillbox.grader.exercise import find
from drillbox.grader.prove import prove
from drillbox.grader.supervisor import Grader
from drillbox.reference import losses


def program(source: str) -> ModuleType:
    """The module of this text."""
    module = ModuleType("reference")
    exec(compile(source, "reference.py", "exec"), module.__dict__)
    return module


EXERCISES = ("dpo-loss", "dpo-gradient", "dpo-train-step", "three-pairs")


@pytest.mark.parametrize("name", EXERCISES)
def test_this_exercise_discriminates(grader: Grader, name: str) -> None:
    found = prove(find(name).directory, grader, seeds=1)
    assert [str(problem) for problem in found] == []


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("starter.py", None, "starter: passes"),
        ("wrong/sign-flipped.py", None, "sign-flipped: passes: no case tells it"),
        ("wrong/sign-flipped.py", "wrong/same-sign.py", "is diagnosed as"),
        ("reference.py", "wrong/sign-flipped.py", "reference: the reference solution"),
    ],
)
def test_one_that_does_not_is_reported(
    grader: Grader, tmp_path: Path, file: str, text: str | None, said: str
) -> None:
    """text: the file whose code replaces this one's; None: the reference's."""
    source = Path(find("dpo-gradient").directory)
    copy = tmp_path / "dpo-gradient"
    shutil.copytree(source, copy)
    code = (source / (text or "reference.py")).read_text(encoding="utf-8")
    if file.startswith("wrong"):
        lines = [line for line in code.splitlines() if not line.startswith("#")]
        code = "\n".join(["# id: sign-flipped", "# message: m", *lines, ""])
    (copy / file).write_text(code, encoding="utf-8")
    found = [str(problem) for problem in prove(str(copy), grader, seeds=1)]
    assert any(said in problem for problem in found), found


def test_the_reference_of_the_loss_is_that_of_the_library() -> None:
    module = program(find("dpo-loss").reference)
    for name, given in module.__dict__["cases"](np.random.default_rng(0)):
        beta = given.pop("beta")
        tensors = [torch.from_numpy(value) for value in given.values()]
        mine = module.__dict__["dpo_loss"](*tensors, beta)
        theirs = losses.dpo_loss(*tensors, beta)
        torch.testing.assert_close(mine, theirs.mean(), msg=name)


@pytest.mark.parametrize("seed", range(5))
def test_no_change_of_the_three_pairs_lies_near_flat_and_all_moves_occur(
    seed: int,
) -> None:
    module = program(find("three-pairs").reference)
    changes = module.__dict__["changes"]
    moves: set[int] = set()
    for _, given in module.__dict__["cases"](np.random.default_rng(seed)):
        flat = given.pop("flat")
        size = np.abs(changes(**given)) / flat
        assert np.all(np.abs(size - 1.0) >= 0.05)
        directions = module.__dict__["predict_directions"](**given, flat=flat)
        moves |= set(directions.ravel().tolist())
    assert moves == {-1, 0, 1}
