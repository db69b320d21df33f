"""`drillbox check` and `drillbox exercise` as they are called."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from drillbox.cli.shell import run
from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log
from drillbox.session.exercise import cards_on

Done = subprocess.CompletedProcess[str]

RIGHT = """import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()
"""
WRONG = RIGHT.replace("beta * h", "-beta * h")
BY_HAND = """import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    weight = np.exp(-np.logaddexp(0.0, beta * h))
    slope = -beta * weight / len(h)
    return slope, -slope
"""


def drillbox(home: Path, *words: object, typed: str = "") -> Done:
    command = [sys.executable, "-m", "drillbox", *map(str, words)]
    env = {**os.environ, "DRILLBOX_HOME": str(home)}
    return subprocess.run(command, input=typed, capture_output=True, text=True, env=env)


@pytest.fixture
def check(home: Path, one_crew: None) -> Callable[..., Done]:
    """`drillbox check` in this process, by workers that are warm."""

    def called(*words: object) -> Done:
        out, err = StringIO(), StringIO()
        arguments = ["check", *map(str, words)]
        with redirect_stdout(out), redirect_stderr(err):
            code = run(arguments)
        return Done(arguments, code, out.getvalue(), err.getvalue())

    return called


def open_log_in(home: Path) -> Log:
    """The record in `home`, by this machine's clock."""
    return Log.open(str(home), lambda: Moment(int(time.time() * 1000), 0))


def attempts(home: Path) -> list[tuple[str, int | None]]:
    """What was recorded, oldest first."""
    out = drillbox(home, "log", "export", "-").stdout
    events = [json.loads(line) for line in out.splitlines()]
    tried = [e for e in events if e.get("kind") == "attempt"]
    return [(e["body"]["what"], e["quality"]) for e in tried]


@pytest.fixture
def own(home: Path) -> Path:
    """The learner's own file of dpo-gradient, as `exercise start` makes it."""
    done = drillbox(home, "exercise", "start", "dpo-gradient")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.splitlines()[0])


