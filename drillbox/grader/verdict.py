"""Is what came back right? Judged here, in numpy, on arrays alone.

In order: it is there, of the exact shape and dtype, finite, close; then the gradients;
then the arguments are what they were; then a second call gave the same bits. The first
that is wrong is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from drillbox.words import N_, _, ngettext
from drillbox.workers.frame import Array

Output = Array | Mapping[str, Any]
Outputs = Mapping[str, Output]

ARGUMENT = "argument "
GRADIENT = "gradient by "
AGAIN = "again "
LOSS = "loss of step "
AFTER = "after step "  # 3: policy.bias
RAISES = "raises"
_CALLED = {  # how a name begins; the words for it, with the rest of the name
    GRADIENT: N_("gradient by {name}"),
    LOSS: N_("loss of step {name}"),
    AFTER: N_("after step {name}"),
    "optimizer steps in call ": N_("optimizer steps in call {name}"),
    "gradients on the reference": N_("gradients on the reference"),
}
_ALL_DIGITS = 17  # of a float64


@dataclass(frozen=True)
class Expected:
    """One output as the reference has it.

    value: in float64, whole numbers, or a fact about what is no array. dtype: that it
    must have. tolerance: absolute, for each entry, where the problem says how exact
    float32 can be; None: the rule of the exercise.
    """

    name: str
    value: Output
    dtype: str
    tolerance: Array | None = None


@dataclass(frozen=True)
class Rules:
    """How an exercise is judged. kinds: result → what it must be, in words. mutates:
    arguments that may change. repeatable: a second call must give equal bits."""

    kinds: Mapping[str, str]
    by: Literal["close", "equal", "residual"] = "close"
    relative: float = 1e-7
    absolute: float = 1e-12
    mutates: Sequence[str] = ()
    repeatable: bool = False


@dataclass(frozen=True)
class Finding:
    """Why a case failed. infinite: something was not finite. of: the name of the output
    that is wrong, "" for a thing about all of them."""

    message: str
    infinite: bool = False
    of: str = ""


def judge(
    expected: Sequence[Expected], outputs: Outputs, rules: Rules
) -> Finding | None:
    """The first thing that is wrong, or None."""
    for one in expected:
        if one.name not in outputs:
            return Finding(_absent(one, outputs), of=one.name)
        found = _judge(one, outputs[one.name], rules)
        if found:
            return replace(found, of=one.name)
    found = _again(expected, outputs) if rules.repeatable else None
    if found:
        return found
    if len(outputs) != len(expected) * (2 if rules.repeatable else 1):
        return Finding(_("something came back that was not asked for"))
    return None


def _absent(one: Expected, outputs: Outputs) -> str:
    if one.name == RAISES:
        wanted = _("returned a value, expected a {error}")
        return wanted.format(error=_fact(one.value))
    if RAISES in outputs:
        raised = _("raised a {error}, expected a result")
        return raised.format(error=_fact(outputs[RAISES]))
    return _("the {name} is missing").format(name=called(one.name))


def _judge(one: Expected, output: Output, rules: Rules) -> Finding | None:
    if one.name.startswith(ARGUMENT):
        name = one.name.removeprefix(ARGUMENT)
        if name not in rules.mutates:
            return _unchanged(one, output)
    if isinstance(one.value, Mapping) or isinstance(output, Mapping):
        return _judge_fact(one, output, rules)
    if output.shape != one.value.shape:
        return Finding(_shapes(one, output.shape))
    if not _same_dtype(one.dtype, output.dtype.name):
        return Finding(_dtypes(one, output.dtype.name))
    if not np.isfinite(output).all():
        return Finding(_differs(one, output, ~np.isfinite(output)), infinite=True)
    wrong = ~close(one, output, rules)
    return Finding(_differs(one, output, wrong)) if wrong.any() else None


def close(one: Expected, output: Array, rules: Rules) -> Array:
    """Where `output` is within the tolerance; of the same shape."""
    value = one.value
    assert not isinstance(value, Mapping)
    if rules.by == "residual" and one.name in rules.kinds:
        return np.ones(value.shape, bool)  # judged by what it solves
    if value.dtype.kind != "f" or rules.by == "equal":
        return np.asarray(output == value)
    exact = value.astype(np.float64)
    allowed = one.tolerance
    if allowed is None:
        allowed = rules.absolute + rules.relative * np.abs(exact)
    return np.asarray(np.abs(output.astype(np.float64) - exact) <= allowed)


def _same_dtype(wanted: str, got: str) -> bool:
    """Whole numbers may be of any signed size."""
    if wanted.startswith("int"):
        return got.startswith("int")
    return wanted == got


def _again(expected: Sequence[Expected], outputs: Outputs) -> Finding | None:
    """Equal bits from two calls with equal arguments."""
    for one in expected:
        first, second = outputs[one.name], outputs.get(AGAIN + one.name)
        if not _same_bits(first, second):
            another = _(
                "a second call with the same arguments gave another {name}; keep "
                "nothing between calls and leave chance out"
            )
            return Finding(another.format(name=called(one.name)), of=one.name)
    return None


def _same_bits(one: Output, other: Output | None) -> bool:
    if other is None or isinstance(one, Mapping) or isinstance(other, Mapping):
        return isinstance(one, Mapping) and one == other
    return (one.dtype, one.shape, one.tobytes()) == (
        other.dtype,
        other.shape,
        other.tobytes(),
    )


def _judge_fact(one: Expected, output: Output, rules: Rules) -> Finding | None:
    """One of the two is no array."""
    if not isinstance(one.value, Mapping) and isinstance(output, Mapping):
        return Finding(_unlike(one, output, rules))
    if isinstance(output, Mapping) and one.value == output:
        return None
    got = _fact(output) if isinstance(output, Mapping) else number(output.ravel()[:1])
    return Finding(_named(one.name, got, _fact(one.value)))


def _named(name: str, got: str, wanted: str) -> str:
    said = _("{name}: {got}, expected {wanted}")
    return said.format(name=called(name), got=got, wanted=wanted)


def called(name: str) -> str:
    """What a result, a gradient or what a step gives is called when it is spoken of."""
    for beginning, said in _CALLED.items():
        if name.startswith(beginning):
            return _(said).format(name=name.removeprefix(beginning))
    return name


def _fact(value: Output) -> str:
    """None, no gradient, the name of an exception, or a text."""
    assert isinstance(value, Mapping)
    if "grad" in value:
        return _("no gradient")
    if "type" in value:
        return _kind(value)
    return _words(next(iter(value.values()), ""))


def _kind(value: Mapping[str, Any]) -> str:
    """A type in words: a float, a tuple of 3, None."""
    name = _words(value.get("type"))
    if name == "None":
        return name
    if "of" in value:
        return _("a {kind} of {n}").format(kind=name, n=_words(value["of"]))
    return _("a {kind}").format(kind=name)


def _unlike(one: Expected, output: Mapping[str, Any], rules: Rules) -> str:
    """It came back as something that is no array."""
    if "grad" in output:
        argument = one.name.removeprefix(GRADIENT)
        return _(
            "no gradient reaches {argument}: on the way something was detached "
            "(.detach(), .item(), torch.no_grad() or numpy)"
        ).format(argument=argument)
    returned = _("returned {got}, expected {wanted}")
    if "dtype" in output:
        return _dtypes(one, str(output["dtype"])[:40])
    got = _kind(output)
    if "parts" in output:
        return returned.format(got=got, wanted=_whole(rules))
    kind = rules.kinds.get(one.name, _("an array"))
    if len(rules.kinds) > 1:
        return _named(one.name, got, kind)
    return returned.format(got=got, wanted=kind)


def _whole(rules: Rules) -> str:
    n = len(rules.kinds)
    said = ngettext("{n} results: {names}", "{n} results: {names}", n)
    return said.format(n=n, names=", ".join(rules.kinds))


def _words(value: Any) -> str:
    return str(value)[:80]


def _shapes(one: Expected, got: tuple[int, ...]) -> str:
    assert not isinstance(one.value, Mapping)
    said = _("{name}: shape {got}, expected {wanted}")
    wanted = _shape(one.value.shape)
    return said.format(name=called(one.name), got=_shape(got), wanted=wanted)


def _shape(shape: tuple[int, ...]) -> str:
    return "() (0-d)" if shape == () else str(shape)


def _dtypes(one: Expected, got: str) -> str:
    wanted = _("whole numbers") if one.dtype.startswith("int") else one.dtype
    said = _("{name}: dtype {got}, expected {wanted}")
    return said.format(name=called(one.name), got=got, wanted=wanted)


def _unchanged(one: Expected, output: Output) -> Finding | None:
    if isinstance(one.value, Mapping) or isinstance(output, Mapping):
        same = isinstance(one.value, Mapping) and one.value == output
    else:
        nan = one.value.dtype.kind == "f" and output.dtype.kind == "f"
        same = bool(np.array_equal(one.value, output, equal_nan=nan))
    if same:
        return None
    name = one.name.removeprefix(ARGUMENT)
    said = _("the argument {name} was changed; work on a copy")
    return Finding(said.format(name=name))


def _differs(one: Expected, output: Array, wrong: Array) -> str:
    """The first entry that is off, and how many are."""
    value = one.value
    assert not isinstance(value, Mapping)
    if value.ndim == 0:
        mine, right = apart(output, value)
        return _named(one.name, mine, right)
    place = tuple(int(k) for k in np.argwhere(wrong)[0])
    shown = ", ".join(str(k) for k in place)
    mine, right = apart(output[place], value[place])
    text = _named(f"{one.name}[{shown}]", mine, right)
    count = int(wrong.sum())
    if count == 1:
        return text
    said = _("{difference} ({count} of {n} entries differ)")
    return said.format(difference=text, count=count, n=wrong.size)


def number(value: Any, digits: int = 6) -> str:
    """A number as people compare it: six digits, and no −0."""
    item = np.asarray(value).item() if np.size(value) == 1 else value
    if isinstance(item, (bool, int)):
        return str(item)
    shown = f"{item:.{digits}g}"
    return "0" if shown == "-0" else shown


def apart(one: Any, other: Any) -> tuple[str, str]:
    """Two numbers, with as many digits as tell them apart; equal ones look equal."""
    for digits in range(6, _ALL_DIGITS + 1):
        shown = number(one, digits), number(other, digits)
        if shown[0] != shown[1]:
            break
    return shown
