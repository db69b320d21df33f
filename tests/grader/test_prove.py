"""An exercise is proved to tell right from wrong before anyone learns with it."""

import shutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch

from drillbox.grader import prove as prove_module
from drillbox.grader.exercise import find, load
from drillbox.grader.many import OnSeeds
from drillbox.grader.prove import proof, prove
from drillbox.grader.supervisor import Grader
from drillbox.reference import losses

MORE = ("# idea: i", "# misconception: sign-flipped")  # of a wrong solution


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
        (
            "wrong/sign-flipped.py",
            "wrong/same-sign.py",
            "sign-flipped: gives the same results as same-sign in every case",
        ),
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
        code = "\n".join(["# id: sign-flipped", "# message: m", *MORE, *lines, ""])
    (copy / file).write_text(code, encoding="utf-8")
    found = [str(problem) for problem in prove(str(copy), grader, seeds=1)]
    assert any(said in problem for problem in found), found


EXERCISE = """\
id: gap-loss
course: dpo
drop: 7
title: A loss
function: gap_loss
signature: gap_loss(gap, beta)
returns: {loss: tensor}
gradients: [gap]
minutes: 5
task: Write it.
hints: [one, two, three]
"""
REFERENCE = """\
import numpy as np
import torch
import torch.nn.functional as F


def gap_loss(gap, beta):
    return -F.logsigmoid(beta * gap).mean()


def cases(rng):
    for size, beta in ((1, 0.5), (4, 0.1)):
        yield f"{size} pairs", {"gap": rng.normal(0.0, 2.0, size), "beta": beta}
"""
STARTER = "def gap_loss(gap, beta):\n    raise NotImplementedError('write it')\n"
HEADER = "# id: {}\n# message: m\n# idea: i\n# misconception: m\n"
OUTSIDE = """\
import torch.nn.functional as F

def gap_loss(gap, beta):
    return -beta * F.logsigmoid(gap).mean()
"""
SOFTPLUS = """\
import torch.nn.functional as F

def gap_loss(gap, beta):
    return F.softplus(-beta * gap).mean()
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small exercise that a test may break."""
    texts = {
        "exercise.yaml": EXERCISE,
        "starter.py": STARTER,
        "reference.py": REFERENCE,
        "wrong/beta-outside.py": HEADER.format("beta-outside") + OUTSIDE,
        "equivalent/softplus.py": SOFTPLUS,
    }
    for name, text in texts.items():
        path = tmp_path / "gap-loss" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "gap-loss"


