"""Formulas in a Markdown text are found, replaced, and made safe; nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.domain.mathtext import prose, refusals, render, spoken

KEPT = [
    "costs $5 and $6",
    "from $5 to $6, or $7",
    "US$5",
    r"escaped \$x\$ dollars",
    r"one escaped \$x$ dollar",
    "`$x$` in code",
    "``a ` $x$`` in code",
    "```\n$x$\n```",
    "```python\nprice = '$x$'\n```\nafter",
    "  ~~~\n$x$\n~~~",
    "> ```\n> $x$\n> ```",
    "```\nnever closed $x$",
    "$ x$ and $x $",
    "$x\n\ny$",
    "$$$x$$$",
    "$",
    "$$",
    "$$$$",
    "a lone ` and no more",
]

REPLACED = [
    (r"so $\beta h$ is", "so βh is"),
    (r"$\beta$, $\pi_\theta$.", "β, π_θ."),
    (r"($x_i$)", "(xᵢ)"),
    ("**$x^2$**", "**x²**"),
    (r"$$\frac{a}{b}c$$", "(a/b) c"),
    ("$$\n\\beta h\n$$", "βh"),
    ("a $x\n+ y$ b", "a x + y b"),
    (r"costs \$5, $x$ costs more", r"costs \$5, x costs more"),
    ("costs $5 and $x$", "costs $5 and x"),
    ("`code` $x^2$ `$x^2$`", "`code` x² `$x^2$`"),
    ("```\n$x^2$\n```\n$x^2$", "```\n$x^2$\n```\nx²"),
    (r"$50\%$ of $\$5$", "50% of $5"),
    (r"$\foo$ and $x^2$", r"$\foo$ and x²"),
    (r"$$\foo$$", r"$$\foo$$"),
    (r"$\beta ____ h$", "β ____ h"),
    (r"$-0.5 \cdot -0.25$", "−0.5 · −0.25"),
    ("a lone ` and $x^2$", "a lone ` and x²"),
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert prose(text) == text
    assert prose(text, escape=True) == text
    assert refusals(text) == []


@pytest.mark.parametrize(("markdown", "expected"), REPLACED)
def test_a_formula_becomes_its_line_or_stays_its_source(
    markdown: str, expected: str
) -> None:
    assert prose(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (r"$\pi^*_\theta$ *and* $y_w$", r"π\*\_θ *and* y\_w"),
        (r"$[x]$ $|y|$ $a < b$", r"\[x\] \|y\| a \< b"),
        (r"$\foo_x$", r"\$\\foo\_x\$"),
        (r"$+$", r"\+"),
        (r"$= x$", r"\= x"),
        (r"`$y_w$` $y_w$", r"`$y_w$` y\_w"),
        (r"$\{1, 2\}$ $x \sim D$", r"\{1, 2\} x \~ D"),
    ],
)
def test_an_escaped_line_has_nothing_that_markdown_reads(
    markdown: str, expected: str
) -> None:
    assert prose(markdown, escape=True) == expected


def test_every_refused_formula_of_a_text_gets_one_sentence() -> None:
    text = r"$\foo$, $x$, `$\bar$`, $$a \\ b$$ and $\beta = {{beta:.2f}} + [[gap]]$"
    assert refusals(text) == [
        r"$\foo$ is shown as source: \foo cannot be laid out",
        r"$a \\ b$ is shown as source: \\ starts a new line",
    ]


@pytest.mark.parametrize("source", ["{{log_p_w}}", "x_{{i}}", "{{a_}} + {{b:.3e}}"])
def test_values_still_to_be_filled_in_are_numbers_to_lint(source: str) -> None:
    assert refusals(f"${source}$") == []


@given(st.text().filter(lambda text: "$" not in text))
@settings(deadline=None)
def test_a_text_without_dollars_is_left_alone(text: str) -> None:
    assert prose(text) == prose(text, escape=True) == text


PIECES = r"$ $$ ` ``` ~~~ \ \$ x _w 5 { } \frac ^2 * [ ] ( | < $x^2$ {{a}} $\foo$"
MARKDOWN = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"])).map("".join)


@given(MARKDOWN)
@settings(deadline=None)
def test_any_markdown_whatever_can_be_shown_and_linted(text: str) -> None:
    assert isinstance(prose(text), str)
    assert all(sentence.startswith("$") for sentence in refusals(text))


@given(MARKDOWN)
@settings(deadline=None)
def test_escaping_adds_backslashes_and_nothing_else(text: str) -> None:
    plain, escaped = prose(text), prose(text, escape=True)
    assert escaped.replace("\\", "") == plain.replace("\\", "")
    assert len(escaped) >= len(plain)


DISPLAYS = [
    ("$a$", "<a>"),
    ("$a$.", "<a.>"),
    ("$$a$$,  ", "<a,>  "),
    ("so\n\n$a$\n\nand", "so\n\n<a>\n\nand"),
    ("so\n \n$$\na\n$$;\n \nand", "so\n \n<\na\n;>\n \nand"),
    ("so\n\n$\\foo$\n\nand $a$", "so\n\n$\\foo$\n\nand a"),
    ("so\n\n$a$ and", "so\n\na and"),
    ("so\n$a$\n\nand", "so\na\n\nand"),
    ("so\n\n$a$\nand", "so\n\na\nand"),
    ("so\n\n  $a$\n\nand", "so\n\n  a\n\nand"),
    ("$a$ $b$", "a b"),
    ("> $a$", "> a"),
    ("- $a$", "- a"),
]


@pytest.mark.parametrize(("markdown", "expected"), DISPLAYS)
def test_a_formula_alone_in_its_paragraph_may_have_a_form_of_its_own(
    markdown: str, expected: str
) -> None:
    def display(source: str) -> str:
        render(source)
        return f"<{source}>"

    assert prose(markdown, display=display) == expected


def test_a_formula_may_be_put_in_words() -> None:
    text = r"so $\beta h$, and `$x$`, and $\foo$"
    said = r"so beta times h, and `$x$`, and $\foo$"
    assert prose(text, form=spoken) == said
