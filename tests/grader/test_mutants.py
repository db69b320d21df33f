"""Small changes of a program: a table of what is changed, and into what."""

import pytest

from drillbox.grader.mutants import MOST, mutants


def changes(body: str, head: str = "def f(a, b, c):") -> list[str]:
    """The changed lines of a function with this body."""
    source = "import torch\n" + head + "\n    " + body.replace("\n", "\n    ") + "\n"
    return [one.new for one in mutants(source, "f")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x = a + b", ["x = a", "x = b", "x = a - b"]),
        ("x = a - b", ["x = a", "x = a + b"]),
        ("x = a * b", ["x = a", "x = b", "x = a / b"]),
        ("x = a / b", ["x = a", "x = a * b"]),
        (
            "x = a - (b - c)",
            ["x = a", "x = a + (b - c)", "x = a - (b)", "x = a - (b + c)"],
        ),
        (
            "x = (a - b) * c",
            [
                *("x = (a - b)", "x = c", "x = (a - b) / c"),
                *("x = (a) * c", "x = (a + b) * c"),
            ],
        ),
        ("x = a ** b", ["x = a", "x = (a * b)"]),
        ("x = a @ b", ["x = a", "x = (a * b)"]),
        ("x += a", ["x -= a"]),
        ("x = -a", ["x = a"]),
        ("x = ~a", ["x = a"]),
        ("x = not a", ["x = a"]),
        ("x = a & b", ["x = a", "x = (a | b)"]),
        ("x = a and b", ["x = a or b"]),
        ("x = a or b", ["x = a and b"]),
        ("x = a < b", ["x = a <= b", "x = a >= b"]),
        ("x = a >= b", ["x = a > b", "x = a < b"]),
        ("x = a == b", ["x = a != b"]),
        ("x = a is not b", ["x = a is b"]),
        ("x = a not in b", ["x = a in b"]),
        ("x = 2", ["x = 3", "x = 1"]),
        ("x = 0", ["x = 1", "x = (-1)"]),
        ("x = 0.5", ["x = 1.0", "x = 0.0"]),
        ("x = 0.0", ["x = 1.0"]),
        ("x = True", ["x = False"]),
        ("x = a.mean()", ["x = a", "x = a.sum()"]),
        ("x = a.sum(dim)", ["x = a.mean(dim)"]),
        ("x = max(a, b)", ["x = min(a, b)"]),
        ("x = any(a)", ["x = all(a)"]),
        ("x = a.detach()", ["x = a"]),
        ("x = torch.exp(a)", ["x = a"]),
        ("x = torch.maximum(a, b)", ["x = torch.minimum(a, b)"]),
        ("return a", ["return -(a)"]),
        ("return a, b", ["return -(a), b", "return a, -(b)"]),
        ("raise ValueError(f'{a - b}')", []),
        ("x = 'text'", []),
        ("'''A docstring with 1 - 2.'''", []),
        ("x: int = a", []),
    ],
)
def test_this_is_changed_into_that(body: str, expected: list[str]) -> None:
    assert sorted(changes(body)) == sorted(expected)


def test_a_mutant_says_where_it_is_and_keeps_the_rest_of_the_text() -> None:
    source = "def f(β):\n    # the loss\n    x = β - 1  # a shift\n    return [x]\n"
    minus = next(m for m in mutants(source, "f") if "+" in m.new)
    assert (minus.line, minus.old) == (3, "x = β - 1  # a shift")
    assert minus.new == "x = β + 1  # a shift"
    assert minus.source == source.replace("β - 1", "β + 1")


def test_an_expression_over_several_lines_is_shown_where_it_changes() -> None:
    source = "def f(a, b):\n    return (\n        a\n        - b\n    )\n"
    minus = next(m for m in mutants(source, "f") if m.new == "+ b")
    assert (minus.line, minus.old) == (4, "- b")


def test_only_the_function_and_what_it_calls_are_changed() -> None:
    source = (
        "def helper(a):\n    return -a\n\n"
        "def f(a):\n    return helper(a)\n\n"
        "def cases(rng):\n    yield 1 + 1\n"
    )
    assert {one.line for one in mutants(source, "f")} == {2, 5}


def test_defaults_and_annotations_are_no_part_of_what_is_changed() -> None:
    assert changes("return [a]", "def f(a: int | None = 1, b=2) -> 'x':") == []


def test_every_mutant_is_another_program() -> None:
    source = "def f(a, b):\n    return (a + b) * (a - b) / 2 if a < b else a.mean()\n"
    found = [one.source for one in mutants(source, "f")]
    assert len(found) == len(set(found)) and source not in found
    for one in found:
        compile(one, "mutant.py", "exec")


def test_there_are_never_more_than_can_be_tried() -> None:
    body = "\n    ".join(f"x{k} = {k} + {k}" for k in range(MOST))
    found = mutants(f"def f():\n    {body}\n", "f")
    lines = [one.line for one in found]
    assert len(found) == MOST and lines == sorted(lines) and lines[-1] > MOST - 9
