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


FUNCTIONS = [
    (r"d(y_w) - d(y_l)", "d of y w minus d of y l"),
    (r"d(y) = 1", "d of y equals 1"),
    (r"f(x)^2", "f of open x close squared"),
    (r"f(x^2)", "f of x squared"),
    (r"Z(x)^{-1}", "capital Z of open x close to the minus 1"),
    (
        r"\sigma(\beta h)^2",
        "sigma of open beta times h close squared",
    ),
    (
        r"\pi(y)^{1/2}",
        "pi of open y close to the power 1 divided by 2 end power",
    ),
    (r"2 (x)^2", "2 times open x close squared"),
    (r"\beta (1 - p)^2", "beta times open 1 minus p close squared"),
    (r"\hat f(x)^2", "f hat of open x close squared"),
    (r"f(r)(x, y)^2", "f of r of open x, y close squared"),
]
DIFFERENTIALS = [
    (r"\frac{dL}{dm}", "fraction d capital L over d m end fraction"),
    (
        r"\frac{d}{dx} f(x)",
        "fraction d over d x end fraction of f of x",
    ),
    (
        r"\frac{d^2 f}{dx^2}",
        "fraction d squared f over d x squared end fraction",
    ),
    (
        r"\frac{d(y_w)}{d(y_l)}",
        "fraction d of y w over d of y l end fraction",
    ),
    (
        r"\frac{d h}{2}",
        "fraction d times h over 2 end fraction",
    ),
    (r"dL/dm", "d capital L divided by d m"),
    (
        r"d \log p = dp / p",
        "d log of p equals d p divided by p",
    ),
    (
        r"\int_0^1 f(x) dx",
        "integral from 0 to 1 of f of x d x",
    ),
    (
        r"\int f(x) \, \mathrm{d}x",
        "integral of f of x d x",
    ),
    (r"d x + d", "d times x plus d"),
    (r"d n \log n", "d times n times log of n"),
    (r"d d_w", "d times d w"),
]


@pytest.mark.parametrize(("source", "said"), FUNCTIONS)
def test_a_function_keeps_its_of_and_the_power_says_where_it_stands(
    source: str, said: str
) -> None:
    assert spoken(source) == said


@pytest.mark.parametrize(("source", "said"), DIFFERENTIALS)
def test_a_d_is_a_differential_only_beside_an_integral_or_another_one(
    source: str, said: str
) -> None:
    assert spoken(source) == said


CHANGES = [
    (r"\Delta\theta", "change of theta"),
    (r"\Delta h = 1", "change of h equals 1"),
    (
        r"\Delta\log\pi(y)",
        "change of log of pi of y",
    ),
    (r"g_w \cdot \Delta\theta", "g w dot change of theta"),
    (r"\eta\Delta r", "eta times change of r"),
    (r"-\Delta\Delta h", "minus change of change of h"),
    (
        r"\Delta(a - b)",
        "change of open a minus b close",
    ),
    (
        r"\Delta\frac{a}{b}",
        "change of fraction a over b end fraction",
    ),
    (r"\Delta / 400", "capital delta divided by 400"),
    (r"\Delta = 3", "capital delta equals 3"),
    (r"x_\Delta", "x capital delta"),
    (r"\Delta_t x", "capital delta t times x"),
]


@pytest.mark.parametrize(("source", "said"), CHANGES)
def test_a_delta_before_something_is_its_change(source: str, said: str) -> None:
    assert spoken(source) == said


SIGNS = [
    (r"f\colon X\to Y", "f from capital X to capital Y"),
    (r"f: X \to Y", "f from capital X to capital Y"),
    (r"f\colon x \mapsto x^2", "f, x maps to x squared"),
    (
        r"\{x : x > 0\}",
        "open brace x such that x greater than 0 close brace",
    ),
    (
        r"\{x \mid x>0\}",
        "open brace x such that x greater than 0 close brace",
    ),
    (
        r"\{x \in X \mid \pi(x | y) > 0\}",
        "open brace x in capital X such that pi of x given y greater than 0 "
        "close brace",
    ),
    (
        r"\mathbb{P}\{y \mid x\}",
        "probability of open brace y given x close brace",
    ),
    (
        r"\Pr\{A \mid B\}",
        "Pr of open brace capital A given capital B close brace",
    ),
    (
        r"\max \{x \mid x > 0\}",
        "maximum of open brace x such that x greater than 0 close brace",
    ),
    (r"\{\}", "open brace close brace"),
    (r"0.5\%", "0.5 percent"),
    (r"x\%", "x percent"),
    (r"(a, b]", "open a, b close bracket"),
    (r"[a, b)", "open bracket a, b close"),
    (r"x \in (a, b)", "x in open a, b close"),
    (r"\log_2 n", "log to the base 2 of n"),
    (
        r"\log_{10} x + 1",
        "log to the base 10 of x plus 1",
    ),
    (
        r"\lim_{n\to\infty} x_n",
        "limit as n goes to infinity of x n",
    ),
    (r"\lim_x f", "limit over x of f"),
    (
        r"\nabla_\theta^2 f",
        "gradient squared by theta of f",
    ),
    (r"\nabla^2 f", "gradient squared of f"),
    (r"\nabla_\theta f", "gradient by theta of f"),
    (
        r"\mathbb{E}^\pi[r]",
        "expectation to the pi of open bracket r close bracket",
    ),
    (
        r"\beta \mathbb{D}_{\mathrm{KL}}[p \| q]",
        "beta times D KL of open bracket p relative to q close bracket",
    ),
    (
        r"\beta h [[sign]] \alpha",
        "beta times h blank sign alpha",
    ),
    (r"\beta ____ h", "beta blank h"),
    (r"____ (x - 1)", "blank open x minus 1 close"),
    (r"\pi_{____}(y)", "pi sub blank end sub of y"),
    (r"\sigma(____)", "sigma of blank"),
]


@pytest.mark.parametrize(("source", "said"), SIGNS)
def test_a_sign_is_called_what_it_means_where_it_stands(source: str, said: str) -> None:
    assert spoken(source) == said


def test_a_gap_beside_a_name_is_not_its_subscript() -> None:
    assert spoken(r"\pi ____") != spoken(r"\pi_{____}")
    assert spoken(r"[[f]](x)") != spoken(r"[[f]] x")
