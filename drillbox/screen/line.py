"""A line to type in, which takes a paste whole and keeps what would garble it out."""

from textual import events
from textual.widgets import Input

from drillbox.words import _

MOST = 4_000  # characters of a paste; a line of a megabyte is painted for minutes
JOINERS = "\u200c\u200d"  # no sign of their own, but words are written with them


class TypedLine(Input):
    """Where a text is typed."""

    def on_paste(self, event: events.Paste) -> None:
        """Every line of it, as one; Textual would drop all but the first."""
        event.stop()
        event.prevent_default()
        text = on_one_line(event.text)
        if len(text) > MOST:
            said = _("Only the first {n} characters were pasted.")
            self.app.notify(
                said.format(n=f"{MOST:,}"), severity="warning", markup=False
            )
        self.replace(text[:MOST], *self.selection)


def on_one_line(text: str) -> str:
    """Blanks for line breaks, tabs and whatever no terminal shows as a character."""
    shown = (c if c.isprintable() or c in JOINERS else " " for c in text)
    return " ".join("".join(shown).split())
