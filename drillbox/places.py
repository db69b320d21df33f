"""Every directory drillbox reads or writes, and nobody else decides one.

Standard library only and plain strings: `drillbox due` comes through here, and
`pathlib` alone would cost it 6 ms. Nothing here makes a directory; who writes, makes.
"""

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def home() -> str:
    """The learner's directory: DRILLBOX_HOME, else the platform's place for data."""
    chosen = os.environ.get("DRILLBOX_HOME")
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))
    return os.path.join(_data_directory(), "drillbox")


def _data_directory() -> str:
    xdg = os.environ.get("XDG_DATA_HOME")
    if xdg and os.path.isabs(xdg):  # macOS users who set it mean it
        return xdg
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support")
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    return os.path.expanduser("~/.local/share")


def database(base: str | None = None) -> str:
    """The record of answers (SQLite, WAL), in `base`, else in home()."""
    return os.path.join(base or home(), "history.db")


def journal(base: str | None = None) -> str:
    """The second copy of every event, one JSON line each."""
    return os.path.join(base or home(), "journal.jsonl")


def backups(base: str | None = None) -> str:
    """One checked copy of the database for each study day."""
    return os.path.join(base or home(), "backups")


def cache() -> str:
    """The parsed courses; may be deleted at any time."""
    return os.path.join(home(), "cache.db")


def settings() -> str:
    """What the learner set, in YAML."""
    return os.path.join(home(), "settings.yaml")


def chosen_theme() -> str:
    """Light or dark by a key, where the settings are the learner's own."""
    return os.path.join(home(), "theme")


def catalogues() -> str:
    """The learner's own translations: de/LC_MESSAGES/drillbox.mo."""
    return os.path.join(home(), "locale")


def shipped_catalogues() -> str:
    """The translations that come with drillbox, in the same way."""
    return os.path.join(_HERE, "locale")


def chosen_course() -> str:
    """The course that was chosen last in the library, if it is not the shipped one."""
    return os.path.join(home(), "course")


def courses() -> str:
    """Courses added with `drillbox add`, one directory each."""
    return os.path.join(home(), "courses")


def work() -> str:
    """Where `drillbox exercise start` puts the learner's own files."""
    return os.path.join(home(), "exercises")


def shipped() -> str:
    """The directory that holds the shipped `content/` and `exercises/`.

    In a wheel they lie in the package; in a checkout beside it.
    """
    packaged = os.path.join(_HERE, "shipped")
    return packaged if os.path.isdir(packaged) else os.path.dirname(_HERE)


def shipped_course() -> str:
    """The directory of the course that comes with drillbox."""
    return os.path.join(shipped(), "content", "dpo")


def shipped_exercises() -> str:
    """The directory of the exercises that come with drillbox."""
    return os.path.join(shipped(), "exercises")


def short(path: str) -> str:
    """A path as a shell takes it, from `~` where it lies in the user's directory."""
    above = os.path.expanduser("~") + os.sep
    return f"~/{path.removeprefix(above)}" if path.startswith(above) else path
