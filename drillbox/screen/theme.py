"""Two themes, light and dark, that paint their own background.

Every foreground stands at 4.5 : 1 or better on its background (tests/screen proves it);
right and wrong are told by words and signs, never by colour alone.
"""

from textual.theme import Theme

DARK = Theme(
    name="drillbox-dark",
    primary="#8ab4f8",
    secondary="#a5b4c8",
    accent="#e0b060",
    foreground="#e4e6ea",
    background="#14171c",
    surface="#14171c",
    panel="#1f242c",
    success="#7fcf9a",
    warning="#e0b060",
    error="#f28b82",
    dark=True,
    variables={"footer-key-foreground": "#e0b060", "block-cursor-text-style": "bold"},
)

LIGHT = Theme(
    name="drillbox-light",
    primary="#1d4f91",
    secondary="#4a5568",
    accent="#8a5200",
    foreground="#1c2026",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#eeece6",
    success="#1b6b3a",
    warning="#8a5200",
    error="#a32020",
    dark=False,
    variables={"footer-key-foreground": "#8a5200", "block-cursor-text-style": "bold"},
)

THEMES = (DARK, LIGHT)
