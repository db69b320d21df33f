"""Which words of the glossary a text uses."""

import pytest

from drillbox.domain.course import Term
from drillbox.domain.glossary import used


def term(name: str, *symbols: str, also: tuple[str, ...] = ()) -> Term:
    return Term(term=name, meaning="m", symbols=symbols, also=also)


TERMS = (
    term("log-ratio"),
    term("ratio"),
    term("reward model"),
    term("h"),
    term("beta", r"\beta", "β", also=("leash",)),
    term("policy", r"\pi_\theta", "π_θ"),
    term("k1, k2, k3"),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two log-ratios are subtracted.", ["log-ratio"]),
        ("The Ratio of both.", ["ratio"]),
        ("A reward-model, and reward\nmodels.", ["reward model"]),
        (r"With $h = 2$, and h in words.", ["h"]),
        ("Oh, h is here, at the hour.", []),
        (r"$\beta h$", ["h", "beta"]),
        (r"$\betax$ and xβy", []),
        ("β = 0.1 is a short leash.", ["beta"]),
        (r"$\log \pi_\theta(y)$", ["policy"]),
        (r"$\pi_\thetas$", []),
        ("π_θ", ["policy"]),
        ("The estimator k2 is biased.", ["k1, k2, k3"]),
        ("rationed policymakers", []),
        (r"It costs \$h, or \$2.", []),
    ],
)
def test_a_term_is_used_as_a_whole_word_or_as_a_symbol(
    text: str, names: list[str]
) -> None:
    assert [one.term for one in used(TERMS, text)] == names
