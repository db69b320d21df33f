from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.answer import Verdict, mark
from drillbox.domain.answer.cloze import normal
from drillbox.domain.card import ClozeCard
from drillbox.domain.course import items_of
from drillbox.domain.variant import draw
from drillbox.errors import AnswerError


def marked(text: str, answer: str, prompt: str = "A [[gap]].", **blank: Any) -> Verdict:
    card = ClozeCard(
        kind="cloze",
        id="c",
        prompt=prompt,
        explain="So.",
        blanks={"gap": {"answer": answer, **blank}, "other": {"answer": "elsewhere"}},
    )
    item = next(iter(items_of(card, 1, True, "", 0)))
    return mark(draw(item, 1), {"text": text})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("beta", r"\beta"),
        ("old policy", "Old policy."),
        ("old policy", '"old policy"'),
        ("old policy", "“old policy”."),
        ("beta", "β"),
        ("beta", r"$\beta$"),
        ("beta", "Beta"),
        ("beta", "𝛽"),
        ("epsilon", "ϵ"),
        ("Delta r", "Δr"),
        ("Bradley–Terry", "bradley-terry"),
        ("Bradley–Terry", "Bradley Terry"),
        ("log-ratio", "log ratio"),
        ("the reward model", "Reward  Model"),
        ("a policy", "policy"),
        (r"\pi_{\text{ref}}", "pi_ref"),
        (r"\pi_{\mathrm{ref}}", "π_ref"),
        (r"\hat{r}_w", "r̂_w"),
        (r"\hat r", "r̂"),
        ("x^2", "x²"),
        ("x**2", "x^2"),
        (r"a \cdot b", "a*b"),
        (r"a \cdot b", "a·b"),
        ("a − b", "a-b"),
        ("ln(x)", r"\log(x)"),
        (r"\ln x", "log x"),
        (r"\left( a \right)", "(a)"),
        (r"P(y \mid x)", "P(y|x)"),
        ("`mean`", "mean"),
        ("r₁", "r_1"),
        ("naïve", "naive"),
    ],
)
def test_these_spellings_are_one(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert marked(other, one).outcome == "right"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a - b", "a b"),
        ("r_w - r_l", "r_w r_l"),
        ("chosen - rejected", "chosen rejected"),
        ("a/b", "b/a"),
        ("-x", "x"),
        ("x^2", "2x"),
        ("x > y", "x < y"),
        ("a b", "b"),
        (r"\leftarrow", "arrow"),
        ("log x", "x"),
    ],
)
def test_these_are_different_answers(one: str, other: str) -> None:
    assert normal(one) != normal(other)
    assert marked(other, one).outcome == "wrong"


@pytest.mark.parametrize(
    ("typed", "answer", "outcome"),
    [
        ("sigmiod", "sigmoid", "close"),
        ("sigmod", "sigmoid", "close"),
        ("sigmooid", "sigmoid", "close"),
        ("sigmaid", "sigmoid", "close"),
        ("igmoid", "sigmoid", "close"),
        ("sigmoids", "sigmoid", "close"),
        ("sgimiod", "sigmoid", "wrong"),
        ("sigma", "sigmoid", "wrong"),
        ("kl", "rl", "wrong"),
        ("mask", "task", "wrong"),
        ("r_1 - r_2", "r_1 - r_3", "wrong"),
        ("10000", "10001", "wrong"),
    ],
)
def test_one_letter_off_is_close_in_a_long_word_only(
    typed: str, answer: str, outcome: str
) -> None:
    assert marked(typed, answer).outcome == outcome


def test_a_known_wrong_word_is_wrong_even_one_letter_from_the_answer() -> None:
    wrong = [{"text": "converse", "why": "Turned round.", "misconception": "turned"}]
    verdict = marked("Converse", "convexse", wrong=wrong)
    assert (verdict.outcome, verdict.why) == ("wrong", ("Turned round.",))
    assert verdict.misconception == "turned"


def test_an_accepted_spelling_is_right_and_a_slip_in_it_is_close() -> None:
    accept = ["normaliser", "normalizer"]
    assert marked("normalizer", "partition function", accept=accept).outcome == "right"
    verdict = marked("normalzer", "partition function", accept=accept)
    assert verdict.why == ("`normalzer` is normalizer, misspelt.",)


@pytest.mark.parametrize(
    ("prompt", "answer", "shown"),
    [
        ("A [[gap]].", "beta", "beta"),
        ("A $x + [[gap]]$.", r"\beta", r"$\beta$"),
        ("A $x + [[ gap ]]$.", r"$\beta$", r"$\beta$"),
        (r"A $x$ [[gap]].", "word", "word"),
    ],
)
def test_the_answer_is_shown_as_mathematics_where_it_is(
    prompt: str, answer: str, shown: str
) -> None:
    assert marked("nothing", answer, prompt).answer == shown


def test_what_was_typed_is_quoted_so_that_nothing_in_it_is_markdown() -> None:
    verdict = marked("**`$x$`**" + "y" * 100, "beta")
    quoted = "**'$x$'**" + "y" * 50 + "…"
    assert verdict.why == (f"You wrote `{quoted}`; the gap takes beta.",)


def test_the_gaps_own_explanation_comes_first() -> None:
    assert marked("x", "y").explain == "So."
    assert marked("x", "y", explain="Own.").explain == "Own.\n\nSo."


@given(st.text(max_size=60))
def test_anything_typed_is_marked_or_asked_again(text: str) -> None:
    try:
        verdict = marked(text, "sigmoid")
    except AnswerError as error:
        assert "nothing was typed" in str(error) and not text.strip()
        return
    assert bool(verdict.why) is (verdict.outcome != "right")


WORD = "sigmoid"
LETTERS = sorted(set(WORD))
NEAR = {WORD[:k] + WORD[k + 1 :] for k in range(7)}
NEAR |= {WORD[:k] + x + WORD[k:] for k in range(8) for x in LETTERS}
NEAR |= {WORD[:k] + x + WORD[k + 1 :] for k in range(7) for x in LETTERS}
NEAR |= {WORD[:k] + WORD[k + 1] + WORD[k] + WORD[k + 2 :] for k in range(6)}


@given(st.sampled_from(sorted(NEAR)), st.integers(0, 8), st.sampled_from(LETTERS))
def test_close_is_exactly_one_edit_away(near: str, at: int, letter: str) -> None:
    for typed in (near, near[:at] + letter + near[at + 1 :]):
        expected = "right" if typed == WORD else "close" if typed in NEAR else "wrong"
        assert marked(typed, WORD).outcome == expected
