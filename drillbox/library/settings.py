"""Reading the learner's settings."""

from pydantic import ValidationError

from drillbox.domain.settings import Settings
from drillbox.errors import ContentError
from drillbox.library import yaml12
from drillbox.library.sheet import bytes_of
from drillbox.library.wording import problems_of
from drillbox.words import _, ngettext


def read_settings(path: str) -> Settings:
    """The settings in the file at `path`; the defaults if there is none.

    Raises ContentError for a file that cannot be used, with every reason.
    """
    try:
        raw = bytes_of(path)[0]
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        reason = error.strerror or error
        said = _("{path}: cannot be read ({why})")
        raise ContentError(said.format(path=path, why=reason)) from None
    document = yaml12.read(raw, path)
    if document.empty:
        return Settings()
    problems = list(document.problems)
    if not problems:
        try:
            return Settings.model_validate(document.value)
        except ValidationError as error:
            problems += problems_of(error, Settings, document)
    n = len(problems)
    unusable = ngettext(
        "the settings cannot be used: {n} problem",
        "the settings cannot be used: {n} problems",
        n,
    )
    raise ContentError(unusable.format(n=n), tuple(sorted(problems)))
