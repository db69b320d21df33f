"""A function as a text that stands on its own: with what its globals and closure name.

Carried along: imports, constants, and functions and classes whose source can be read,
and what those name in turn. What cannot be carried is named.
"""

import ast
import builtins
import inspect
import math
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

_CONTAINERS = (tuple, list, set, frozenset)
_CONSTANTS = (bool, int, float, complex, str, bytes, type(None))


class CannotCarry(Exception):
    """Something the function names cannot be written down. name: which."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be carried ({reason})")
        self.name = name


def carry(function: Callable[..., Any], name: str) -> str:
    """The source of a module in which `name` is `function`. Raises CannotCarry."""
    bag = _Bag()
    bag.take(function.__name__, function)
    alias = "" if function.__name__ == name else f"\n{name} = {function.__name__}\n"
    return "\n".join([*bag.imports, *bag.parts]) + alias


@dataclass
class _Bag:
    imports: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    taken: dict[str, object] = field(default_factory=dict)

    def take(self, name: str, value: object) -> None:
        """Carry `value` under `name`; what it names comes before it."""
        if name in self.taken:
            if self.taken[name] is not value:
                raise CannotCarry(name, "two things have this name")
            return
        self.taken[name] = value
        if isinstance(value, ModuleType):
            self.imports.append(f"import {value.__name__} as {name}")
        elif isinstance(value, FunctionType | type) and _is_own(value):
            self.take_source(name, value)
        elif (line := _import_of(name, value)) is not None:
            self.imports.append(line)
        else:
            self.parts.append(f"{name} = {_constant(name, value)}")

    def take_source(self, name: str, value: FunctionType | type) -> None:
        source = _source(name, value)
        known = _scope(value)
        for wanted in _names(source):
            if wanted != value.__name__ and wanted in known:
                self.take(wanted, known[wanted])
        self.parts.append(source)
        if name != value.__name__:
            self.parts.append(f"{name} = {value.__name__}")


def _is_own(value: FunctionType | type) -> bool:
    """Defined by the caller, not by an installed package that can be imported."""
    module = inspect.getmodule(value)
    if module is None or module.__name__ == "__main__":
        return True
    file = getattr(module, "__file__", None) or ""
    return bool(file) and "site-packages" not in file and not _standard(module)


def _standard(module: ModuleType) -> bool:
    import sys

    return module.__name__.split(".")[0] in sys.stdlib_module_names


def _source(name: str, value: FunctionType | type) -> str:
    if getattr(value, "__name__", "") == "<lambda>":
        raise CannotCarry(name, "it is a lambda; write it with def")
    try:
        return textwrap.dedent(inspect.getsource(value))
    except (OSError, TypeError):
        raise CannotCarry(name, "its source cannot be read") from None


def _scope(value: FunctionType | type) -> Mapping[str, object]:
    """What the names in a function or class may mean, closures first."""
    if isinstance(value, type):
        module = inspect.getmodule(value)
        return vars(module) if module is not None else {}
    cells = zip(value.__code__.co_freevars, value.__closure__ or (), strict=False)
    closed = {name: cell.cell_contents for name, cell in cells}
    return {**value.__globals__, **closed}


def _names(source: str) -> list[str]:
    """Every name that is read in a source and is no builtin, in a fixed order."""
    found = {
        node.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return sorted(name for name in found if not hasattr(builtins, name))


def _import_of(name: str, value: object) -> str | None:
    """How an installed package's function, class or object is imported by name."""
    module = getattr(value, "__module__", None)
    own = getattr(value, "__name__", None)
    if (
        not isinstance(module, str)
        or not isinstance(own, str)
        or not own.isidentifier()
    ):
        return None
    return f"from {module} import {own} as {name}" if module != "__main__" else None


def _constant(name: str, value: object) -> str:
    if not _is_constant(value):
        kind = type(value).__name__
        raise CannotCarry(name, f"it is a {kind}, neither code nor a plain constant")
    return _written(value)


def _is_constant(value: object) -> bool:
    if type(value) is dict:
        return all(_is_constant(k) and _is_constant(v) for k, v in value.items())
    if type(value) in _CONTAINERS:
        return all(map(_is_constant, value))  # type: ignore[call-overload]
    return type(value) in _CONSTANTS


def _written(value: Any) -> str:
    """As `repr`, but `inf` and `nan` are no names in Python."""
    if type(value) is float and not math.isfinite(value):
        return f"float({str(value)!r})"
    if type(value) is dict:
        pairs = (f"{_written(k)}: {_written(v)}" for k, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    if type(value) in _CONTAINERS:
        return f"{type(value).__name__}([{', '.join(map(_written, value))}])"
    return repr(value)
