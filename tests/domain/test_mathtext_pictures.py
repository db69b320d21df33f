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


# How the source of each numbered formula of sections 3 to 5 of the DPO paper begins.
PROMISED = {
    "equation 1": r"p^*(y_1 \succ y_2 \mid x) = \frac{\exp(r^*(x, y_1))}",
    "equation 2": r"\mathcal{L}_R(r_\phi, \mathcal{D}) = -\mathbb{E}",
    "equation 3": r"\max_{\pi_\theta} \mathbb{E}_{x \sim \mathcal{D}, y \sim",
    "equation 4": r"\pi_r(y \mid x) = \frac{1}{Z(x)} \pi_{\mathrm{ref}}(y \mid x)",
    "equation 5": r"r(x, y) = \beta \log \frac{\pi_r(y \mid x)}{\pi_{\mathrm{ref}}",
    "equation 6": r"p^*(y_1 \succ y_2 \mid x) = \frac{1}{1 + \exp\left(\beta \log",
    "equation 7": r"\mathcal{L}_{\mathrm{DPO}}(\pi_\theta; \pi_{\mathrm{ref}}) =",
    "theorem 1": r"r(x, y) = \beta \log \frac{\pi(y \mid x)}{\pi_{\mathrm{ref}}",
    "equation 8": r"f(r; \pi_{\mathrm{ref}}, \beta)(x, y) = r(x, y) - \beta \log",
    "equation 9": r"\sum_y \pi_{\mathrm{ref}}(y \mid x) \exp\left(\frac{1}{\beta}",
    "equation 10": r"\max_{\pi_\theta} \mathbb{E}_{\pi_\theta(y \mid x)} \left[",
}


@pytest.mark.parametrize(("number", "begins"), PROMISED.items(), ids=list(PROMISED))
def test_every_numbered_formula_of_the_paper_is_in_the_file(
    number: str, begins: str
) -> None:
    (block,) = (b for b in BLOCKS if b.startswith(f"{TITLE}DPO, {number}:"))
    assert block.split("\n")[1].startswith(TEX + begins)


def test_the_file_has_as_many_formulas_as_it_promises() -> None:
    assert len({block.split("\n")[0] for block in BLOCKS}) == len(BLOCKS) >= 60


if __name__ == "__main__":
    FILE.write_text("\n\n\n".join(map(written, BLOCKS)) + "\n", "utf-8")
