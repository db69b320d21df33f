"""The misconceptions that a card's wrong answers are known by."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from drillbox.library.marks import Path


def names(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every misconception that is named in a card, with its path."""
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            inner = getattr(value, field)
            if field == "misconception" and inner is not None:
                yield (*path, field), inner
            elif field == "misconceptions":
                yield from [
                    ((*path, field, move), name) for move, name in inner.items()
                ]
            else:
                yield from names(inner, (*path, field))
    elif isinstance(value, dict | tuple):
        keys = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in keys:
            yield from names(inner, (*path, key))
