"""What a comparison found: one line each, and whether it is within its bound."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison: what, the largest difference, how large it may be."""

    what: str
    difference: float
    bound: float

    @property
    def holds(self) -> bool:
        """Within the bound; NaN is not."""
        return self.difference <= self.bound

    def __str__(self) -> str:
        mark = "ok" if self.holds else "DIFFERS"
        return f"{self.what:<58} {self.difference:9.1e}  ≤ {self.bound:.0e}  {mark}"


def compared(
    what: str, ours: Iterable[Tensor], theirs: Iterable[Tensor], bound: float
) -> Row:
    """The largest absolute difference of two lists of tensors of the same shapes."""
    worst = [_apart(a, b) for a, b in zip(ours, theirs, strict=True)]
    return Row(what, max(worst), bound)


def _apart(ours: Tensor, theirs: Tensor) -> float:
    if ours.shape != theirs.shape:
        return float("inf")
    gap = (ours.double() - theirs.double()).abs()
    return torch.nan_to_num(gap, nan=torch.inf).max().item()


def told(rows: Iterator[Row]) -> Iterator[Row]:
    """The same rows, printed as they come."""
    for row in rows:
        print(row, flush=True)
        yield row
