"""An accent over more than one cell: a row above on a board, a name on a line."""

import pytest

from drillbox.domain.mathtext import Refused, picture, render, spoken

SHOWN = [
    (r"\hat x", "x̂", "x̂", "x hat"),
    (r"\widehat{x}", "x̂", "x̂", "x hat"),
    (r"\hat{x_i}", "^\nxᵢ", "hat(xᵢ)", "x i hat"),
    (r"\hat{x}_i", "x̂ᵢ", "x̂ᵢ", "x hat i"),
    (r"\overline{ab}", "──\nab", "bar(ab)", "bar over a times b end bar"),
    (r"\bar{abc}", "───\nabc", "bar(abc)", "bar over a times b times c end bar"),
    (r"\widehat{xyz}", " ^\nxyz", "hat(xyz)", "hat over x times y times z end hat"),
    (r"\tilde{\pi_\theta}", "~\nπ\n θ", "tilde(π_θ)", "pi theta tilde"),
    (r"\vec{ab}", "─→\nab", "vec(ab)", "vector over a times b end vector"),
    (r"\dot{x_i}", ".\nxᵢ", "dot(xᵢ)", "x i dot"),
    (r"\ddot{x_i}", "..\nxᵢ", "ddot(xᵢ)", "x i double dot"),
    (r"\widehat{\mathrm{KL}}", "^\nKL", "hat(KL)", "KL hat"),
    (r"\hat{\hat x}", "^\nx̂", "hat(x̂)", "x hat hat"),
]


@pytest.mark.parametrize(("source", "board", "line", "said"), SHOWN)
def test_an_accent_is_over_all_of_its_body(
    source: str, board: str, line: str, said: str
) -> None:
    assert picture(source, 80) == board
    assert render(source) == line
    assert spoken(source) == said


BESIDE = [
    (r"1 + \hat{x_i}", "    ^\n1 + xᵢ"),
    (r"a\overline{bc}\overline{de}f", "  ── ──\na bc de f"),
    (r"\hat{\pi_\theta}(y)", "^\nπ (y)\n θ"),
    (r"\left(\overline{ab}\right)", " ──\n(ab)"),
    (r"\overline{ab}^2", "──²\nab"),
    (r"\overline{ab}_2", "──\nab₂"),
    (r"\sqrt{\overline{ab}}", "┌──\n│──\n√ab"),
    (r"\frac{1}{\overline{ab}}", " 1\n────\n ──\n ab"),
    (r"\bar{\frac{a}{b}} + c", "───\n a\n─── + c\n b"),
    (r"x^{\overline{ab}}", " ──\n ab\nx"),
    (r"x_{\hat{y_w}}", "x\n ^\n y\n  w"),
]


@pytest.mark.parametrize(("source", "board"), BESIDE)
def test_an_accent_leaves_its_body_on_the_baseline(source: str, board: str) -> None:
    assert picture(source, 80) == board


LINES = [
    (r"a\hat{xy}b", "a hat(xy) b"),
    (r"2\overline{ab}", "2 bar(ab)"),
    (r"\overline{ab}\,\overline{cd}", "bar(ab) bar(cd)"),
    (r"\hat{\pi_\theta}(y \mid x)", "hat(π_θ)(y|x)"),
    (r"\overline{a + b}", "bar(a + b)"),
    (r"\overline{ab}^2", "bar(ab)²"),
    (r"\hat{x_i}_w", "hat(xᵢ)_w"),
    (r"\log\hat{x_i}", "log hat(xᵢ)"),
    (r"\frac{\hat{x_i}}{\hat{y_i}}", "hat(xᵢ)/hat(yᵢ)"),
    (r"\sqrt{\hat{x_i}}", "√(hat(xᵢ))"),
    (r"e^{\hat{x_i}}", "e^(hat(xᵢ))"),
    (r"\overline{\frac{a}{b}}c", "bar(a/b) c"),
]


@pytest.mark.parametrize(("source", "line"), LINES)
def test_an_accented_body_stands_apart_on_a_line(source: str, line: str) -> None:
    assert render(source) == line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\hat{x_i}", r"\hat{x}_i"),
        (r"\overline{ab}", r"\bar{a}\bar{b}"),
        (r"\overline{ab}c", r"\overline{abc}"),
        (r"\overline{ab}^2", r"\overline{ab^2}"),
        (r"\overline{a}", r"a"),
        (r"\hat{ab}", r"\tilde{ab}"),
    ],
)
def test_it_is_seen_and_heard_how_far_an_accent_goes(one: str, other: str) -> None:
    assert picture(one, 80) != picture(other, 80)
    assert render(one) != render(other)
    assert spoken(one) != spoken(other)


def test_an_accented_function_is_said_with_of() -> None:
    assert spoken(r"\hat{\pi_\theta}(y \mid x)") == "pi theta hat of y given x"


@pytest.mark.parametrize("source", [r"\hat{}", r"\bar{\,}"])
def test_an_accent_over_nothing_is_refused(source: str) -> None:
    with pytest.raises(Refused, match="over nothing"):
        render(source)


SCRIPTS = [
    (r"\frac{a}{b}^2", "(a/b)²", " a ²\n───\n b"),
    (r"\sqrt{x}^2_i", "(√x)ᵢ²", "┌─²\n√xᵢ"),
    (r"\left[a\right]^2_i", "[a]ᵢ²", "[a]ᵢ²"),
    (r"\log^2 x", "log² x", "log² x"),
    (r"\max_a^2 x", "maxₐ² x", " 2\nmax x\n a"),
    (r"\begin{pmatrix} a \\ b \end{pmatrix}^\top_i", "(a; b)ᵢᵀ", "╭a╮ᵀ\n╰b╯ᵢ"),
    (r"\hat x^2_i", "x̂ᵢ²", "x̂ᵢ²"),
    (r"|a|^2", "|a|²", "|a|²"),
    (r"2 \text{total loss}^2_i x", "2 (total loss)ᵢ² x", "2 total lossᵢ² x"),
    (r"\text{loss}^2", "loss²", "loss²"),
    (r"\text{log-prob}_w", "(log-prob)_w", "log-prob\n        w"),
]


@pytest.mark.parametrize(("source", "line", "board"), SCRIPTS)
def test_scripts_stand_on_whatever_is_one_thing(
    source: str, line: str, board: str
) -> None:
    assert render(source) == line
    assert picture(source, 80) == board


@pytest.mark.parametrize("source", [r"{a+b}^2", r"{ab}_i^2", r"{\frac{a}{b} + 1}^n"])
def test_braces_with_a_script_show_as_brackets(source: str) -> None:
    inside, script = source[1:].rsplit("}", 1)
    assert render(source) == render(f"({inside}){script}")
    assert picture(source, 80) == picture(f"({inside}){script}", 80)


def test_a_script_on_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="nothing to stand on"):
        render("{}_i x")
