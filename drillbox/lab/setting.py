"""`--set key=value`, read with a sentence for whatever cannot be."""

import difflib
import math
from collections.abc import Iterable

from drillbox.lab.general import Run, Setting, Value
from drillbox.lab.run import LabError


def chosen(run: Run, wishes: Iterable[str]) -> dict[str, Value]:
    """Every setting of a run with its value; the last wish for a key counts.

    wishes: texts such as "beta=0.3". Raises LabError.
    """
    known = {setting.key: setting for setting in run.settings}
    values = {key: setting.default for key, setting in known.items()}
    for wish in wishes:
        key, equals, text = (part.strip() for part in wish.partition("="))
        if not equals:
            raise LabError(f"--set {wish!r} has no =; write --set key=value")
        if key not in known:
            raise LabError(_unknown(run, key))
        values[key] = _value(known[key], text)
    return values


def _unknown(run: Run, key: str) -> str:
    known = [setting.key for setting in run.settings]
    near = difflib.get_close_matches(key, known, 1, 0.4)
    hint = f"; did you mean {near[0]}?" if near else ";"
    return f"{run.id} has no setting {key!r}{hint} it has {', '.join(known)}"


def _value(setting: Setting, text: str) -> Value:
    if isinstance(setting.default, str):
        return text
    kind = "a whole number" if isinstance(setting.default, int) else "a number"
    try:
        value = type(setting.default)(text)
    except ValueError:
        raise LabError(
            f"{setting.key} is {text!r}; write {kind}, such as {setting.default:g}"
        ) from None
    if not (math.isfinite(value) and setting.least <= value <= setting.most):
        raise LabError(f"{setting.key} is {text}; write {kind} {_bounds(setting)}")
    return value


def _bounds(setting: Setting) -> str:
    return f"from {setting.least:g} to {setting.most:g}"
