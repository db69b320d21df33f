"""Every formula of the golden file: its picture, its line and its words.

The file is there to be read: each block is a title, the source, the picture, the line,
the words. `python tests/domain/test_mathtext_pictures.py` writes all but titles and
sources again; whoever does so reads every picture against what LaTeX typesets.
"""

from pathlib import Path

import pytest

from drillbox.domain.mathtext import picture, render, spoken

FILE = Path(__file__).parent / "golden" / "formulas.txt"
WIDE = 200  # cells; no formula of the file is wider
TITLE, TEX = "## ", "tex   "


def blocks() -> list[str]:
    """The blocks as they stand in the file."""
    text = FILE.read_text("utf-8")
    return [TITLE + block.rstrip("\n") for block in text.split(TITLE)[1:]]


def written(block: str) -> str:
    """The block as it should be, from its title and its source."""
    title, tex, *_ = block.split("\n")
    source = tex.removeprefix(TEX)
    rows = [f"      {row}".rstrip() for row in picture(source, WIDE).split("\n")]
    words = [f"line  {render(source)}", f"said  {spoken(source)}"]
    return "\n".join([title, tex, "", *rows, "", *words])


BLOCKS = blocks()


@pytest.mark.parametrize("block", BLOCKS, ids=[b.split("\n")[0] for b in BLOCKS])
def test_a_formula_looks_and_sounds_as_it_was_read(block: str) -> None:
    assert block == written(block)


def test_the_file_has_what_it_promises() -> None:
    titles = [block.split("\n")[0] for block in BLOCKS]
    assert len(titles) >= 60
    assert all(
        any(f"equation {number}:" in title for title in titles)
        for number in range(1, 8)
    )


if __name__ == "__main__":
    FILE.write_text("\n\n\n".join(map(written, BLOCKS)) + "\n", "utf-8")
