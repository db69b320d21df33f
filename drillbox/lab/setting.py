"""`--set key=value`, read with a sentence for whatever cannot be."""

import difflib
import math
from collections.abc import Iterable

from drillbox.lab.general import Run, Setting, Value
from drillbox.lab.run import LabError
from drillbox.words import _


def chosen(run: Run, wishes: Iterable[str]) -> dict[str, Value]:
    """Every setting of a run with its value; the last wish for a key counts.

    wishes: texts such as "beta=0.3". Raises LabError.
    """
    known = {setting.key: setting for setting in run.settings}
    values = {key: setting.default for key, setting in known.items()}
    for wish in wishes:
        key, equals, text = (part.strip() for part in wish.partition("="))
        if not equals:
            none = _("--set {wish} has no =; write --set key=value")
            raise LabError(none.format(wish=repr(wish)))
        if key not in known:
            raise LabError(_unknown(run, key))
        values[key] = _value(known[key], text)
    return values


def _unknown(run: Run, key: str) -> str:
    known = [setting.key for setting in run.settings]
    near = difflib.get_close_matches(key, known, 1, 0.4)
    said = _("{run} has no setting {key}; it has {names}")
    if near:
        said = _("{run} has no setting {key}; did you mean {near}? it has {names}")
    names, close = ", ".join(known), near[0] if near else ""
    return said.format(run=run.id, key=repr(key), near=close, names=names)


def _value(setting: Setting, text: str) -> Value:
    if isinstance(setting.default, str):
        return text
    whole = isinstance(setting.default, int)
    try:
        value = type(setting.default)(text)
    except ValueError:
        said = _("{key} is {text}; write a number, such as {example}")
        if whole:
            said = _("{key} is {text}; write a whole number, such as {example}")
        such = f"{setting.default:g}"
        raise LabError(
            said.format(key=setting.key, text=repr(text), example=such)
        ) from None
    if not (math.isfinite(value) and setting.least <= value <= setting.most):
        raise LabError(_out_of_bounds(setting, text, whole))
    return value


def _out_of_bounds(setting: Setting, text: str, whole: bool) -> str:
    said = _("{key} is {text}; write a number from {least} to {most}")
    if whole:
        said = _("{key} is {text}; write a whole number from {least} to {most}")
    least, most = f"{setting.least:g}", f"{setting.most:g}"
    return said.format(key=setting.key, text=text, least=least, most=most)
