"""What is said of a formula is what a listener would write down again."""

import pytest

from drillbox.domain.mathtext import spoken

WORDS_BETWEEN = [
    (r"a \quad \text{with} \quad b", "a with b"),
    (r"a \quad \text{with } b = c", "a with b equals c"),
    (r"h = 1 \quad\text{and}\quad k = 2", "h equals 1 and k equals 2"),
    (r"a\ \text{or}\ b", "a or b"),
    (r"a = b \quad c = d", "a equals b, c equals d"),
    (r"a, \quad b", "a, b"),
    (r"\text{bytes} \, N", "bytes times capital N"),
    (r"\sum_i \quad x_i", "sum over i of x i"),
]


@pytest.mark.parametrize(("source", "said"), WORDS_BETWEEN)
def test_words_and_wide_blanks_do_not_multiply(source: str, said: str) -> None:
    assert spoken(source) == said
