"""The run step for real: code of every kind, in the sandbox, beside ours."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest

from drillbox.errors import DrillboxError, GraderError
from drillbox.grader import workfile
from drillbox.grader.exercise import find
from drillbox.lab.general import of_type
from drillbox.lab.run import LabError
from drillbox.lab.setting import chosen
from drillbox.lab.step import EXERCISE, STEP
from drillbox.session.runs import Pair, begin, ready

RIGHT = find(EXERCISE).solution().replace("def train_step", "def right")
HEAD = f"import torch\nimport torch.nn.functional as F\n\n{RIGHT}\n\ncalls = 0\n\n"
BROKEN = '''
def train_step(policy, reference, optimizer, batch, beta):
    """Right twice."""
    global calls
    calls += 1
    if calls == 3:
        {third}
    return right(policy, reference, optimizer, batch, beta)
'''


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with closing(Pair()) as pair:
        yield pair


def whole(pair: Pair, *wishes: str, seed: int = 0) -> list[dict[str, Any]]:
    return list(begin(STEP, chosen(STEP, wishes), seed=seed, warm=pair))


def code(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.py"
    path.write_text(HEAD + text, encoding="utf-8")
    return f"code={path}"


def test_the_courses_own_answer_agrees_and_a_seed_draws_another_batch(
    pair: Pair,
) -> None:
    first, again, other = (
        whole(pair, "code=course", "steps=2", seed=seed) for seed in (3, 3, 4)
    )
    assert first[:-1] == again[:-1]
    assert other[2]["loss_yours"] != first[3]["loss_yours"]
    assert max(one["apart"] for one in of_type(first, "step")) < 1e-12
    assert len(of_type(first, "bug")) == len(find(EXERCISE).wrong)
    assert not of_type(first, "parted")


def test_a_known_mistake_is_named_where_they_part(pair: Pair) -> None:
    wrong = os.path.join(find(EXERCISE).directory, "wrong", "policy-as-reference.py")
    records = whole(pair, f"code={wrong}", "steps=3")
    (parted,) = of_type(records, "parted")
    assert parted["step"] == 2
    assert parted["what"].startswith("loss of step 2: 0.693147, expected 0.")
    assert "stands in for the reference" in parted["known"]
    assert len(of_type(records, "step")) == 3


@pytest.mark.parametrize(
    ("third", "sentence"),
    [
        ('raise ValueError("no")', "step 3: line 30: ValueError: no"),
        ('return float("nan")', "step 3: the loss is nan"),
        ("return torch.ones(8)", r"step 3: loss of step 3: shape \(8,\), expected"),
        ("return None", "step 3: loss of step 3: None, expected a float"),
        ("while True: pass", r"step 3: stopped after 3.0 s: train_step\(\) did not"),
        ("import os; os._exit(0)", r"step 3: the process ended \(exit code 0\)"),
        ("policy.mixing.data[0, 0] = float('nan')", "step 3: "),
    ],
)
def test_what_breaks_is_one_sentence_and_the_steps_before_it_stand(
    pair: Pair, tmp_path: Path, third: str, sentence: str
) -> None:
    wish = code(tmp_path, BROKEN.format(third=third))
    seen = []
    with pytest.raises(GraderError, match=f"^your train step, {sentence}") as caught:
        for record in begin(STEP, chosen(STEP, [wish]), warm=pair):
            seen.append(record)
    assert [one["step"] for one in of_type(seen, "step")] == [1, 2]
    assert "\n" not in str(caught.value)


def test_without_code_it_says_how_to_begin(home: Path) -> None:
    sentence = "`drillbox exercise start dpo-train-step` makes the file"
    with pytest.raises(LabError, match=sentence):
        ready(STEP)
    workfile.make(EXERCISE, find(EXERCISE).starter)
    with pytest.raises(LabError, match=sentence):
        begin(STEP, chosen(STEP, ()))
    workfile.write(workfile.path_of(EXERCISE), HEAD)
    ready(STEP)


def test_a_file_that_is_not_there_is_said_before_anything_starts() -> None:
    with pytest.raises(DrillboxError, match=r"there is no file nope\.py"):
        begin(STEP, chosen(STEP, ["code=nope.py"]))


@pytest.mark.parametrize("delay_s", [0.0, 0.5])
def test_closing_the_pair_ends_a_run_at_once_and_without_an_error(
    pair: Pair, tmp_path: Path, delay_s: float
) -> None:
    wish = code(tmp_path, BROKEN.format(third="while True: pass"))
    seen = []
    for record in begin(STEP, chosen(STEP, [wish]), warm=pair):
        seen.append(record)
        if record["type"] == "step" and record["step"] == 2:
            begun = time.monotonic()
            if delay_s:
                Timer(delay_s, pair.close).start()
            else:
                pair.close()
    assert time.monotonic() - begun < 2.5 + delay_s
    assert seen[-1]["step"] == 2


class SlowGrader:
    """A grader that is still being started when the pair is closed."""

    def __init__(self) -> None:
        self.crew, self.told = self, []
        self.begun, self.go_on = Event(), Event()

    def warm(self, exercise: object) -> None:
        self.begun.set()
        assert self.go_on.wait(30)
        self.told.append("started")

    def stop(self) -> None:
        self.told.append("killed")

    def close(self) -> None:
        self.told.append("closed")
        self.go_on.set()  # too early: it starts only now


def test_what_still_starts_when_the_pair_is_closed_is_ended_too() -> None:
    pair, slow = Pair(), SlowGrader()
    pair.grader = slow  # type: ignore[assignment]
    pair.start()
    assert slow.begun.wait(30)
    pair.close()
    assert pair.starting is not None and pair.closing is not None
    pair.closing.join(0.1)  # without the order kept, it has closed by now
    slow.go_on.set()
    pair.starting.join()
    pair.closing.join()
    assert slow.told == ["killed", "started", "closed"]
