"""Values to bytes and back: msgpack, of which a type decides what is made. No bytes can have anything run.

msgspec knows plain values, tuples, mappings, named tuples, data classes and enumerations. A class that it does not know
says itself what it is stored as: `stored()` gives that, `Stored` is its type, and `restored()` makes the value again. Of
records (pydantic's models) the fields are stored in their order; they were validated when they were read.
"""

from array import array
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Any, TypeVar, get_type_hints

import msgspec

Value = TypeVar("Value")


class EncodingError(ValueError):
    """Bytes are those of no value of a type, or a value has no bytes."""


_FIELDS = "__pydantic_fields__"


def encode(value: object) -> bytes:
    """The bytes of a value.

    Raises:
        EncodingError: if it has none: a text may hold half a character, as the name of a file can.
    """
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError as error:
        raise EncodingError(str(error)) from None


def encode_mapping(values: Mapping[Any, Any], of: Any) -> bytes:
    """The bytes of a mapping to values of a type; of a tuple with a way of its own to be stored, too.

    Raises:
        EncodingError: as `encode`.
    """
    stored = getattr(of, "stored", None)
    return encode({key: stored(value) for key, value in values.items()} if stored else values)


def decode(data: "bytes | memoryview", of: Any) -> Any:
    """The value of a type that bytes are of.

    Raises:
        EncodingError: if they are of none.
    """
    try:
        return _decoder(of).decode(data)
    # What is restored of other values than were stored may fail in any of these ways.
    except (msgspec.MsgspecError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise EncodingError(str(error)) from None


def _stored(value: Any) -> Any:
    fields = getattr(type(value), _FIELDS, None)
    if fields is not None:
        return [value.__dict__[name] for name in fields]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, array):
        return value.tobytes()
    if isinstance(value, PurePath):
        return value.as_posix()
    return value.stored()


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_stored)


# Types are equal that are written alike, so each has one decoder.
@cache
def _decoder(of: Any) -> "msgspec.msgpack.Decoder[Any]":
    return msgspec.msgpack.Decoder(of, dec_hook=_restored)


def _restored(of: Any, stored: Any) -> Any:
    fields = getattr(of, _FIELDS, None)
    if of is array:
        return array("I", stored)
    if of is Path:
        return Path(stored)
    if fields is None:
        return of.restored(msgspec.convert(stored, of.Stored, dec_hook=_restored))
    values = msgspec.convert(stored, _types_of(of), dec_hook=_restored)
    made = of.__new__(of)
    object.__setattr__(made, "__dict__", dict(zip(fields, values, strict=True)))
    object.__setattr__(made, "__pydantic_fields_set__", set(fields))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@cache
def _types_of(of: Any) -> Any:
    hints = get_type_hints(of)
    return tuple[tuple(hints[name] for name in getattr(of, _FIELDS))]  # type: ignore[misc]
