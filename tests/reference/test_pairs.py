"""The worker's records, asked for in this process."""

import pytest

from drillbox.lab import after
from drillbox.lab.compare import changes
from drillbox.lab.run import request
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.reference import pairs, room


def asked(**changes: object) -> list[pairs.Record]:
    whole = request(THREE_PAIRS, device="cpu", steps=1)
    whole["warm"] = {**whole["warm"], "steps": 1}
    return list(pairs.answer({**whole, **changes}))


def test_the_records_come_in_order_and_say_their_type() -> None:
    records = asked()
    assert [r["type"] for r in records] == [
        "header",
        *["pair"] * 4,
        *["step"] * 8,
        *["replay"] * 4,
        "end",
    ]
    assert [(r["pair"], r["step"]) for r in records if r["type"] == "step"] == [
        (pair, step) for step in (0, 1) for pair in "ABCD"
    ]


def test_the_words_of_an_answer_add_up_to_its_log_prob() -> None:
    for record in asked():
        if record["type"] == "pair":
            for side in ("chosen", "rejected"):
                words, scores = zip(*record[f"words_{side}"], strict=True)
                assert " ".join(words) == f"{record[side]} <end>"
                assert sum(scores) == pytest.approx(record[f"logp_{side}"], abs=1e-4)


def test_step_0_is_the_pair_before_it_moves() -> None:
    records = asked()
    before = {r["pair"]: r for r in records if r["type"] == "pair"}
    for record in records:
        if record["type"] == "step" and record["step"] == 0:
            for name in ("logp_chosen", "logp_rejected", "margin", "weight"):
                expected = before[record["pair"]][name]
                assert record[name] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sha256": "0" * 64}, "is not the model this run was made for"),
        ({"checkpoint": "/nowhere"}, "cannot read the model"),
        ({"lr": 1e4, "steps": 20}, "diverged at step"),
        (
            {
                "pairs": [
                    {
                        "pair": "A",
                        "start": "warm",
                        "prompt": "zebra",
                        "chosen": ".",
                        "rejected": "?",
                    }
                ]
            },
            "does not know the word 'zebra'",
        ),
    ],
)
def test_what_cannot_be_run_ends_in_one_sentence(
    changes: dict[str, object], sentence: str
) -> None:
    last = asked(**changes)[-1]
    assert last["type"] == "error" and sentence in last["error"]


def test_a_missing_cuda_device_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs.torch.cuda, "is_available", lambda: False)
    (last,) = asked(device="cuda")
    assert last["error"] == "torch finds no CUDA device here; use --device cpu"
    assert room.placed("auto").type == "cpu"


def test_adam_moves_the_saturated_pair_and_a_batch_gives_each_its_share() -> None:
    whole = request(THREE_PAIRS, device="cpu", steps=2)
    *records, end = pairs.answer({**whole, "joint": ["A", "B", "C"]})
    assert end["type"] == "end"
    assert len(records) == 3 * (4 + 3)
    adam, joint = (after.paths(records, way) for way in ("adam", "joint"))
    assert (list(adam), list(joint)) == (list("ABCD"), list("ABC"))
    assert changes(adam["C"], 1)[1] < -0.5
    assert changes(joint["B"], 1) == pytest.approx((-0.00598, -0.0352), rel=0.01)


def test_a_batch_of_one_pair_is_that_pair_alone() -> None:
    alone = next(r for r in asked() if r["type"] == "step" and r["step"] == 1)
    joint = after.paths(asked(joint=["A"]), "joint")["A"]
    assert joint[1]["logp_chosen"] == pytest.approx(alone["logp_chosen"], abs=1e-6)


def test_steps_that_diverge_after_the_run_are_said() -> None:
    last = asked(joint=["A"], lr=1e30, steps=3)[-1]
    assert last["type"] == "error" and "diverged by step" in last["error"]