def test_a_sound_one_has_neither_problems_nor_survivors(
    grader: Grader, small: Path
) -> None:
    found = proof(str(small), grader)
    assert (found.problems, found.warnings) == ([], [])
    assert found.mutants >= 5 and 0 < found.seconds < 60


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        # a broken reference
        ("reference.py", "-F.log", "F.log", "softplus.py:1:1: equivalent: fails the"),
        # one that depends on chance, or changes its inputs
        (
            "reference.py",
            "return -",
            "return torch.rand(()) - ",
            "reference: fails the",
        ),
        (
            "reference.py",
            "    return",
            "    gap.detach().mul_(2.0)\n    return",
            "reference: fails the case '1 pairs, seed 0': the argument gap was changed",
        ),
        # a form that leaves float32, and one that is not there
        (
            "equivalent/softplus.py",
            "F.softplus(-beta * gap)",
            "F.softplus(-beta * gap.double())",
            "in float32': loss: dtype float64, expected float32",
        ),
        ("equivalent/softplus.py", "F.soft", "F.hard", "it raises AttributeError: m"),
    ],
)
def test_a_planted_mistake_of_the_author_is_found(
    grader: Grader, small: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (small / file).read_text(encoding="utf-8")
    assert old in text
    (small / file).write_text(text.replace(old, new), encoding="utf-8")
    found = [str(problem) for problem in prove(str(small), grader, seeds=1)]
    assert any(said in problem for problem in found), found


def test_a_form_that_is_wrong_once_in_some_hundred_cases_is_found(
    grader: Grader, small: Path
) -> None:
    wrong = SOFTPLUS.replace(".mean()", ".mean() + (gap < -5.5).sum()")
    (small / "equivalent" / "softplus.py").write_text(wrong, encoding="utf-8")
    assert prove(str(small), grader, seeds=3) == []
    (found,) = prove(str(small), grader)
    place = f"{small}/equivalent/softplus.py:1:1"
    said = f"{place}: equivalent: fails the case '4 pairs, seed "
    assert str(found).startswith(said)


def test_a_weak_test_lets_changes_of_the_reference_through(
    grader: Grader, small: Path
) -> None:
    """With β = 1 in every case nobody can tell where β stands."""
    reference = small / "reference.py"
    reference.write_text(REFERENCE.replace("0.5), (4, 0.1)", "1.0), (4, 1.0)"))
    found = proof(str(small), grader, seeds=1)
    assert [str(problem) for problem in found.problems] == [
        f"{small}/wrong/beta-outside.py:1:1: beta-outside: passes: no case tells it "
        "from the reference; add a case that does"
    ]
    told = [str(warning) for warning in found.warnings]
    line = (
        "- return -F.logsigmoid(beta * gap).mean() + return -F.logsigmoid(gap).mean()"
    )
    assert (
        f"{reference}:7:1: reference: no case notices this change: {line}; add a case "
        "that does, or say why nobody could under `unnoticeable:`"
    ) in told
    assert all(one.startswith(f"{reference}:7:1: reference:") for one in told)


def test_a_reference_without_cases_is_no_test(grader: Grader, small: Path) -> None:
    text = REFERENCE.replace("((1, 0.5), (4, 0.1))", "()")
    (small / "reference.py").write_text(text, encoding="utf-8")
    (found,) = prove(str(small), grader)
    said = f"{small}/reference.py:1:1: reference: cases() yields nothing; yield a name"
    assert str(found).startswith(said)


def test_two_wrong_solutions_with_the_same_results_are_both_named(
    grader: Grader, small: Path
) -> None:
    twin = HEADER.format("twin") + OUTSIDE.replace("-beta *", "beta * -1 *")
    (small / "wrong" / "twin.py").write_text(twin, encoding="utf-8")
    (found,) = prove(str(small), grader, seeds=1)
    assert str(found) == (
        f"{small}/wrong/twin.py:1:1: twin: gives the same results as beta-outside in "
        "every case; add a case that tells them apart, or delete one of twin and "
        "beta-outside"
    )


def test_a_change_that_never_ends_counts_as_noticed(
    grader: Grader, small: Path
) -> None:
    loop = "    k = 0\n    while k < 3:\n        k += 1\n    return"
    text = REFERENCE.replace("    return", loop)
    (small / "reference.py").write_text(text, encoding="utf-8")
    found = proof(str(small), grader, seeds=1)
    assert found.problems == []
    assert not any("k -= 1" in str(one) for one in found.warnings)


SAME = "    gap = gap * 1\n    return"
UNNOTICED = "\nunnoticeable:\n- {{change: '{}', why: The same number.}}\n"


def test_a_change_that_nobody_could_notice_is_said_to_be_one(
    grader: Grader, small: Path
) -> None:
    reference = (small / "reference.py").read_text(encoding="utf-8")
    text = reference.replace("    return", SAME, 1)
    (small / "reference.py").write_text(text, encoding="utf-8")
    before = proof(str(small), grader, seeds=1)
    said = "say why nobody could under `unnoticeable:`"
    assert before.problems == [] and said in str(before.warnings[0])
    file = small / "exercise.yaml"
    head = file.read_text(encoding="utf-8")
    file.write_text(head + UNNOTICED.format("gap = gap / 1"), encoding="utf-8")
    after = proof(str(small), grader, seeds=1)
    assert after.problems == []
    gone = {one.what for one in before.warnings} - {one.what for one in after.warnings}
    (one,) = gone
    assert one.endswith("+ gap = gap / 1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("gap = gap @ 1", "no change of the reference makes the line `gap = gap @ 1`"),
        ("gap = gap / 2", "a case notices the change to `gap = gap / 2`; drop it"),
    ],
)
def test_what_is_said_to_be_unnoticeable_and_is_not_is_an_error(
    grader: Grader, small: Path, change: str, said: str
) -> None:
    reference = (small / "reference.py").read_text(encoding="utf-8")
    text = reference.replace("    return", SAME.replace("* 1", "* 2 * 0.5"), 1)
    text = text.replace("gap * 2 * 0.5", "gap * 2\n    gap = gap * 0.5")
    (small / "reference.py").write_text(text, encoding="utf-8")
    with (small / "exercise.yaml").open("a", encoding="utf-8") as file:
        file.write(UNNOTICED.format(change))
    found = [str(one) for one in proof(str(small), grader, seeds=1).problems]
    assert len(found) == 1 and said in found[0], found
    assert found[0].startswith(f"{small}/exercise.yaml:")


def test_many_seeds_can_be_graded_as_one_submission(small: Path) -> None:
    """As on a GPU, where a process is used once."""
    exercise = load(str(small)).exercise
    assert exercise is not None
    with OnSeeds("cpu", 4) as grader:
        report = grader.grade(exercise, exercise.reference)
    assert report.passed and len(report.cases) == 8


def test_a_gpu_that_cannot_be_used_is_a_warning(
    grader: Grader, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if prove_module.gpu() is not None:
        pytest.skip("this machine has a GPU, so it is used")
    monkeypatch.setattr(prove_module, "gpu", lambda: "cuda")
    found = proof(str(small), grader, seeds=1)
    assert found.problems == []
    (one,) = found.warnings
    said = f"{small}/reference.py:1:1: reference: was not tried on the GPU: torch finds"
    assert str(one).startswith(said)


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
