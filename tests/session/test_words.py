"""A card is called by its first words, never by its id."""

import pytest

from drillbox.domain.course import Term
from drillbox.session import words


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("Which one?", "“Which one?”"),
        (r"The **loss** is $-\log\sigma(\beta h)$.", "“The loss is −log σ(βh).”"),
        ("Type `x`:\n\n```\ncode\n```", "“Type x: code”"),
        ("word " * 20, "“" + "word " * 8 + "word …”"),
        ("x" * 100, "“" + "x" * 72 + "”"),
        ("x" * 100 + " y", "“" + "x" * 72 + " …”"),
    ],
)
def test_a_prompt_is_quoted_by_its_first_words(prompt: str, shown: str) -> None:
    assert words.quoted(prompt) == shown


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (101, "back tomorrow, on 0001-04-11"),
        (106, "back in 6 days, on 0001-04-16"),
        (100, "it still waits today"),
    ],
)
def test_when_an_item_comes_back(due: int, said: str) -> None:
    assert words.back_on(due, 100) == said


def test_a_symbol_that_is_written_in_two_ways_is_shown_once() -> None:
    term = Term(term="beta", meaning="A price.", symbols=("\\beta", "β", "b"))
    assert words.term(term) == "**beta** ($\\beta$, b): A price."
