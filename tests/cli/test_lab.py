"""`drillbox lab`: listed, run, predicted, recorded, stopped."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from drillbox.cli import lab, rounds
from drillbox.cli.lab import command
from drillbox.history.log import Log
from drillbox.lab.begin import general_runs
from drillbox.lab.keep import shipped
from drillbox.lab.run import LabError, StoppedError, find

A = {"chosen": "up", "rejected": "down", "confidence": 0.9}
B = {"chosen": "up", "rejected": "down", "confidence": 0.6}
C = {"chosen": "flat", "rejected": "flat", "confidence": 0.8}


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    """`start` gives the shipped record instead of running."""
    kept = shipped("three-pairs")

    def start(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
        yield {"type": "header", **kept["header"]}
        yield from ({"type": "pair", **pair} for pair in kept["pairs"])
        yield from ({"type": "step", **step} for step in kept["steps"])
        yield from ({"type": "replay", **one} for one in kept["replays"])
        yield {"type": "end", "seconds": 3.0}

    monkeypatch.setattr(lab, "start", start)
    monkeypatch.setattr(lab, "start_after", others)


def others(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
    """What Adam and one batch do, made up."""
    for way, pairs in (("adam", "ABCD"), ("joint", "ABC")):
        for step, pair in product((0, 1, 50), pairs):
            yield {"type": "other", "way": way, "pair": pair, "step": step} | {
                "logp_chosen": -1.0 - step,
                "logp_rejected": -2.0 - step,
            }
    yield {"type": "end", "seconds": 1.0}


def call(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        command, arguments, input=typed, catch_exceptions=False, obj=None
    )


def recorded(home: Path, clock: Any) -> list[Any]:
    with Log.open(str(home), clock) as log:
        return list(log.events())


@pytest.mark.parametrize("arguments", [(), ("list",)])
def test_the_runs_are_listed(arguments: tuple[str, ...]) -> None:
    *others, last = call(*arguments).output.splitlines()
    assert last.split(None, 3) == [
        "three-pairs",
        "drop",
        "14",
        "Three preference pairs",
    ]
    drops = [int(line.split()[2]) for line in others]
    assert len(drops) == len(general_runs()) and drops == sorted(drops)


def test_an_unknown_run_names_the_nearest() -> None:
    with pytest.raises(LabError, match="did you mean three-pairs"):
        call("run", "three-pears")


def test_a_real_run_in_json_ends_in_the_verdict_and_is_recorded(
    home: Path, clock: Any, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"A": A, "B": B, "C": C}), encoding="utf-8")
    wish = ("--json", "--device", "cpu", "--predict", str(file))
    found = call("run", "three-pairs", *wish)
    *records, last = [json.loads(line) for line in found.output.splitlines()]
    assert list(last) == ["pairs", "seconds", "device", "checkpoint"]
    assert [r["type"] for r in records] == [
        "header",
        *["pair"] * 4,
        *["step"] * 204,
        *["replay"] * 4,
        "end",
        "verdict",
    ]
    assert records[-1]["right"] == 5
    event, outcome = recorded(home, clock)
    assert (outcome.kind, outcome.target) == ("outcome", event.id)
    assert outcome.body["answers"][2] == [0.6, False]
    assert outcome.body["checkpoint"] == last["checkpoint"]
    assert (event.kind, event.course, event.item) == ("predict", "dpo", "three-pairs")
    assert event.body["predictions"]["B"]["chosen"] == "up"
    right = [result["right"] for result in records[-1]["results"]]
    assert right == [True, True, False, True, True, True]
    assert event.body["confidence"] == pytest.approx((0.9 + 0.6 + 0.8) / 3)


@pytest.mark.usefixtures("replayed")
def test_without_predictions_the_table_is_shown_and_nothing_recorded(
    home: Path,
) -> None:
    found = call("run", "three-pairs")
    lines = found.output.splitlines()
    assert "three-pairs: β 0.5, SGD, step size 0.0001, cpu, float32, 1 thread" in lines
    assert len([line for line in lines if line.startswith("  50  ")]) == 4
    assert max(map(len, lines)) <= 79
    assert not home.exists()
    assert "B  log π(chosen): down (−0.019075 nats)" in lines
    assert "you said" not in found.output


@pytest.mark.parametrize("typed", ["", json.dumps({"A": A, "B": B, "C": C})])
@pytest.mark.usefixtures("replayed", "home")
def test_three_pairs_ends_with_its_curves_in_words_and_three_sentences(
    typed: str,
) -> None:
    wish = ("--predict", "-") if typed else ()
    said = " ".join(call("run", "three-pairs", *wish, typed=typed).output.split())
    assert said.count("B log π(chosen): down (−0.019075 nats)") == 1
    assert (
        "B w: nats, starts at 0 and ends at −1.408; lowest −1.408, highest 0." in said
    )
    _, shown = said.split("What it shows: ")
    assert shown == " ".join(find("three-pairs").shows)


@pytest.mark.usefixtures("replayed")
def test_predictions_may_come_from_standard_input(home: Path, clock: Any) -> None:
    typed = json.dumps({"A": A, "B": B, "C": C})
    found = call("run", "three-pairs", "--predict", "-", typed=typed)
    assert "log π(chosen): down (−0.019075 nats): wrong, you said up" in found.output
    assert "g_w·g_l = 991 is more than ‖g_w‖² = 297" in found.output
    assert "Round 1: 5 of 6 right. It counts for your calibration alone" in found.output
    assert max(map(len, found.output.splitlines())) < 80
    assert [one.kind for one in recorded(home, clock)] == ["predict", "outcome"]


@pytest.mark.usefixtures("replayed")
def test_at_a_terminal_each_pair_is_asked_before_anything_runs(
    home: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    typed = "1\n2\n90\n" + "up\n2\n2\n30\n60\n" + "3\n3\n80\n" + "n\n"
    typed += "1\n2\n2\n2\n3\n1\n" + "3\n2\n"
    found = call("run", "three-pairs", typed=typed)
    both, shown = found.output.split("three-pairs: β 0.5")
    asked, matrices = both.split("Round 2, with the Gram matrix open")
    assert "‖g_w‖² 297   g_w·g_l 991   ‖g_l‖² 5190   weight 0.5" in matrices
    assert "Gram matrix: 5 of 6, not passed.\nC  log π(rejected): flat" in shown
    assert "log π -21.127   log ref -3.725   ‖g_l‖ 63.1" in asked
    assert "991" not in asked and "0.0002" not in asked
    assert "Round 1: 6 of 6 right" in shown
    event, again, outcome, after = recorded(home, clock)
    assert outcome.body["round2"] == {"right": 5, "count": 6, "passed": False}
    assert after.body == {
        "round": "after",
        "predictions": {"adam": "flat", "joint": "down"},
    }
    assert "down (-1.000000 nats): wrong, you said flat" in shown
    assert "C   chosen, rejected  -1.00000  -1.00000   -50.00000 -50.00000" in shown
    assert (event.kind, event.body["round"]) == ("predict", 1)
    assert (again.kind, again.body["round"]) == ("predict", 2)
    assert again.body["predictions"]["C"] == {"chosen": "flat", "rejected": "up"}
    assert event.body["predictions"]["B"]["confidence"] == 0.6
    assert list(event.body["predictions"]) == ["A", "B", "C"]


@pytest.mark.usefixtures("replayed")
def test_the_bonus_pair_can_be_predicted_too(
    home: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    typed = "1\n2\n90\n" * 3 + "y\n1\n1\n100\n" + "1\n2\n" * 4
    assert "D  log π(rejected): up" in call("run", "three-pairs", typed=typed).output
    assert "D" in recorded(home, clock)[0].body["predictions"]


@pytest.mark.usefixtures("replayed")
def test_stopped_while_asked_nothing_runs_and_nothing_is_recorded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    with pytest.raises(StoppedError, match="stopped before the run") as caught:
        call("run", "three-pairs", typed="1\n2\n")
    assert caught.value.exit_code == 130
    assert not home.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("{", "<stdin> is no JSON"),
        ("[]", "predictions are a JSON object"),
        ("[" * 100_000, "has nothing like predictions in it"),
        ('{"A": ' + "9" * 5_000 + "}", "has nothing like predictions in it"),
        ('{"A": 1}', "pair B is not predicted"),
    ],
)
def test_predictions_that_cannot_be_read_stop_before_the_run(
    typed: str, sentence: str
) -> None:
    with pytest.raises(LabError, match=sentence):
        call("run", "three-pairs", "--predict", "-", typed=typed)


def test_predictions_are_kept_when_the_run_breaks_off(
    home: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
        yield {"type": "header", **shipped(name)["header"]}
        raise LabError("the run broke off")

    monkeypatch.setattr(lab, "start", start)
    typed = json.dumps({"A": A, "B": B, "C": C})
    with pytest.raises(LabError, match="broke off"):
        call("run", "three-pairs", "--predict", "-", typed=typed)
    (event,) = recorded(home, clock)
    assert list(event.body["predictions"]) == ["A", "B", "C"]


@pytest.mark.usefixtures("replayed")
def test_a_file_that_cannot_be_kept_costs_no_verdict(home: Path) -> None:
    typed = json.dumps({"A": A, "B": B, "C": C})
    wish = ("--predict", "-", "--save", str(home / "no" / "x.json"))
    found = CliRunner().invoke(command, ("run", "three-pairs", *wish), input=typed)
    assert "5 of 6 right" in found.output
    assert isinstance(found.exception, LabError)


def test_a_wish_that_cannot_be_met_is_refused_before_any_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    monkeypatch.setattr(rounds, "_asked", lambda *_: pytest.fail("it asked"))
    with pytest.raises(LabError, match="a step size cannot be"):
        call("run", "three-pairs", "--lr", "-1")


@pytest.mark.usefixtures("replayed")
def test_another_step_size_is_told_before_the_questions(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    typed = ("1\n2\n90\n") * 3 + "n\n" + "1\n2\n" * 4
    other = call("run", "three-pairs", "--lr", "1e-5", typed=typed).output
    assert "You chose another step size: 1e-05." in other
    own = call("run", "three-pairs", typed=typed).output
    assert "another step size" not in own
    assert max(map(len, own.splitlines())) < 80


@pytest.mark.usefixtures("replayed")
def test_a_run_can_be_kept(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    call("run", "three-pairs", "--save", str(file))
    assert json.loads(file.read_text(encoding="utf-8")) == shipped("three-pairs")


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for the worker in /proc")
@pytest.mark.parametrize(
    ("whom", "sign", "code", "sentence"),
    [
        ("drillbox", signal.SIGINT, 130, b"stopped"),
        ("worker", signal.SIGKILL, 2, b"the run broke off"),
    ],
)
def test_a_run_that_is_ended_leaves_no_worker_and_no_traceback(
    home: Path, whom: str, sign: signal.Signals, code: int, sentence: bytes
) -> None:
    program = [sys.executable, "-m", "drillbox", "lab", "run", "three-pairs", "--json"]
    environment = {**os.environ, "DRILLBOX_HOME": str(home)}
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["type"] == "header"
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        (worker,) = children.read_text().split()
        os.kill(int(worker) if whom == "worker" else running.pid, sign)
        _, said = running.communicate(timeout=20)
    assert running.returncode == code
    assert b"Traceback" not in said and sentence in said
    assert not Path(f"/proc/{worker}").exists()


@pytest.mark.usefixtures("replayed")
def test_in_json_too_it_is_said_what_adam_and_one_batch_do(
    home: Path, clock: Any
) -> None:
    said = {"A": A, "B": B, "C": C, "after": {"adam": "down", "joint": "up"}}
    wish = ("run", "three-pairs", "--json", "--predict", "-")
    *_, other, verdict, last = map(
        json.loads, call(*wish, typed=json.dumps(said)).output.splitlines()
    )
    assert (other["type"], other["way"]) == ("other", "joint")
    assert [(one["way"], one["right"]) for one in verdict["results"]] == [
        ("adam", True),
        ("joint", False),
    ]
    assert last.keys() == {"pairs", "seconds", "device", "checkpoint"}
    assert recorded(home, clock)[-1].body == {
        "round": "after",
        "predictions": {"adam": "down", "joint": "up"},
    }


@pytest.mark.usefixtures("replayed")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"adam": "up"}, "after is a JSON object"),
        ({"adam": "up", "joint": "left"}, "after, joint: 'left' is no move"),
    ],
)
def test_what_is_no_answer_on_adam_is_refused_before_the_run(
    home: Path, said: dict[str, str], sentence: str
) -> None:
    data = json.dumps({"A": A, "B": B, "C": C, "after": said})
    with pytest.raises(LabError, match=sentence):
        call("run", "three-pairs", "--predict", "-", typed=data)
    assert not home.exists()
