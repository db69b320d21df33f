"""Plain mode with its formulas in words."""

import io

import pytest

from drillbox.domain.course import Course
from drillbox.history.log import Log
from drillbox.plain import run, say
from drillbox.session import adopt, today


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        (r"It is $\beta h$.", "It is beta times h."),
        (r"**Note** $\log \frac{a}{b}$", "Note log of fraction a over b end fraction"),
        (r"`$x$` and $\foo$", r"`$x$` and $\foo$"),
    ],
)
def test_formulas_are_words(markdown: str, said: str) -> None:
    assert say.spoken(markdown) == said


def test_a_session_can_be_heard(small: Course, log: Log) -> None:
    adopt(small, log)
    printed = {}
    for voice in (say.text, say.spoken):
        out = io.StringIO()
        run(small, log, today(small, log), io.StringIO(), out, voice=voice)
        printed[voice] = out.getvalue()
    assert "β" in printed[say.text]
    assert "β" not in printed[say.spoken]
    assert "beta" in printed[say.spoken]
