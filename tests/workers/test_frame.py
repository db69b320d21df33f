"""Frames: what goes in comes out, and nothing else is taken for one."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from drillbox.workers.frame import (
    DTYPES,
    LARGE,
    PREFIX,
    SMALL,
    Array,
    Caps,
    FrameError,
    pack,
    read,
    unpack,
)

some_array = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda name: arrays.arrays(name, arrays.array_shapes(min_dims=0, min_side=0))
)
some_head = st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.none()))


def raw(header: object, body: bytes = b"") -> bytes:
    """A frame with this header, whatever it says."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return PREFIX.pack(b"DBX1", len(text), len(body)) + text + body


def one(shape: object, body: bytes = b"") -> bytes:
    return raw({"head": {}, "arrays": [shape]}, body)


@settings(deadline=None)
@given(some_head, st.lists(some_array, max_size=4))
def test_what_is_packed_is_unpacked_bit_for_bit(
    head: dict[str, object], sent: list[Array]
) -> None:
    found, received = unpack(pack(head, sent), LARGE)
    assert found == head
    for there, here in zip(sent, received, strict=True):
        assert (there.dtype, there.shape) == (here.dtype, here.shape)
        assert there.tobytes() == here.tobytes()


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_frame_are_refused_and_nothing_else_happens(
    data: bytes,
) -> None:
    with pytest.raises(FrameError):
        unpack(data)
    with pytest.raises(FrameError):
        unpack(PREFIX.pack(b"DBX1", len(data), 0) + data)


@settings(deadline=None)
@given(st.data())
def test_a_frame_that_is_cut_or_grown_is_refused(data: st.DataObject) -> None:
    frame = pack({"a": 1}, [np.arange(6.0)])
    cut = data.draw(st.integers(0, len(frame) - 1))
    for broken in (frame[:cut], frame + frame[:1]):
        with pytest.raises(FrameError):
            unpack(broken)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PREFIX.pack(b"DBX2", 2, 0) + b"{}",
        raw(b"["),
        raw(b"[" * 60_000),
        raw({"head": {}}),
        raw({"head": [], "arrays": []}),
        raw({"head": {}, "arrays": {}}),
        raw(b'{"head": {"x": NaN}, "arrays": []}'),
        raw(b'{"head": {"x": ' + b"9" * 5000 + b'}, "arrays": []}'),
        one(["object", [1]], bytes(8)),
        one(["float64", [2]], bytes(8)),
        one(["float64", [1]], bytes(16)),
        one(["float64", [-1]]),
        one(["float64", [True]], bytes(8)),
        one(["float64", [1.0]], bytes(8)),
        one(["float64", [1 << 40]]),
        one(["float64", [1 << 20] * 8]),
        one(["float64", [1] * 9], bytes(8)),
        one(["float64"], bytes(8)),
        one("float64", bytes(8)),
        raw({"head": {}, "arrays": [["bool", [0]]] * 257}),
    ],
)
def test_these_are_no_frames(data: bytes) -> None:
    with pytest.raises(FrameError):
        unpack(data)


def test_sizes_beyond_the_caps_are_refused_before_anything_is_read() -> None:
    taken: list[int] = []

    def take(count: int) -> bytes:
        taken.append(count)
        return struct.pack("<4sIQ", b"DBX1", 10, SMALL.body + 1)[:count]

    with pytest.raises(FrameError, match="cap"):
        read(take)
    assert sum(taken) == PREFIX.size


def test_a_stream_gives_frame_after_frame_and_then_none() -> None:
    stream = pack({"k": 1}) + pack({"k": 2}, [np.zeros(3)])
    position = 0

    def take(count: int) -> bytes:
        nonlocal position
        part = stream[position : position + min(count, 5)]
        position += len(part)
        return part

    heads = [unpack(frame)[0] for frame in iter(lambda: read(take) or b"", b"")]
    assert heads == [{"k": 1}, {"k": 2}]


def test_an_array_of_another_dtype_is_not_sent() -> None:
    with pytest.raises(FrameError, match="complex128"):
        pack({}, [np.zeros(2, complex)])


def test_a_frame_of_large_arrays_needs_large_caps() -> None:
    frame = pack({}, [np.zeros(100)])
    with pytest.raises(FrameError):
        unpack(frame, Caps(body=799))
    assert unpack(frame, Caps(body=800))[1][0].size == 100
