"""Small changes of a program, each of which its tests ought to notice.

Changed are operators, signs, constants, comparisons, terms and calls (left out) and
reductions, one at a time, in the function and in what it calls of its own file. The
text around a change stays as it was written, so that it can be shown as a line.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

MOST = 200

_BINARY: dict[type[ast.operator], tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+", ("-",)),
    ast.Sub: ("-", ("+",)),
    ast.Mult: ("*", ("/",)),
    ast.Div: ("/", ("*",)),
    ast.Pow: ("**", ("*",)),
    ast.FloorDiv: ("//", ("/",)),
    ast.Mod: ("%", ("*",)),
    ast.MatMult: ("@", ("*",)),
    ast.BitAnd: ("&", ("|",)),
    ast.BitOr: ("|", ("&",)),
}
_COMPARED: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
_TWINS = {"mean": "sum", "max": "min", "amax": "amin", "any": "all"}
_TWINS |= {"maximum": "minimum", "argmax": "argmin", "nanmean": "nansum"}
_OTHERS = _TWINS | {other: name for name, other in _TWINS.items()}
_BUILT_IN = {"max": "min", "min": "max", "any": "all", "all": "any", "sum": "max"}
_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript)


@dataclass(frozen=True)
class Mutant:
    """One change. line: counts from 1; old, new: that line before and after it;
    source: the whole text with the change in it."""

    line: int
    old: str
    new: str
    source: str


class _Edit(NamedTuple):
    """Bytes from start to end are replaced by text."""

    start: int
    end: int
    text: bytes


def mutants(source: str, function: str) -> list[Mutant]:
    """Every small change of `function` that is a program, in the order of the text; at
    most MOST of them, evenly spread. SyntaxError if `source` is no program."""
    tree = ast.parse(source)
    text = _Text(source, tree)
    edits = sorted(
        {edit for node in _reached(tree, function) for edit in text.edits(node)}
    )
    few = min(len(edits), MOST)
    chosen = [edits[k * len(edits) // few] for k in range(few)]
    found: dict[str, Mutant] = {}
    for changed in filter(None, map(text.changed, chosen)):
        found.setdefault(changed.source, changed)
    return list(found.values())


def _reached(tree: ast.Module, function: str) -> list[ast.FunctionDef]:
    """The function, and those of its file that it names, and so on."""
    defined = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    found: list[ast.FunctionDef] = []
    asked = [function]
    while asked:
        one = defined.get(asked.pop())
        if one is not None and one not in found:
            found.append(one)
            asked += [n.id for n in ast.walk(one) if isinstance(n, ast.Name)]
    return found


class _Text:
    """A program as bytes, since `ast` counts columns in them."""

    def __init__(self, source: str, tree: ast.Module) -> None:
        self.source, self.raw = source, source.encode()
        self.dump = ast.dump(tree)
        self.lines = [0]
        for line in self.raw.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.modules = {
            (name.asname or name.name).partition(".")[0]
            for node in tree.body
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        }

    def changed(self, edit: _Edit) -> Mutant | None:
        """The program with this change; None if it is none, or the same one."""
        raw = self.raw[: edit.start] + edit.text + self.raw[edit.end :]
        source = raw.decode()
        try:
            if ast.dump(ast.parse(source)) == self.dump:
                return None
        except (SyntaxError, ValueError):
            return None
        before, after = self.source.splitlines(), source.splitlines()
        pairs = enumerate(zip(before, after, strict=False))
        line = next((k for k, (a, b) in pairs if a != b), len(after) - 1)
        return Mutant(line + 1, before[line].strip(), after[line].strip(), source)

    def edits(self, function: ast.FunctionDef) -> Iterator[_Edit]:
        """Every change of this function's body."""
        waiting: list[ast.AST] = list(function.body)
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Raise | ast.JoinedStr):
                continue  # what it says to people is not what it computes
            yield from self._of(node)
            waiting += [
                child
                for name, field in ast.iter_fields(node)
                if name not in ("annotation", "returns", "decorator_list")
                for child in (field if isinstance(field, list) else [field])
                if isinstance(child, ast.AST)
            ]

    def _of(self, node: ast.AST) -> Iterator[_Edit]:
        match node:
            case ast.BinOp():
                yield from self._operator(node)
                yield from self._terms(node)
            case ast.AugAssign(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
                old, others = _BINARY[type(node.op)]
                yield from self._between(node.target, node.value, old, others)
            case ast.Compare():
                yield from self._compared(node)
            case ast.BoolOp():
                old, new = ("and", "or")[:: 1 if isinstance(node.op, ast.And) else -1]
                for left, right in zip(node.values, node.values[1:], strict=False):
                    yield from self._between(left, right, old, (new,))
            case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
                yield self._instead(node, node.operand)
            case ast.Constant():
                yield from self._constant(node)
            case ast.Call():
                yield from self._call(node)
            case ast.Return(value=ast.expr() as value):
                yield from self._sign(value)

    # --- one kind of change each -----------------------------------------------------

    def _operator(self, node: ast.BinOp) -> Iterator[_Edit]:
        old, others = _BINARY.get(type(node.op), ("", ()))
        start, end = self._span(node)
        for edit in self._between(node.left, node.right, old, others):
            if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
                yield edit
                continue  # the other operator binds as strongly
            inner = self.raw[start : edit.start] + edit.text + self.raw[edit.end : end]
            yield _Edit(start, end, b"(" + inner + b")")

    def _terms(self, node: ast.BinOp) -> Iterator[_Edit]:
        """Only one of its two sides."""
        yield self._instead(node, node.left)
        if isinstance(node.op, ast.Add | ast.Mult):
            yield self._instead(node, node.right)

    def _compared(self, node: ast.Compare) -> Iterator[_Edit]:
        sides = [node.left, *node.comparators]
        for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
            yield from self._between(left, right, *_COMPARED[type(op)])

    def _constant(self, node: ast.Constant) -> Iterator[_Edit]:
        start, end = self._span(node)
        value = node.value
        others: tuple[object, ...] = ()
        if isinstance(value, bool):
            others = (not value,)
        elif isinstance(value, int):
            others = (value + 1, value - 1)
        elif isinstance(value, float):
            others = (2 * value, 0.0) if value else (1.0,)
        for other in others:
            shown = repr(other)
            text = f"({shown})" if shown.startswith("-") else shown
            yield _Edit(start, end, text.encode())

    def _call(self, node: ast.Call) -> Iterator[_Edit]:
        """Another reduction; or what is called upon, without the call."""
        func = node.func
        _, end = self._span(func)
        if isinstance(func, ast.Name) and func.id in _BUILT_IN:
            yield _Edit(end - len(func.id), end, _BUILT_IN[func.id].encode())
        if not isinstance(func, ast.Attribute):
            return
        if func.attr in _OTHERS:
            name = func.attr.encode()
            yield _Edit(end - len(name), end, _OTHERS[func.attr].encode())
        if not self._of_module(func.value):
            if not node.args and not node.keywords:
                yield self._instead(node, func.value)
        elif len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
            yield self._instead(node, node.args[0])

    def _sign(self, value: ast.expr) -> Iterator[_Edit]:
        """The negative of what is returned, or of each part of it."""
        parts = value.elts if isinstance(value, ast.Tuple) else [value]
        for part in parts:
            if not isinstance(part, ast.Constant | ast.Dict | ast.List):
                start, end = self._span(part)
                yield _Edit(start, end, b"-(" + self.raw[start:end] + b")")

    # --- places ----------------------------------------------------------------------

    def _of_module(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self.modules

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self.lines[node.lineno - 1] + node.col_offset
        return start, self.lines[node.end_lineno - 1] + node.end_col_offset

    def _instead(self, node: ast.expr, part: ast.expr) -> _Edit:
        """A part of it in its place."""
        start, end = self._span(part)
        text = self.raw[start:end]
        kept = text if isinstance(part, _ATOMS) else b"(" + text + b")"
        return _Edit(*self._span(node), kept)

    def _between(
        self, left: ast.expr, right: ast.expr, old: str, others: tuple[str, ...]
    ) -> Iterator[_Edit]:
        """Other words for the one between two expressions."""
        start, end = self._span(left)[1], self._span(right)[0]
        words = (re.escape(word.encode()) for word in old.split())
        place = re.search(rb"\s+".join(words), self.raw[start:end]) if old else None
        for other in others if place else ():
            assert place is not None
            yield _Edit(start + place.start(), start + place.end(), other.encode())
