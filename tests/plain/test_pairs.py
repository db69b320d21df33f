"""The run three-pairs in plain lines: two rounds, the run, then Adam and one batch."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.course import Course
from drillbox.domain.event import OUTCOME, PREDICT, Event
from drillbox.history.log import Log
from drillbox.lab import run as lab
from drillbox.lab.keep import shipped
from drillbox.lab.run import LabError
from drillbox.plain import pairs, say
from drillbox.plain.predict import predict
from drillbox.plain.talk import InputEnded, Talk
from drillbox.session import practice

FIRST = ["up down", "90", "up down", "60", "flat flat", "80"]  # B chosen is wrong
AGAIN = ["up down", "d d", "= ="]
SKIP, BACK = "", ""

Play = Callable[..., str]


def replayed(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
    """The shipped record."""
    kept = shipped("three-pairs")
    yield {"type": "header", **kept["header"]}
    yield from ({"type": "pair", **pair} for pair in kept["pairs"])
    yield from ({"type": "step", **step} for step in kept["steps"])
    yield from ({"type": "replay", **one} for one in kept["replays"])
    yield {"type": "end", "seconds": 3.0}


def others(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
    """What Adam and one batch do, made up: everything falls, log π(chosen) of B not."""
    for way, step, pair in product(("adam", "joint"), (0, 1, 50), "ABC"):
        yield {"type": "other", "way": way, "pair": pair, "step": step} | {
            "logp_chosen": -1.0 - step * (pair != "B"),
            "logp_rejected": -2.0 - step,
        }
    yield {"type": "end", "seconds": 1.0}


@pytest.fixture
def play(dpo: Course, log: Log, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Play the run with these lines typed; returns what was printed."""
    monkeypatch.setattr(lab, "start_after", others)

    def typed(*lines: str, start: Any = replayed) -> str:
        monkeypatch.setattr(lab, "start", start)
        out = io.StringIO()
        source = io.StringIO("".join(f"{line}\n" for line in lines))
        predict(Talk(source, out, say.text), dpo, log, "three-pairs")
        return out.getvalue()

    return typed


def events(log: Log) -> list[Event]:
    return [one for one in log.events() if one.kind in (PREDICT, OUTCOME)]


