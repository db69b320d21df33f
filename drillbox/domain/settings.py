"""What a learner may set."""

from typing import Annotated, Literal

from pydantic import Field

from drillbox.domain.card import Strict, Text

LANGUAGE = r"^[A-Za-z]{2,3}(_[A-Za-z]+)?(@[a-z]+)?$"


class Settings(Strict):
    """settings.yaml. minutes: of a day, instead of the drop's. editor: the command for
    exercises, instead of $EDITOR. plain: always line by line. spoken: so, too, and
    formulas in words, for a screen reader. mouse: false leaves it to the terminal.
    characters: ascii draws without signs that a font may lack; None: as TERM says.
    language: de or pt_BR, instead of the environment's; read by words.py at the start,
    in a line of its own."""

    minutes: int | None = Field(default=None, ge=1, le=60)
    theme: Literal["light", "dark"] = "dark"
    editor: Text | None = None
    plain: bool = False
    spoken: bool = False
    mouse: bool = True
    characters: Literal["ascii", "unicode"] | None = None
    language: Annotated[str, Field(pattern=LANGUAGE)] | None = None