def test_several_files_give_a_line_of_json_each_and_the_worst_exit(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "right.py").write_text(RIGHT)
    (tmp_path / "wrong.py").write_text(WRONG)
    files = [tmp_path / "right.py", tmp_path / "wrong.py"]
    done = drillbox(home, "check", "dpo-loss", *files, "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["passed"] for one in told] == [True, False]
    assert told[1]["diagnosis"]["id"] == "sign-flipped"
    assert told[1]["diagnosis"]["cards"]
    assert done.returncode == 1
    assert not (home / "history.db").exists()  # looking never records


def test_the_own_file_is_recorded_and_earns_its_quality(home: Path, own: Path) -> None:
    own.write_text(BY_HAND.replace("-beta", "beta"))
    assert drillbox(home, "check", "dpo-gradient").returncode == 1
    own.write_text(BY_HAND)
    done = drillbox(home, "check", "dpo-gradient")
    assert done.returncode == 0
    assert "Recorded: quality 4, right; back tomorrow, on 20" in done.stdout
    assert attempts(home) == [("check", None), ("pass", 4)]


def test_the_starter_the_same_again_and_what_does_not_parse_are_no_checks(
    home: Path, own: Path, check: Callable[..., Done]
) -> None:
    said = [check("dpo-gradient").stdout]
    for text in ("def dpo_gradient(:\n", BY_HAND, BY_HAND):
        own.write_text(text)
        said.append(check("dpo-gradient").stdout)
    assert attempts(home) == [("pass", 5)]
    assert "Not counted: the file is the starter." in said[0]
    assert "Not counted: it does not parse." in said[1] and "--fresh" not in said[1]
    assert "Not counted: the same as at the last check." in said[3]
    assert "exercise start dpo-gradient --fresh" in said[3]


def test_a_hint_makes_a_pass_count_as_three_and_giving_up_as_nothing(
    home: Path, own: Path, check: Callable[..., Done]
) -> None:
    assert "Hint 1 of" in drillbox(home, "exercise", "hint", "dpo-gradient").stdout
    own.write_text(BY_HAND)
    check("dpo-gradient")
    assert attempts(home) == [("hint", None), ("pass", 3)]
    free = drillbox(home, "exercise", "give-up", "dpo-gradient")
    assert "def dpo_gradient" in free.stdout  # solved: asks nothing, costs nothing
    assert "Hint 3 of" in drillbox(home, "exercise", "hint", "dpo-gradient").stdout
    assert attempts(home) == [("hint", None), ("pass", 3)]
    done = drillbox(home, "exercise", "give-up", "dpo-loss", typed="y\n")
    assert "def dpo_loss" in done.stdout
    assert "quality 0, blank; back tomorrow" in done.stderr
    assert attempts(home)[2:] == [("give-up", 0)]
    assert "gave up" in drillbox(home, "exercise", "list").stdout


def test_a_check_of_another_file_records_nothing(
    home: Path, tmp_path: Path, check: Callable[..., Done]
) -> None:
    """Not even once there is a record, nor by a file of the same name."""
    own = Path(drillbox(home, "exercise", "start", "dpo-gradient").stdout.strip())
    own.write_text(BY_HAND)
    check("dpo-gradient")
    before = drillbox(home, "log", "export", "-").stdout
    other = tmp_path / own.name
    other.write_text(BY_HAND.replace("-beta", "beta"))
    done = check("dpo-gradient", other)
    assert done.returncode == 1 and "Recorded" not in done.stdout
    assert drillbox(home, "log", "export", "-").stdout == before
    check("dpo-gradient", other, "--record")
    assert attempts(home) == [("pass", 5), ("check", None)]


def test_a_failed_check_of_the_own_file_brings_the_cards_on_its_mistake(
    home: Path, own: Path, dpo: Course, check: Callable[..., Done]
) -> None:
    with open_log_in(home) as log:
        for drop in dpo.drops:
            log.append(Draft("read", "dpo", drop.id))
    path = Path(drillbox(home, "exercise", "start", "dpo-loss").stdout.strip())
    path.write_text(WRONG)
    done = check("dpo-loss")
    events = map(json.loads, drillbox(home, "log", "export", "-").stdout.splitlines())
    (bring,) = [event["body"] for event in events if event.get("kind") == "bring"]
    assert bring["cause"] == "sign-flipped"
    assert sorted(bring["items"]) == sorted(cards_on(dpo, "sign-flipped"))
    assert f"{len(bring['items'])} cards on this come today." in done.stdout
    assert not any(name in done.stdout for name in bring["items"])


def test_yours_and_the_reference_are_shown_after_a_pass(
    tmp_path: Path, check: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "right.py").write_text(RIGHT)
    (tmp_path / "wrong.py").write_text(WRONG)
    words = ["dpo-loss", tmp_path / "right.py", "--diff"]
    monkeypatch.setenv("COLUMNS", "120")
    wide = check(*words).stdout
    monkeypatch.setenv("COLUMNS", "99")
    narrow = check(*words).stdout
    assert any("yours" in ln and "│ the reference" in ln for ln in wide.splitlines())
    assert "\n  yours\n" in narrow and "\n  the reference\n" in narrow
    told = check("dpo-loss", tmp_path / "wrong.py", "--diff").stdout
    assert "once your file passes" in told and "logsigmoid(beta" not in told
    assert check(*words, "--json").returncode == 2


def test_start_never_overwrites(home: Path, own: Path) -> None:
    own.write_text("mine\n")
    drillbox(home, "exercise", "start", "dpo-gradient")
    assert own.read_text() == "mine\n"


def test_show_prints_the_task_without_latex(home: Path) -> None:
    text = drillbox(home, "exercise", "show", "dpo-gradient").stdout
    assert "dpo_gradient(" in text and "\\frac" not in text


def _make_fifo(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["dpo-los"], "did you mean dpo-loss?"),
        (["dpo-loss"], "drillbox exercise start dpo-loss"),
        (["dpo-loss", "nofile.py"], "there is no file"),
        (["dpo-loss", "."], "is a directory"),
        (["dpo-loss", "pipe.py"], "no regular file"),
        (["dpo-loss", "latin.py"], "not UTF-8"),
        (["dpo-loss", "large.py"], "at most"),
        (["dpo-loss", "book.ipynb"], "notebook"),
        (["dpo-loss", "ok.py", "--device", "tpu"], "tpu"),
    ],
)
def test_what_cannot_be_graded_earns_one_sentence_and_exit_2(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    _make_fifo(tmp_path / "pipe.py")
    (tmp_path / "latin.py").write_bytes(b"x = '\xe9'\n")
    (tmp_path / "large.py").write_bytes(b"#" * (1 << 21))
    (tmp_path / "book.ipynb").write_text("{}")
    (tmp_path / "ok.py").write_text(RIGHT)
    done = drillbox(home, "check", *words)
    assert done.returncode == 2
    assert sentence in done.stderr and "Traceback" not in done.stderr


def test_without_a_gpu_cuda_is_refused_in_one_sentence(
    home: Path, tmp_path: Path
) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    (tmp_path / "ok.py").write_text(RIGHT)
    done = drillbox(home, "check", "dpo-loss", tmp_path / "ok.py", "--device", "cuda")
    assert done.returncode == 2
    assert "CUDA" in done.stderr and done.stderr.count("\n") == 1
