"""Opening a file in the learner's editor, which has the terminal meanwhile."""

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from textual.app import App, SuspendNotSupported

from drillbox.errors import DrillboxError
from drillbox.words import N_, _

HOW = N_(  # shown through `_`
    "set EDITOR, or `editor:` in settings.yaml, or open the file in another window"
)


class EditorError(DrillboxError):
    """The editor cannot be opened; one sentence with the way out."""


def is_set(chosen: str | None) -> bool:
    """Is there an editor: in the settings, in $VISUAL, in $EDITOR?"""
    return bool(_wanted(chosen).strip())


def _wanted(chosen: str | None) -> str:
    return chosen or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def command(chosen: str | None) -> list[str]:
    """The editor's command: the settings', else $VISUAL, else $EDITOR. EditorError."""
    text = _wanted(chosen)
    try:
        words = shlex.split(text)
    except ValueError as error:
        none = _("the editor {text} is no command ({error}); {how}")
        said = none.format(text=repr(text), error=error, how=_(HOW))
        raise EditorError(said) from None
    return words


def edit(app: App[str], path: str, chosen: str | None) -> None:
    """Open `path` and wait until the editor ends. EditorError says why it cannot be."""
    words = command(chosen)
    try:
        with app.suspend(), _deaf_to_ctrl_c():
            done = subprocess.run([*words, path], check=False)
    except SuspendNotSupported:
        kept = _("this terminal cannot be handed over: {how}")
        raise EditorError(kept.format(how=_(HOW))) from None
    except OSError as error:
        dead = _("{editor} cannot be started ({why}): {how}")
        why = error.strerror or error
        said = dead.format(editor=words[0], why=why, how=_(HOW))
        raise EditorError(said) from None
    if done.returncode:
        ended = _("{editor} ended with {code}; {path} is as it was")
        code = done.returncode
        raise EditorError(ended.format(editor=words[0], code=code, path=path))


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Ctrl+C in the editor is the editor's; it must not end drillbox, nor the editor.

    A handler that does nothing, not SIG_IGN: the editor would inherit that.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
