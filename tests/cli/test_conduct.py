"""`drillbox lab run` of the runs that are asked about as a whole."""

import csv
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from drillbox.cli import conduct, lab
from drillbox.cli.lab import command
from drillbox.history.log import Log
from drillbox.lab.begin import general_runs
from drillbox.lab.document import shipped
from drillbox.lab.general import Run
from drillbox.lab.run import LabError, StoppedError

SAID = {
    "gap": {"answer": "below 1e-8", "confidence": 0.9},
    "objective": {"answer": "log Z", "confidence": 0.6},
    "own": {"answer": "down", "confidence": 0.8},
    "shared": {"answer": "up", "confidence": 0.5},
}


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    """`begin` gives the shipped record instead of running."""

    def begin(one: Any, values: Any, **wish: Any) -> Iterator[dict[str, Any]]:
        yield from shipped(one.id)
        yield {"type": "end", "seconds": 1.0}

    monkeypatch.setattr(conduct, "begin", begin)


def call(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        command, ("run", *arguments), input=typed, catch_exceptions=False
    )


def recorded(home: Path, clock: Any) -> list[Any]:
    with Log.open(str(home), clock) as log:
        return list(log.events())


def test_a_real_run_in_json_ends_in_the_verdict_and_is_recorded(
    home: Path, clock: Any
) -> None:
    wish = ("tabular", "--json", "--predict", "-", "--set", "steps=30", "--seed", "5")
    found = call(*wish, typed=json.dumps(SAID))
    header, *_, end, verdict = map(json.loads, found.output.splitlines())
    assert (header["seed"], header["settings"]["steps"]) == (5, 30)
    assert end["type"] == "end"
    assert (verdict["type"], verdict["right"]) == ("verdict", 3)
    assert [one["right"] for one in verdict["results"]] == [True, False, True, True]
    (event,) = recorded(home, clock)
    assert (event.kind, event.course, event.item) == ("predict", "dpo", "tabular")
    assert event.body["predictions"] == SAID
    assert event.body["confidence"] == pytest.approx(0.7)


@pytest.mark.usefixtures("replayed")
def test_without_predictions_everything_is_told_and_nothing_recorded(
    home: Path,
) -> None:
    lines = call("tabular").output.splitlines()
    told = " ".join(" ".join(lines).split())
    assert "What is J of the closed form? → β log Z (J = 0.7348" in told
    assert "it can take all the probability." in told
    assert max(map(len, lines)) < 80
    assert not home.exists()


@pytest.mark.usefixtures("replayed")
@pytest.mark.parametrize("one", general_runs(), ids=lambda one: one.id)
def test_every_run_is_told_in_a_narrow_window(one: Run) -> None:
    lines = call(one.id).output.splitlines()
    assert max(map(len, lines)) < 80
    told = " ".join(" ".join(lines).split())
    assert all(shown in told for shown in one.shows)
    assert all(question.text in told for question in one.questions)


@pytest.mark.usefixtures("replayed")
def test_at_a_terminal_each_question_is_asked_before_anything_runs(
    home: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    typed = "1\n90\n" + "7\n2\n60\n" + "2\n80\n" + "1\n20\n50\n"
    asked, shown = call("tabular", typed=typed).output.split("\ntabular: ")
    assert "beta = 0.7: β, the price of a nat of KL" in asked
    assert "4.4e-16" not in asked
    assert "wrong, you said log Z" in " ".join(shown.split())
    assert "3 of 4 right. Brier score of your confidence: 0.1" in shown
    assert recorded(home, clock)[0].body["predictions"] == SAID


@pytest.mark.usefixtures("replayed")
def test_stopped_while_asked_nothing_runs_and_nothing_is_recorded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    with pytest.raises(StoppedError, match="stopped before the run"):
        call("tabular", typed="1\n90\n")
    assert not home.exists()


@pytest.mark.usefixtures("replayed")
def test_a_run_is_kept_as_json_csv_and_svg(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"x.{name}" for name in ("save", "csv", "svg")}
    call("tabular", *(f"--{name}={path}" for name, path in paths.items()))
    kept = json.loads(paths["save"].read_text(encoding="utf-8"))
    assert [kept["header"], *kept["records"]] == shipped("tabular")
    with open(paths["csv"], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(shipped("tabular")) + 1
    assert ElementTree.parse(paths["svg"]).getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (("--set", "bta=1"), "tabular has no setting 'bta'; did you mean beta?"),
        (("--set", "beta=-1"), "beta is -1; write a number from 0.01 to 100"),
        (("--device", "cuda"), "tabular runs on cpu alone"),
        (("--lr", "1e-5"), "tabular takes no --lr; it takes --set key=value"),
        (("--dtype", "float32"), "tabular takes no --dtype"),
        (("--threads", "2"), "tabular takes no --threads"),
        (("--seed", "-1"), "a seed cannot be -1"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_before_any_question(
    wish: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    monkeypatch.setattr(conduct, "_ask", lambda *_: pytest.fail("it asked"))
    with pytest.raises(LabError) as caught:
        call("tabular", *wish)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ("beta=1", "three-pairs has no setting 'beta'; it has lr"),
        ("lr=much", "lr is 'much'; write a number, such as 1e-5"),
        ("lr=-1", "a step size cannot be -1"),
    ],
)
def test_three_pairs_has_its_step_size_to_set(wish: str, sentence: str) -> None:
    with pytest.raises(LabError) as caught:
        call("three-pairs", "--set", wish)
    assert str(caught.value).startswith(sentence)


def test_own_choices_are_asked_two_by_two_and_fitted(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "_at_terminal", lambda: True)
    picks = [first for first, _ in combinations("ABCDEF", 2)]
    picks[4] = "F"  # A over B … E, F over A: a cycle
    said = "1\n50\n" + "much\nnan\n0.3\n50\n" + "3\n50\n" + "2\n50\n"
    wish = ("fit-preferences", "--set", "choices=ask")
    shown = call(*wish, typed="\n".join(picks) + "\n" + said).output
    assert "F  Whoever made this film should be proud." in shown
    assert "own       F over A" in shown or "own       A over F: 0.000 of 1" in shown
    assert "'much' is no number; type one such as 0.5" in shown
    assert "'nan' is no number" in shown and "4 of 4 right" in shown


def test_choices_are_asked_at_a_terminal_alone() -> None:
    with pytest.raises(LabError, match="choices=ask asks at a terminal; write"):
        call("fit-preferences", "--set", "choices=ask", "--json")


def test_three_pairs_too_becomes_a_table_and_a_chart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drillbox.lab import keep

    kept = keep.shipped("three-pairs")

    def start(name: str, **wish: Any) -> Iterator[dict[str, Any]]:
        assert wish["seed"] == 4 and wish["lr"] == 1e-6
        yield {"type": "header", **kept["header"]}
        yield from ({"type": "pair", **pair} for pair in kept["pairs"])
        yield from ({"type": "step", **step} for step in kept["steps"])
        yield {"type": "end", "seconds": 3.0}

    monkeypatch.setattr(lab, "start", start)
    table, chart = tmp_path / "x.csv", tmp_path / "x.svg"
    written = ("--csv", str(table), "--svg", str(chart))
    call("three-pairs", "--set", "lr=1e-6", "--seed", "4", *written)
    assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + 1 + 4 + 204 + 1
    root = ElementTree.parse(chart).getroot()
    assert len(list(root.iter("{http://www.w3.org/2000/svg}polyline"))) == 8
