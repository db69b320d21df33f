"""The one shape in which anything travels between processes: a bounded binary frame.

    4 bytes    magic
    4 bytes    length of the header, little-endian
    8 bytes    length of the body, little-endian
    header     JSON: {"head": {…}, "arrays": [[dtype, [sizes]], …]}
    body       the arrays' bytes, one after the other, C order, little-endian

No pickle, and nothing is allocated before its size was checked. Lengths must match
exactly. The program inside the sandbox loads this file by its path: it imports the
standard library and numpy, and no drillbox module.
"""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, NoReturn

import numpy as np

MAGIC = b"DBX1"
PREFIX = struct.Struct("<4sIQ")
DTYPES = {
    name: np.dtype(name).newbyteorder("<")
    for name in (
        "float64",
        "float32",
        "float16",
        "int64",
        "int32",
        "int16",
        "int8",
        "uint8",
        "bool",
    )
}

Array = np.ndarray[Any, np.dtype[Any]]
Reader = Callable[[int], bytes]


class FrameError(ValueError):
    """These bytes are no frame, or one beyond the caps."""


@dataclass(frozen=True)
class Caps:
    """The most that a frame may hold: bytes, bytes, arrays, axes of an array."""

    header: int = 1 << 16
    body: int = 1 << 20
    arrays: int = 256
    axes: int = 8


SMALL = Caps()
LARGE = Caps(header=1 << 23, body=1 << 28, arrays=1 << 14)


def pack(head: Mapping[str, Any], arrays: Sequence[Array] = ()) -> bytes:
    """The frame of a JSON-able mapping and arrays; FrameError for another dtype."""
    shapes = [[_name(a), list(a.shape)] for a in arrays]
    text = json.dumps({"head": head, "arrays": shapes}, allow_nan=False)
    header = text.encode()
    # tobytes, not ascontiguousarray: that turns a 0-d array into a 1-d one
    body = b"".join(np.asarray(a, DTYPES[_name(a)]).tobytes() for a in arrays)
    return PREFIX.pack(MAGIC, len(header), len(body)) + header + body


def unpack(data: bytes, caps: Caps = SMALL) -> tuple[dict[str, Any], list[Array]]:
    """The mapping and the arrays of exactly one frame; else FrameError."""
    header, body = lengths(data[: PREFIX.size], caps)
    if len(data) != PREFIX.size + header + body:
        raise FrameError("the lengths do not match")
    head, shapes = _header(data[PREFIX.size : PREFIX.size + header])
    return head, _arrays(data[PREFIX.size + header :], shapes, caps)


def lengths(prefix: bytes, caps: Caps = SMALL) -> tuple[int, int]:
    """The lengths of header and body that a prefix announces, within the caps."""
    if len(prefix) != PREFIX.size:
        raise FrameError("the frame ends in its prefix")
    magic, header, body = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise FrameError("the frame does not begin with its magic")
    if header > caps.header or body > caps.body:
        raise FrameError("the frame is larger than its cap")
    return header, body


def read(take: Reader, caps: Caps = SMALL) -> bytes | None:
    """One whole frame by `take(n)`, which gives at most n bytes and b"" at the end.

    None where the stream ends before a frame begins; FrameError where it ends in one.
    """
    prefix = _exactly(take, PREFIX.size)
    if not prefix:
        return None
    header, body = lengths(prefix, caps)
    rest = _exactly(take, header + body)
    if len(rest) != header + body:
        raise FrameError("the stream ends inside a frame")
    return prefix + rest


def _exactly(take: Reader, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = take(min(count - len(parts), 1 << 16))
        if not part:
            break
        parts += part
    return bytes(parts)


def _name(array: Array) -> str:
    name = array.dtype.name
    if name not in DTYPES:
        raise FrameError(f"arrays of {name} do not travel")
    return name


def _refuse(constant: str) -> NoReturn:
    raise FrameError(f"{constant} in a header")


def _header(data: bytes) -> tuple[dict[str, Any], list[Any]]:
    try:
        value = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FrameError(f"the header is no JSON: {error}") from None
    if not isinstance(value, dict) or value.keys() != {"head", "arrays"}:
        raise FrameError("the header has other fields")
    head, shapes = value["head"], value["arrays"]
    if not isinstance(head, dict) or not isinstance(shapes, list):
        raise FrameError("the header's fields have other types")
    return head, shapes


def _arrays(body: bytes, shapes: list[Any], caps: Caps) -> list[Array]:
    if len(shapes) > caps.arrays:
        raise FrameError("too many arrays")
    arrays, offset = [], 0
    for entry in shapes:
        dtype, sizes = _shape(entry, caps)
        end = offset + prod(sizes) * dtype.itemsize
        if end > len(body):
            raise FrameError("an array ends after the frame")
        flat = np.frombuffer(body[offset:end], dtype)
        arrays.append(flat.reshape(sizes))
        offset = end
    if offset != len(body):
        raise FrameError("bytes after the last array")
    return arrays


def _shape(entry: Any, caps: Caps) -> tuple[np.dtype[Any], tuple[int, ...]]:
    if not isinstance(entry, list) or len(entry) != 2:
        raise FrameError("an array is described by its dtype and sizes")
    name, sizes = entry
    if not isinstance(name, str) or name not in DTYPES:
        raise FrameError("an array has another dtype")
    if not isinstance(sizes, list) or len(sizes) > caps.axes:
        raise FrameError("an array has other axes")
    if any(type(size) is not int or not 0 <= size <= caps.body for size in sizes):
        raise FrameError("an array has another size")
    return DTYPES[name], tuple(sizes)
