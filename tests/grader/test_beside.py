"""Yours and the reference: aligned, marked, never cut off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.grader import beside

YOURS = "def f(x):\n    # mine\n    return x + 1\n"
REFERENCE = 'def f(x):\n    """Doc."""\n    return 1 + x\n'


def shown(width: int) -> list[str]:
    return [
        text for text, _ in beside.lines(YOURS, REFERENCE, width, width >= beside.ROOM)
    ]


def test_with_room_they_stand_side_by_side() -> None:
    lines = shown(100)
    assert lines[0].split() == ["yours", "│", "the", "reference"]
    assert lines[1].split() == ["def", "f(x):", "│", "def", "f(x):"]
    assert lines[2].startswith("≠     # mine") and lines[2].endswith('"""Doc."""')
    assert lines[3].startswith("≠     return x + 1") and lines[3].endswith("1 + x")
    assert {line.index("│") for line in lines} == {50}


def test_without_room_one_stands_above_the_other() -> None:
    assert shown(99) == [
        "  yours",
        "  def f(x):",
        "≠     # mine",
        "≠     return x + 1",
        "",
        "  the reference",
        "  def f(x):",
        '≠     """Doc."""',
        "≠     return 1 + x",
    ]


@pytest.mark.parametrize(
    ("yours", "reference", "marks"),
    [
        ("a\nb\nc", "a\n  c\nd", " ‹ ›"),
        ("h = x - y\nreturn h", "def f():\nh = (x - y)\nreturn h", "›≠ "),
        ("def f(a, b):\nreturn 1", "def f(\n  a,\n  b,\n):\nreturn 1", "≠››› "),
        ("", "x", "›"),
        ("x", "", "‹"),
    ],
)
def test_lines_that_resemble_each_other_stand_together(
    yours: str, reference: str, marks: str
) -> None:
    assert "".join(pair.mark for pair in beside.pairs(yours, reference)) == marks


def test_long_texts_are_matched_by_their_equal_lines() -> None:
    many = "\n".join(f"x{n} = {n}" for n in range(300))
    found = list(beside.pairs(f"first\n{many}", f"{many}\nlast"))
    assert [pair.mark for pair in found] == ["‹", *" " * 300, "›"]


def test_a_long_line_goes_on_below_further_in() -> None:
    line = "    return aaaa + bbbb + cccc + dddd"
    assert beside.broken(line, 24) == [
        "    return aaaa + bbbb +",
        "        cccc + dddd",
    ]
    assert beside.broken("x" * 25, 20) == ["x" * 20, "    " + "x" * 5]


code = st.text(st.sampled_from("ab \n\t界é\x1b\u202e"), max_size=300)


@given(code, code, st.sampled_from([20, 60, 100, 160]))
def test_no_line_is_too_wide_and_nothing_is_lost(
    yours: str, reference: str, width: int
) -> None:
    lines = list(beside.lines(yours, reference, width, width > 60))
    assert all(beside.columns(text) <= width for text, _ in lines)
    assert not {"\x1b", "\u202e"} & set("".join(text for text, _ in lines))
    both = yours + reference
    everything = "".join(text for text, _ in lines[1:])
    assert everything.count("界") == both.count("界")
    assert everything.count("é") == both.count("é")


STARTER = '"""Doc."""\n\n\ndef f(x):\n    """What it is."""\n    raise Error\n'


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('"""Doc."""\nimport a\n\nX = 1\n', "X = 1"),
        ('"""Mine."""\nX = 1\n', '"""Mine."""\nX = 1'),
        (STARTER.replace("raise Error", "return x"), "def f(x):\n    return x"),
        ('def f(x):\n    """Mine."""\n    return x', None),
        ('X = 1\ndef f(x): "What it is."', None),
        ('@a\ndef f(\n    x,\n):\n    # c\n    """What it is."""', None),
        ("import a; X = 1\n", "import a; X = 1"),
        ("from a import (\n    b,\n)\n# c\ndef f(): ...\n", "# c\ndef f(): ..."),
        ("import a\r\nX = '\u2028'\r\n", "X = '\u2028'"),
        ("def f(:\n", "def f(:\n"),
    ],
)
def test_imports_and_the_starters_docstrings_are_left_out(
    source: str, kept: str | None
) -> None:
    found = beside.body(source, STARTER)
    if kept is None:  # everything but the starter's docstring
        kept = source.replace('\n    """What it is."""', "")
    assert found == kept
