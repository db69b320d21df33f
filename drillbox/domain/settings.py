"""What a learner may set."""

from typing import Literal

from pydantic import Field

from drillbox.domain.card import Strict, Text


class Settings(Strict):
    """settings.yaml. minutes: of a day, instead of the drop's. editor: the command for
    exercises, instead of $EDITOR. plain: always line by line. spoken: so, too, and
    formulas in words, for a screen reader. mouse: false leaves it to the terminal."""

    minutes: int | None = Field(default=None, ge=1, le=60)
    theme: Literal["light", "dark"] = "dark"
    editor: Text | None = None
    plain: bool = False
    spoken: bool = False
    mouse: bool = True
