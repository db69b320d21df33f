"""Pairs of the learner's own, the words they may use, the hunt."""

import json
from pathlib import Path
from typing import Any

import pytest

from drillbox.lab import hunt, own, vocabulary
from drillbox.lab.run import LabError
from drillbox.lab.three_pairs import B

SUM = ("what is two plus two ?", "two plus two is four .", "two plus two is five .")
LIKED = ("review the walk :", "the walk was funny .", "the walk was dull .")
DRAGGED = (
    "what is four plus three ?",
    "four plus three is seven .",
    "four plus three is eight .",
)
BABBLE = ("hello :", "great sky .", "red hello milk coal .")


@pytest.fixture(scope="module")
def told() -> list[own.Told]:
    pairs = [own.pair(n, *one) for n, one in enumerate((LIKED, DRAGGED, BABBLE), 1)]
    return own.told(list(own.start(pairs, device="cpu", steps=2)))


def test_the_first_step_widens_every_gap_by_the_target(told: list[own.Told]) -> None:
    for one in told:
        gap = one.outcome.by_chosen - one.outcome.by_rejected
        assert gap == pytest.approx(own.TARGET, rel=0.02)
    assert told[0].start["lr"] > 100 * told[2].start["lr"]


def test_each_pair_is_told_what_it_is(told: list[own.Told]) -> None:
    assert told[0].kind == "pushed apart"
    assert told[1].kind.startswith("both down")


def test_only_what_the_policy_would_hardly_say_is_off_policy(
    told: list[own.Told],
) -> None:
    assert [bool(one.warning) for one in told] == [False, False, True]
    assert "chosen -24.1, rejected -53.1 nats" in told[2].warning


def test_the_hunt_is_won_by_both_down_and_else_says_what_is_missing(
    told: list[own.Told],
) -> None:
    assert [hunt.won(one) for one in told[:2]] == [False, True]
    assert "59% of ‖g_w‖² and must be more" in hunt.hint(told[0])
    assert hunt.body(told[:2])["found"] is True


def test_a_pair_that_was_shown_is_no_find() -> None:
    with pytest.raises(LabError, match="that is pair B of the run"):
        hunt.check(own.pair(1, B.prompt, B.chosen, B.rejected))
    hunt.check(own.pair(1, *DRAGGED))


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (("", "hello", "hi"), "pair 1, prompt: it is empty"),
        (("hello :", "  ", "hi"), "pair 1, chosen: it is empty"),
        (("hello :", "hi", "hi "), "chosen and rejected are the same"),
        (("hello :", "gret", "hi"), "'gret'; it knows great, green"),
        (("hello :", "hello.", "hi"), "write a space before the sign: hello ."),
        (("hello :", "qqq", "hi"), "does not know the word 'qqq'; it knows words such"),
    ],
)
def test_a_pair_that_cannot_be_run_is_refused(
    texts: tuple[str, str, str], sentence: str
) -> None:
    with pytest.raises(LabError) as caught:
        own.pair(1, *texts)
    assert sentence in str(caught.value)


def line(**changes: Any) -> str:
    return json.dumps(dict(zip(own.PARTS, SUM, strict=True)) | changes)


def test_a_file_has_one_pair_a_line(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(f"{line()}\n\n{line(prompt='hello :', more=1)}\n", encoding="utf-8")
    first, second = own.read(str(path))
    assert (first.pair, first.chosen) == ("1", SUM[1])
    assert (second.pair, second.prompt) == ("2", "hello :")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has 0 pairs; give it 1 to 50"),
        (f"{line()}\n" * 51, "has 51 pairs"),
        (f"{line()}\n{{", ":2: this line is no JSON"),
        ("[1]", ':1: write {"prompt"'),
        (line(chosen=[{"role": "user"}]), ':1: write {"prompt"'),
        (line(rejected="two plus too is five ."), ":1: pair 1, rejected: the model"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LabError) as caught:
        own.read(str(path))
    assert sentence in str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="No such file"):
        own.read(str(tmp_path / "none"))
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabError, match="no text in UTF-8"):
        own.read(str(tmp_path / "bytes"))


def test_the_words_are_completed_shortest_first() -> None:
    assert vocabulary.completions("gr") == ["grass", "great", "green"]
    assert vocabulary.completions("zz") == []
    assert vocabulary.unknown("the movie was great .") == ""


def test_too_long_a_pair_is_refused_by_the_worker() -> None:
    long = own.pair(1, "hello :", "the " * 50, "hi")
    with pytest.raises(LabError, match="pair 1: prompt and answer have 54 tokens"):
        list(own.start([long], device="cpu", steps=1))
