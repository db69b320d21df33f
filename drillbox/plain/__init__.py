"""The session without a screen: lines out, lines in. No boxes, no colour, no redraw."""

from drillbox.plain.loop import run

__all__ = ["run"]
