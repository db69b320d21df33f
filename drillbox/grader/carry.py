"""A function as text that stands alone: its source, and what it needs around it.

Follows the names that the function, its closure and the functions it calls use, and
writes down imports, constants, functions and classes. What is neither cannot be
carried is named.
"""

import ast
import builtins
import inspect
import math
import sys
import textwrap
from collections.abc import Iterator, Mapping
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from drillbox.words import _

_MODULES = frozenset({"numpy", "torch", "math"}) | sys.stdlib_module_names
_SCALARS = (type(None), bool, int, float, complex, str, bytes)
_CONTAINERS = (tuple, list, set, frozenset)
_MOST = 100_000  # characters of a constant
_FUTURE = "from __future__ import annotations"
_IMPORT = "import {} as {}"
_FROM = "from {} import {} as {}"
_FROM_BUILTINS = "from builtins import {}"


class CannotCarry(Exception):
    """Something the function names cannot be written down. name: which."""

    def __init__(self, name: str, reason: str) -> None:
        said = _("{name} cannot be carried ({why})")
        super().__init__(said.format(name=name, why=reason))
        self.name = name


def carry(function: Any, name: str) -> str:
    """A source that defines `name` to be this function. Raises CannotCarry."""
    if not isinstance(function, FunctionType):
        raise CannotCarry(_("the function"), _called(function))
    carried = _Carried()
    local = carried.function(function)
    parts = [*carried.future, *carried.parts]
    if local != name:
        parts.append(f"{name} = {local}")
    return "\n\n".join(parts) + "\n"


class _Carried:
    """Definitions in the order they are needed; one value for each name."""

    def __init__(self) -> None:
        self.future: list[str] = []
        self.parts: list[str] = []
        self.known: dict[str, Any] = {}

    def function(self, function: FunctionType) -> str:
        """Add a function and what it needs; the name it is defined under."""
        name = function.__name__
        if not self._new(name, function):
            return name
        source, tree = _source(function)
        if function.__code__.co_flags & 0x1000000:
            self.future = [_FUTURE]
        self._names(tree, {**function.__globals__, **_closure(function)})
        self.parts.append(source)
        return name

    def _class(self, kind: type) -> None:
        source, tree = _source(kind)
        module = sys.modules.get(kind.__module__)
        self._names(tree, getattr(module, "__dict__", {}))
        self.parts.append(source)

    def _new(self, name: str, value: Any) -> bool:
        """Whether this name is still to be written down."""
        if name not in self.known:
            self.known[name] = value
            return True
        if self.known[name] is not value:
            raise CannotCarry(name, _("two things have this name"))
        return False

    def _names(self, tree: ast.AST, around: Mapping[str, Any]) -> None:
        for name in dict.fromkeys(_used(tree)):
            if name in around:
                self._value(name, around[name])

    def _value(self, name: str, value: Any) -> None:
        if isinstance(value, FunctionType) and not _importable(value):
            local = self.function(value)
            if local != name and self._new(name, value):
                self.parts.append(f"{name} = {local}")
        elif self._new(name, value):
            self._add(name, value)

    def _add(self, name: str, value: Any) -> None:
        line = _imported(name, value) or _constant(name, value)
        if line is not None:
            self.parts.append(line)
        elif isinstance(value, type) and value.__name__ == name:
            self._class(value)
        else:
            raise CannotCarry(name, _called(value))


def _called(value: Any) -> str:
    if isinstance(value, ModuleType):
        return _("it is a module that is not there when code is graded")
    said = _("it is a {kind}, neither code nor a plain constant")
    return said.format(kind=type(value).__name__)


def _source(definition: Any) -> tuple[str, ast.AST]:
    name = definition.__name__
    if name == "<lambda>":
        raise CannotCarry(name, _("it is a lambda; write it with def"))
    try:
        source = textwrap.dedent(inspect.getsource(definition)).rstrip()
        tree = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        raise CannotCarry(name, _("its source cannot be read")) from None
    if getattr(tree, "name", None) != name:
        raise CannotCarry(name, _("its source is no definition of its own"))
    if isinstance(definition, FunctionType) and _stale(definition, source):
        raise CannotCarry(name, _("its source has changed since it was defined"))
    return source, tree


def _stale(function: FunctionType, source: str) -> bool:
    """Whether the text found names or holds what the running code does not.

    Bytecode is not compared: it depends on what stands around the definition.
    """
    own = function.__code__
    module = compile(source, "<carried>", "exec")
    for made in module.co_consts:
        if isinstance(made, CodeType) and made.co_name == function.__name__:
            known = {
                *own.co_names,
                *own.co_freevars,
                *own.co_cellvars,
                *own.co_varnames,
            }
            names = {*made.co_names, *made.co_varnames, *made.co_cellvars}
            return not (names <= known and _plain_consts(made) <= _plain_consts(own))
    return False


def _plain_consts(code: CodeType) -> set[str]:
    return {repr(one) for one in code.co_consts if not isinstance(one, CodeType)}


def _closure(function: FunctionType) -> dict[str, Any]:
    found: dict[str, Any] = {}
    cells = function.__closure__ or ()
    for name, cell in zip(function.__code__.co_freevars, cells, strict=True):
        try:
            found[name] = cell.cell_contents
        except ValueError:
            raise CannotCarry(name, _("it has no value yet")) from None
    return found


def _used(tree: ast.AST) -> Iterator[str]:
    """Names that are read, but those of builtins that nobody shadows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id


def _importable(value: Any) -> bool:
    """Whether a sandboxed process can import it from where it says it lives."""
    module, name = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if not isinstance(module, str) or not isinstance(name, str):
        return False
    if module.partition(".")[0] not in _MODULES or module == "__main__":
        return False
    return getattr(sys.modules.get(module), name, None) is value


def _imported(name: str, value: Any) -> str | None:
    """An import that gives this value this name, or None."""
    if isinstance(value, ModuleType):
        known = value.__name__.partition(".")[0] in _MODULES
        return _IMPORT.format(value.__name__, name) if known else None
    if getattr(builtins, name, None) is value:
        return _FROM_BUILTINS.format(name)
    kinds = (FunctionType, BuiltinFunctionType, type)
    if isinstance(value, kinds) and _importable(value):
        return _FROM.format(value.__module__, value.__name__, name)
    for module in ("torch", "numpy"):  # torch.float64, torch.sigmoid, numpy.pi …
        home = sys.modules.get(module)
        for public in (getattr(value, "__name__", ""), str(value)[:80]):
            short = public.rpartition(".")[2]
            if short.isidentifier() and getattr(home, short, None) is value:
                return _FROM.format(module, short, name)
    return None


def _constant(name: str, value: Any) -> str | None:
    """An assignment of a number, a text or a container of them, or None."""
    if not _plain(value):
        return None
    text = _written(value)
    if len(text) > _MOST:
        raise CannotCarry(name, _("it is too large"))
    return f"{name} = {text}"


def _plain(value: Any) -> bool:
    """Whether it can be written down exactly. Only exact types: a subclass is more."""
    if type(value) is dict:
        return all(_plain(k) and _plain(v) for k, v in value.items())
    if type(value) in _CONTAINERS:
        return all(map(_plain, value))
    return type(value) in _SCALARS


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
