"""The verdict on code: what passes, what fails and why, and what is no verdict."""

import os
import re
import time
from pathlib import Path

import pytest

from drillbox import places
from drillbox.grader.exercise import Exercise, find
from drillbox.grader.supervisor import Grader

EXERCISES = ("dpo-loss", "dpo-gradient", "dpo-train-step", "three-pairs")
HEAD = "import torch\nimport torch.nn.functional as F\n"
ARGUMENTS = "policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta"
H = "((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))"


def loss(body: str, head: str = HEAD) -> str:
    """A file with a dpo_loss of this body."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"{head}\ndef dpo_loss({ARGUMENTS}):\n{lines}\n"


def reference(exercise: Exercise) -> str:
    return exercise.reference


@pytest.mark.parametrize("name", EXERCISES)
def test_the_reference_passes_and_the_starter_fails(grader: Grader, name: str) -> None:
    exercise = find(name)
    assert grader.grade(exercise, reference(exercise)).passed
    assert not grader.grade(exercise, exercise.starter).passed


@pytest.mark.parametrize("name", EXERCISES)
def test_a_flipped_sign_fails_and_is_named(grader: Grader, name: str) -> None:
    exercise = find(name)
    flipped = Path(exercise.directory, "wrong", "sign-flipped.py").read_text()
    report = grader.grade(exercise, flipped)
    assert not report.passed
    assert report.diagnosis is not None and report.diagnosis.id == "sign-flipped"


@pytest.mark.parametrize(
    ("name", "diagnosis"),
    [
        (f"-F.logsigmoid(-beta * {H}).mean()", "sign-flipped"),
        (
            "-F.logsigmoid(beta * (policy_chosen - policy_rejected)).mean()",
            "no-reference",
        ),
        (f"-beta * F.logsigmoid({H}).mean()", "beta-outside"),
        (f"-F.logsigmoid(beta * {H}).sum()", "sum-for-mean"),
    ],
)
def test_the_classic_mistakes_are_named(
    grader: Grader, name: str, diagnosis: str
) -> None:
    report = grader.grade(find("dpo-loss"), loss(f"return {name}"))
    assert not report.passed
    assert report.diagnosis is not None and report.diagnosis.id == diagnosis


@pytest.mark.parametrize(
    "body",
    [
        f"return -F.logsigmoid(beta * {H}).mean()",
        f"return F.softplus(-beta * {H}).mean()",
        f"h = beta * {H}\nreturn torch.logaddexp(torch.zeros_like(h), -h).mean()",
        f"h = beta * {H}\n"
        "return F.binary_cross_entropy_with_logits(h, torch.ones_like(h))",
        f"torch.manual_seed(0)\nprint('fine')\nreturn -F.logsigmoid(beta*{H}).mean()",
    ],
    ids=["textbook", "softplus", "logaddexp", "bce", "prints"],
)
def test_right_ways_to_write_the_loss_pass(grader: Grader, body: str) -> None:
    report = grader.grade(find("dpo-loss"), loss(body))
    assert report.passed, str(report)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1\n", "dpo_loss"),
        ("def dpo_loss(:\n", "line 1"),
        (loss("while True: pass"), "stopped after"),
        (loss("import os; os._exit(0)"), "ended"),
        (loss("raise SystemExit(0)"), "SystemExit"),
        (loss("return 1 / 0"), "ZeroDivisionError"),
        (loss("return None"), "None"),
        (loss("return 0.5"), "float"),
        (loss(f"return -F.logsigmoid(beta * {H})"), "shape"),
        (loss(f"return -F.logsigmoid(beta * {H}).mean().float()"), "float32"),
        (loss(f"return -torch.log(torch.sigmoid(beta * {H})).mean()"), "inf"),
        (loss(f"return -F.logsigmoid(beta * {H}).mean() * float('nan')"), "nan"),
        (
            loss(f"v = -F.logsigmoid(beta * {H}).mean()\nref_chosen.add_(1)\nreturn v"),
            "ref_chosen",
        ),
        (loss(f"return -F.logsigmoid(beta * {H}.detach()).mean()"), "grad"),
        (loss("return bytearray(1 << 40)"), "emory"),
        (loss("print('x' * (1 << 22))\nreturn policy_chosen.mean()"), "printed more"),
        (HEAD + "while True: pass\n", "stopped after"),
    ],
)
def test_this_fails_with_a_sentence_that_says_why(
    grader: Grader, source: str, said: str
) -> None:
    report = grader.grade(find("dpo-loss"), source)
    assert not report.passed
    messages = [case.message for case in report.cases if not case.passed]
    assert any(said in message for message in messages), messages
    assert all(m.isprintable() and "Traceback" not in m for m in messages)


@pytest.mark.parametrize("module", ["torch", "sympy", "drillbox"])
def test_the_gradient_is_derived_by_hand(grader: Grader, module: str) -> None:
    source = f"import {module}\n" + reference(find("dpo-gradient"))
    report = grader.grade(find("dpo-gradient"), source)
    assert not report.passed
    assert "import" in report.cases[0].message


def test_every_case_is_told_as_soon_as_it_is_judged(grader: Grader) -> None:
    told: list[str] = []
    exercise = find("dpo-loss")
    report = grader.grade(
        exercise, loss("return 1"), lambda case: told.append(case.name)
    )
    assert told == [case.name for case in report.cases]


def test_the_json_has_the_promised_fields(grader: Grader) -> None:
    told = grader.grade(find("dpo-loss"), loss("return 1")).json()
    assert list(told) == [
        "exercise",
        "file",
        "passed",
        "device",
        "sandbox",
        "reference_readable",
        "seconds",
        "cases",
        "diagnosis",
        "facts",
    ]


# -- hostile code: none passes, none takes the grader down

RIGHT = f"-F.logsigmoid(beta * {H}).mean()"
HOSTILE = {
    "forges frames on every descriptor": loss(
        "import os\n"
        "for fd in range(1, 20):\n"
        "    try: os.write(fd, b'DBX1' + bytes(64))\n"
        "    except OSError: pass\n"
        "os._exit(0)"
    ),
    "closes every descriptor": loss("import os\nos.closerange(0, 64)\nreturn 1"),
    "lies through a subclass": loss(
        "class Lie(torch.Tensor):\n"
        "    @classmethod\n"
        "    def __torch_function__(cls, func, types, args=(), kwargs=None):\n"
        "        return True\n"
        "return torch.zeros(()).as_subclass(Lie)"
    ),
    "overrides detach on the instance": loss(
        "t = policy_chosen.sum() * 0\nt.detach = lambda: t\nt.numpy = lambda: 0\nreturn t"
    ),
    "replaces autograd": loss(
        "torch.autograd.grad = lambda *a, **k: [torch.zeros(1)]\nreturn torch.zeros(())"
    ),
    "replaces comparison": loss(
        "import numpy\nnumpy.allclose = lambda *a, **k: True\n"
        "torch.allclose = lambda *a, **k: True\nreturn policy_chosen.mean()"
    ),
    "prints a passed panel": loss(
        "print('\\x1b[2J\\x1b[32m6 of 6 cases right: PASSED\\x1b[0m')\nreturn 0"
    ),
    "looks for the reference on disk": loss(
        "import glob, sys\n"
        "for path in sys.path + ['/']:\n"
        "    for file in glob.glob(path + '/**/reference.py', recursive=True):\n"
        "        exec(open(file).read(), globals())\n"
        "        return globals()['dpo_loss'](policy_chosen, policy_rejected, "
        "ref_chosen, ref_rejected, beta)\n"
        "return 0"
    ),
    "imports drillbox": loss(
        "import drillbox.reference.losses as l\nreturn l.dpo_loss"
    ),
    "reads the source of its caller": loss(
        "import sys\n"
        "frame = sys._getframe()\n"
        "while frame:\n"
        "    for value in frame.f_locals.values():\n"
        "        if isinstance(value, dict) and 'expected' in value:\n"
        "            return value['expected']\n"
        "    frame = frame.f_back\n"
        "return 0"
    ),
    "searches the heap for an answer": loss(
        "import gc\n"
        "found = [o for o in gc.get_objects() if type(o) is torch.Tensor and o.ndim == 0]\n"
        "return found[0] if found else torch.zeros(())"
    ),
    "forks": loss(
        "import os\n"
        "for _ in range(20):\n"
        "    if os.fork() == 0:\n"
        "        import time; time.sleep(30)\n"
        "return 0"
    ),
    "kills its parent": loss("import os\nos.kill(os.getppid(), 9)\nreturn 0"),
    "runs another program": loss(
        "import subprocess\nsubprocess.run(['/bin/sh', '-c', 'exit 0'])\nreturn 0"
    ),
    "opens a socket": loss(
        "import socket\nsocket.create_connection(('127.0.0.1', 9), 1)\nreturn 0"
    ),
    "swallows every exception for ever": loss(
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "ignores signals": loss(
        "import signal\n"
        "for n in (1, 2, 3, 14, 15, 24): signal.signal(n, signal.SIG_IGN)\n"
        "while True: pass"
    ),
    "prints without end": loss("while True: print('x' * 10000)"),
    "allocates without end": loss("hold = []\nwhile True: hold.append(bytes(1 << 26))"),
    "recurses without end": loss(
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "def f(n): return f(n + 1) + 1\nreturn f(0)"
    ),
    "reads a null pointer": loss("import ctypes\nctypes.string_at(0)\nreturn 0"),
    "asks for more threads": loss(
        "torch.set_num_threads(4)\nreturn policy_chosen.mean()"
    ),
    "turns gradients off": loss(f"torch.set_grad_enabled(False)\nreturn {RIGHT}"),
    "changes the default dtype": loss(
        "torch.set_default_dtype(torch.float16)\nreturn torch.zeros(())"
    ),
    "is right only the first time": loss(
        "global calls\ncalls = globals().get('calls', 0) + 1\n"
        f"return {RIGHT} if calls > 1 else torch.zeros(())"
    ),
    "always says log 2": loss(
        "return torch.log(torch.tensor(2.0, dtype=policy_chosen.dtype))"
    ),
    "exits when it is imported": "import sys\nsys.exit(0)\n",
    "has a null byte": "x = 1\x00\n",
    "nests without end": "x = " + "(" * 5000 + ")" * 5000,
    "is empty": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_submission_passes_or_takes_the_grader_down(
    grader: Grader, name: str
) -> None:
    exercise = find("dpo-loss")
    report = grader.grade(exercise, HOSTILE[name])
    assert not report.passed
    for case in report.cases:
        assert case.message.isprintable() and not re.search("\x1b", case.message)
    assert all("\x1b" not in line for line in report.printed)
    assert grader.grade(exercise, loss(f"return {RIGHT}")).passed


def test_nothing_is_left_running_after_closing() -> None:
    before = _children()
    with Grader() as own:
        own.grade(find("dpo-gradient"), "")
        mine = _children() - before
    assert mine
    assert not _children() & mine


def _children() -> set[str]:
    """The living child processes of this one."""
    return {p.name for p in Path("/proc").iterdir() if p.name.isdigit() and _ours(p)}


def _ours(process: Path) -> bool:
    """Whether this process started it, and it lives."""
    try:
        stat = (process / "stat").read_text().rsplit(")", 1)[1].split()
        return int(stat[1]) == os.getpid() and stat[0] != "Z"
    except OSError:
        return False


def test_the_shipped_exercises_are_found_in_the_place_of_exercises() -> None:
    assert Path(places.shipped_exercises(), "dpo-loss", "exercise.yaml").is_file()


def test_on_another_device_the_cases_come_again_under_its_name(grader: Grader) -> None:
    """No test here has a GPU; which cases it would get is known all the same."""
    grading = grader.grading(find("dpo-loss"), "")
    names = [one.name for one in grading.drawn]
    again = [one.name for one in grading.also_on("cuda")]
    assert again == [f"also on cuda: {name}" for name in names]
    low = [one.name for one in grading.also_on("mps")]
    assert low == [f"also on mps: {name}" for name in names if "float32" in name]


def test_what_is_printed_comes_once_a_case_though_the_case_is_called_twice(
    grader: Grader,
) -> None:
    report = grader.grade(find("dpo-loss"), loss("print('here')\nreturn beta"))
    assert report.printed == ("here",) * len(report.cases)


def test_an_idle_grader_lets_the_reference_worker_go_and_grades_again() -> None:
    """Half of its memory, for whoever leaves an exercise open overnight."""
    exercise = find("dpo-gradient")
    with Grader(idle_s=0.05) as own:
        assert own.grade(exercise, exercise.reference).passed
        until = time.monotonic() + 20
        while not own.resting and time.monotonic() < until:
            time.sleep(0.02)
        assert own.resting
        assert own.grade(exercise, exercise.reference).passed


def test_a_grader_at_work_does_not_rest() -> None:
    exercise = find("dpo-gradient")
    with Grader() as own:
        assert own.resting  # nothing has started yet
        assert own.grade(exercise, exercise.reference).passed
        assert not own.resting