def test_both_rounds_are_kept_before_anything_runs(play: Play, log: Log) -> None:
    kept: list[list[str]] = []

    def start(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
        kept.append([one.kind for one in events(log)])
        return replayed(name)

    play(*FIRST, SKIP, *AGAIN, BACK, start=start)
    assert kept == [[PREDICT, PREDICT]]
    first, second, outcome = events(log)
    assert list(first.body["predictions"]) == ["A", "B", "C"]
    assert first.body["confidence"] == pytest.approx((0.9 + 0.6 + 0.8) / 3)
    assert second.body["predictions"]["B"] == {"chosen": "down", "rejected": "down"}
    assert outcome.target == first.id
    assert outcome.body["answers"][2] == [0.6, False]
    assert outcome.body["round2"] == {"right": 6, "count": 6, "passed": True}


def test_round_1_is_on_disk_before_a_matrix_is_seen(play: Play, log: Log) -> None:
    with pytest.raises(InputEnded):
        play(*FIRST, SKIP)
    (first,) = events(log)
    assert first.body["round"] == 1
    with pytest.raises(InputEnded):
        play(*FIRST)
    assert events(log) == [first]


def test_what_is_asked_run_judged_and_shown_is_heard_in_this_order(play: Play) -> None:
    text = play(*FIRST, SKIP, *AGAIN, BACK)
    parts = [
        "Run three-pairs: Three preference pairs",
        "Pair C: Learnt before",
        "log π -21.127   log ref -3.725   ‖g_l‖ 63.1",
        "Pair D: B with its labels swapped",
        "Enter skips this pair; q back.",
        "Round 2, with the Gram matrix open.",
        "‖g_w‖² 297   g_w·g_l 991   ‖g_l‖² 5190   weight 0.5",
        "It runs on cpu in float32, 50 steps.",
        "Step 50, B: chosen −1.40813, rejected −3.48739 nats, weight 0.2612",
        "It took 3.0 seconds.",
        "B  log π(chosen): down (−0.019075 nats): wrong, you said up",
        "Round 1: 5 of 6 right. It counts for your calibration alone.",
        "Round 2, with the Gram matrix: 6 of 6, passed.",
        "B w: nats, starts at 0 and ends at −1.408; lowest −1.408, highest 0.",
        "What it shows:\nThe same loss moves three pairs three ways",
        "a: what a fresh Adam and one batch do; Enter goes back.",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places and places == sorted(places)
    assert "g_w·g_l" not in text[: places[5]].replace("dot product", "")


def test_what_cannot_be_read_is_asked_again_in_one_sentence(play: Play) -> None:
    first = ["up", "sideways up", "up down", "32", "101", "²", *FIRST[1:]]
    text = play(*first, SKIP, *AGAIN, BACK)
    assert "'sideways up': type up, down or flat, 2 of them in turn\n" in text
    assert text.count("type up, down or flat, 2 of them in turn") == 2
    assert text.count("how sure you are is a number from 33 to 100") == 3


def test_the_bonus_may_be_predicted(play: Play, log: Log) -> None:
    play(*FIRST, "u u", "33", *AGAIN, BACK)
    said = events(log)[0].body["predictions"]["D"]
    assert said == {"chosen": "up", "rejected": "up", "confidence": 0.33}


@pytest.mark.parametrize(
    ("lines", "said", "kept"),
    [
        (["q"], "Nothing of it is kept.", 0),
        ([*FIRST, ":q"], "Nothing of it is kept.", 0),
        ([*FIRST, SKIP, "q"], "Round 1 is kept.", 1),
    ],
)
def test_who_goes_back_runs_nothing(
    play: Play, log: Log, lines: list[str], said: str, kept: int
) -> None:
    def start(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
        raise AssertionError("it ran")

    text = play(*lines, start=start)
    assert f"Stopped before the run. {said}" in text
    assert len(events(log)) == kept


def test_adam_and_one_batch_are_asked_kept_and_told(play: Play, log: Log) -> None:
    text = play(*FIRST, SKIP, *AGAIN, "a", "down", "up")
    *_, later = events(log)
    assert later.body == {
        "round": "after",
        "predictions": {"adam": "down", "joint": "up"},
    }
    assert "log π(rejected) of C: down (-1.000000 nats). Right." in text
    assert "log π(chosen) of B: flat (+0.000000 nats). Wrong, you said up." in text
    assert "Adam, each pair alone: change after step 1 and after step 50" in text


@pytest.mark.parametrize("lines", [["a", "q"], ["a", "down", "q"], ["no"]])
def test_what_comes_after_the_run_may_be_left_out(
    play: Play, log: Log, lines: list[str]
) -> None:
    play(*FIRST, SKIP, *AGAIN, *lines)
    assert len(events(log)) == 3


def test_a_run_that_breaks_off_is_said_and_its_predictions_are_kept(
    play: Play, log: Log
) -> None:
    def start(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
        yield from list(replayed(name))[:30]
        raise LabError("the run broke off: out of memory; run it again")

    text = play(*FIRST, SKIP, *AGAIN, start=start)
    assert text.endswith("the run broke off: out of memory; run it again\n")
    assert [one.kind for one in events(log)] == [PREDICT, PREDICT]


def test_it_can_be_piped_into_the_program_after_the_cards_of_its_drop(
    home: Path, dpo: Course
) -> None:
    cards = ["?"] * len(practice(dpo, 14).entries)
    lines = [*cards, "l", *FIRST, SKIP, *AGAIN, BACK, ""]
    done = subprocess.run(
        [sys.executable, "-m", "drillbox", "review", "--plain", "--drop", "14"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert done.stderr == ""
    assert "Round 1: 5 of 6 right" in done.stdout
    assert "Round 2, with the Gram matrix: 6 of 6, passed." in done.stdout
    assert done.stdout.endswith("> Bye.\n")


def test_every_move_has_its_letters() -> None:
    assert pairs.directions("U,d =", 3) == ["up", "down", "flat"]
    assert pairs.directions("+ - f", 3) == ["up", "down", "flat"]
    assert "such as up flat" in pairs.MOVES
