"""The program's sentences in the learner's language; English as written without one.

    _("Nothing is due.")                            a sentence
    _("The drop {n} waits.").format(n=3)            with a part that changes
    ngettext("{n} card", "{n} cards", n).format(n=n)    one that counts
    N_("wrong")                                     marked only: `_` where it is shown

Standard library only: `drillbox due` comes through here. It takes 0.2 ms; where there
is a catalogue, `gettext` reads it in 8 ms. `make words` collects what is marked in
drillbox/locale/drillbox.pot; CONTRIBUTING.md says how to translate it.
"""

import os
import sys

from drillbox import places

TYPE_CHECKING = False  # type checkers take it for true
if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "drillbox"
_ASKED = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts
_AS_WRITTEN = ("en", "C", "POSIX")

_catalogue: "NullTranslations | None" = None
_usable: dict[tuple[str, str, str | None], bool] = {}


def _(text: str) -> str:
    """This sentence in the learner's language."""
    if _catalogue is None or not text:  # gettext has its own header under ""
        return text
    found = _catalogue.gettext(text)
    return found if found is text or _fits(found, text) else text


def ngettext(one: str, many: str, n: int) -> str:
    """The form that goes with the number `n`, English: `one` for 1, else `many`."""
    english = one if n == 1 else many
    if _catalogue is None:
        return english
    found = _catalogue.ngettext(one, many, n)
    return found if found is english or _fits(found, one, many) else english


def N_(text: str) -> str:
    """Mark a sentence that stands where no language is chosen yet; `_` translates it
    where it is shown."""
    return text


def choose() -> None:
    """Take the catalogue of the learner's language, once, when the program starts.

    The learner's own catalogue, in places.catalogues(), comes before the shipped one. A
    catalogue that cannot be read is said on stderr and leaves English.
    """
    for language in _languages():
        for name in _forms(language):
            for folder in (places.catalogues(), places.shipped_catalogues()):
                path = os.path.join(folder, name, "LC_MESSAGES", f"{DOMAIN}.mo")
                if os.path.isfile(path):
                    return _take(folder, name, path)
        if language.partition("_")[0].partition(".")[0] in _AS_WRITTEN:
            return None
    return None


def _take(folder: str, name: str, path: str) -> None:
    """From here on sentences are those of the catalogue at `path`."""
    import gettext

    global _catalogue
    try:
        _catalogue = gettext.translation(DOMAIN, folder, [name])
    except Exception as error:  # what a damaged file raises is not documented
        why = f"{path}: is no catalogue of sentences ({error}); English holds"
        print(f"drillbox: {why}", file=sys.stderr)
        return
    # Click asks for its own sentences in this way, which knows the environment alone.
    gettext.bindtextdomain(DOMAIN, folder)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = name


def language() -> str:
    """The one that is spoken, as HTML names it: de-AT."""
    if _catalogue is None:
        return "en"
    return _catalogue.info().get("language", "en").replace("_", "-")


# -- which language


def _languages() -> list[str]:
    """What the settings say, else the environment; the most wanted first."""
    said = in_settings(places.settings())
    found = (os.environ.get(name) for name in _ASKED)
    asked = said or next((value for value in found if value), "")
    return [each for each in asked.split(":") if each and os.sep not in each]


def in_settings(path: str) -> str:
    """The language in the settings file at `path`, "" if there is none.

    A line of its own is read by hand: YAML would cost `drillbox due` 20 ms. What is
    wrong with the file is said by library/settings.py.
    """
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [line for line in file if line.startswith("language:")]
    except OSError:
        return ""
    value = lines[0].removeprefix("language:").partition(" #")[0] if lines else ""
    return value.strip().strip("\"'")


def _forms(language: str) -> list[str]:
    """The names a catalogue of this language may have: de_AT, de; with @ too."""
    whole, at, variant = language.partition("@")
    name = whole.partition(".")[0]
    names = [name, name.partition("_")[0]]
    return [f"{each}{at}{variant}" for each in names] + (names if at else [])


# -- what a translation must keep


def _fits(found: str, one: str, many: str | None = None) -> bool:
    """Can a translation stand for its English? One that cannot stays English here, and
    `make words` refuses it."""
    key = (found, one, many)
    if key not in _usable:
        _usable[key] = not misfit(found, one, many)
    return _usable[key]


def misfit(found: str, one: str, many: str | None = None) -> str:
    """What is wrong with the {fields} of a translation, "" if they are right.

    A form of a sentence that counts may leave out {n} (“a card”), and what one of the
    English forms leaves out.
    """
    try:
        may = must = _fields(one)
        if many is not None:
            may, must = may | _fields(many), (must & _fields(many)) - {"n"}
    except ValueError:  # the English is no format: an example with a brace
        return ""
    try:
        has = _fields(found)
    except ValueError as error:
        return f"its braces cannot be read ({error})"
    extra = [f"has {{{name}}}, which the English has not" for name in has - may]
    lacking = [f"lacks {{{name}}}" for name in must - has]
    return ", ".join(sorted(extra) + sorted(lacking))


def _fields(text: str) -> set[str]:
    """The {fields} of a format, with what stands behind their names. ValueError."""
    from string import Formatter

    found = set()
    for _text, name, spec, how in Formatter().parse(text):
        if name is not None:
            found.add(f"{name}{f'!{how}' if how else ''}{f':{spec}' if spec else ''}")
    return found
