"""Every run, really run: equal bits twice, the shipped record, its answers."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from drillbox.lab import document, setting
from drillbox.lab.begin import find, general_runs
from drillbox.lab.chart import svg
from drillbox.lab.general import Run
from drillbox.lab.run import LabError
from drillbox.session.runs import begin

Records = list[dict[str, Any]]

# What is the same for every machine and version: relative, and absolute below it.
RELATIVE, ABSOLUTE = 1e-6, 1e-9
# Of float32: the gaps of some steps, of 150 steps of AdamW, the KL of drawn answers.
LOOSE = {"sgd": 0.01, "gap_after_1": 0.02, "gap": 0.15, "kl": 0.4}

# Runs of many seconds: here with few steps; tests of their own hold the shipped record.
SMALL = {
    "four-models": ("length=0.02",),
    "leash": ("seeds=1", "iterations=2", "rm_steps=8"),
    "length": ("pairs=32", "steps=2"),
    "variants": ("steps=1",),
    "shift": ("steps=2", "online_steps=2", "sft_steps=2"),
}

# What is set to run it where nobody has written code.
SET = {**SMALL, "step": ("code=course",)}

EXPECTED: dict[str, dict[str, Any]] = {
    "fit-preferences": {
        "cycle": "all equal",
        "residual": 0.3,
        "shift": "same",
        "unbeaten": "not finite",
    },
    "four-models": {
        "bytes": 2.500700685,
        "gigabytes": 252.0,
        "seconds": "two to ten times as long",
        "reward": "online DPO",
        "grammar": "DPO",
    },
    "leash": {
        "score": "up",
        "kl": "two to ten times",
        "range": "without it",
        "worst": "about as high, or higher",
    },
    "shift": {
        "loss": "another style or word order",
        "reward": "own answers alone",
        "kl": "below 0.1 nats",
        "online": "nearer to it",
        "sft": "lower than without",
    },
    "length": {
        "tokens": "more than even the chosen answers have",
        "beta": "down",
        "right": "down",
        "wrong": "up",
        "normalised": "within what they span",
    },
    "variants": {
        "greedy": "down",
        "chosen": "down",
        "cdpo": "about the same",
        "best": "DPOP",
        "shared": "a term for the log-prob of chosen by itself",
    },
    "step": {
        "loss": math.log(2),
        "agree": "above 0, below 1e-12",
        "sum": "in the first loss",
        "seen": "fewer than half",
    },
    "partition": {
        "off": "one number for each prompt",
        "shifted": "same",
        "across": "another one",
        "pointwise": "down",
    },
    "beta": {
        "sgd": "about ten times as large",
        "peak": "between, where β h is about 2",
        "adamw": "about the same",
        "kl": "down",
    },
    "gram": {"chosen": "down", "rejected": "down", "error": "grows about ten times"},
    "tabular": {
        "gap": "below 1e-8",
        "objective": "β log Z",
        "own": "down",
        "shared": "up",
    },
}


def whole(run: Run, *wishes: str, seed: int = 0) -> Records:
    values = setting.chosen(run, wishes)
    return list(begin(run, values, seed=seed))


def close(found: Any, kept: Any) -> bool:
    """The same structure, and numbers within the tolerance."""
    if isinstance(kept, float) and isinstance(found, float):
        return math.isclose(found, kept, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    if isinstance(kept, Mapping):
        return found.keys() == kept.keys() and all(
            close(found[name], kept[name]) for name in kept
        )
    if isinstance(kept, Sequence) and not isinstance(kept, str):
        return len(found) == len(kept) and all(map(close, found, kept))
    return bool(found == kept)


def loosely(found: dict[str, Any], kept: dict[str, Any]) -> bool:
    """The same record of a run in float32, whose numbers hang on the machine."""
    named = {name: kept["type"] if kept["type"] == "sgd" else name for name in kept}
    return found.keys() == kept.keys() and all(
        math.isclose(found[name], kept[name], rel_tol=LOOSE[kind], abs_tol=1e-4)
        if name in LOOSE
        else close(found[name], kept[name])
        for name, kind in named.items()
    )


@pytest.fixture(scope="module", params=[one.id for one in general_runs()])
def twice(request: pytest.FixtureRequest) -> tuple[Run, Records, Records]:
    run = find(request.param)
    assert run is not None
    wishes = SET.get(run.id, ())
    return run, whole(run, *wishes), whole(run, *wishes)


def bits(records: Records) -> str:
    """All that must not differ: not the seconds."""
    return json.dumps([one for one in records[:-1] if one["type"] != "time"])


def test_the_same_seed_gives_the_same_bits_twice(twice: Any) -> None:
    _, first, second = twice
    assert bits(first) == bits(second)


def test_the_header_and_the_end_say_what_was_run(twice: Any) -> None:
    run, (header, *_, end), _ = twice
    assert (header["type"], header["run"], header["seed"]) == (
        "header",
        run.id,
        0,
    )
    assert header["settings"] == setting.chosen(run, SET.get(run.id, ()))
    assert end["type"] == "end" and end["seconds"] > 0


def test_the_shipped_record_is_what_the_run_gives(twice: Any) -> None:
    run, first, _ = twice
    if run.id in SMALL:
        pytest.skip("held by tests of its own")
    kept = document.shipped(run.id)
    found = json.loads(json.dumps(first[:-1]))
    for one in (found[0], kept[0]):
        one.pop("torch")
    alike = loosely if run.id == "beta" else close
    apart = [(a, b) for a, b in zip(found, kept, strict=True) if not alike(a, b)]
    assert apart == []


def test_what_happens_is_what_the_course_says(twice: Any) -> None:
    run, first, _ = twice
    records = document.shipped(run.id) if run.id in SMALL else first
    happened = run.happened(records)
    assert list(happened) == [question.id for question in run.questions]
    answers = {name: one.answer for name, one in happened.items()}
    assert close(answers, EXPECTED[run.id]), answers


def test_every_answer_can_be_given(twice: Any) -> None:
    run, first, _ = twice
    happened = run.happened(first)
    for question in run.questions:
        answer = happened[question.id].answer
        assert (answer in question.choices) == bool(question.choices)
        assert happened[question.id].why and happened[question.id].value


def test_the_chart_has_points_and_the_text_is_narrow(twice: Any) -> None:
    run, first, _ = twice
    drawn = svg(run.chart(first))
    assert "<polyline" in drawn or 'class="s' in drawn
    assert max(map(len, run.text.splitlines())) < 80


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("tabulr", "no run is called 'tabulr'; did you mean tabular?"),
        ("xyz", "no run is called 'xyz'; there is: four-models, fit-preferences"),
    ],
)
def test_an_unknown_run_names_the_nearest(name: str, sentence: str) -> None:
    with pytest.raises(LabError) as caught:
        find(name)
    assert str(caught.value).startswith(sentence)


def test_a_run_on_pairs_is_no_experiment() -> None:
    assert find("three-pairs") is None


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"device": "cuda"}, "tabular runs on cpu alone, not on 'cuda'"),
        ({"seed": -1}, "a seed cannot be -1"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_before_anything_starts(
    wish: dict[str, Any], sentence: str
) -> None:
    run = find("tabular")
    assert run is not None
    with pytest.raises(LabError, match=sentence):
        begin(run, setting.chosen(run, ()), **wish)


def test_another_seed_is_another_world_with_the_same_answers() -> None:
    run = find("tabular")
    assert run is not None
    records = whole(run, "beta=0.2", "arms=7", seed=3)
    assert records[1] != document.shipped("tabular")[1]
    assert len(records[1]["ref"]) == 7
    answers = {name: one.answer for name, one in run.happened(records).items()}
    assert answers == EXPECTED["tabular"]


def test_a_descent_that_is_cut_short_is_not_called_closed() -> None:
    run = find("tabular")
    assert run is not None
    gap = run.happened(whole(run, "steps=1", "unseen_steps=1"))["gap"]
    assert gap.answer == "between 1e-8 and 0.1" and "take more steps" in gap.why
