"""Encoding of stored values: msgpack, decoded by the type that the reader names. Decoding never runs stored code.

msgspec knows plain values, tuples, mappings, named tuples, data classes and enumerations. Any other class defines its
stored form: `stored()` returns it, `Stored` is its type, and `restored()` returns the value. Records (pydantic models)
are stored as their fields in order; they are not validated again.
"""

from array import array
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Any, TypeVar, get_type_hints

import msgspec

Value = TypeVar("Value")


class EncodingError(ValueError):
    """Bytes cannot be decoded as a type, or a value cannot be encoded."""


_FIELDS = "__pydantic_fields__"


def encode(value: object) -> bytes:
    """The bytes of a value.

    Raises:
        EncodingError: if it cannot be encoded, such as a file name with a lone surrogate.
    """
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError as error:
        raise EncodingError(str(error)) from None


def encode_mapping(values: Mapping[Any, Any], of: Any) -> bytes:
    """The bytes of a mapping to values of a type, which can be a tuple class with a stored form of its own.

    Raises:
        EncodingError: as `encode`.
    """
    stored = getattr(of, "stored", None)
    return encode({key: stored(value) for key, value in values.items()} if stored else values)


def decode(data: "bytes | memoryview", of: Any) -> Any:
    """The value of a type from its bytes.

    Raises:
        EncodingError: if the bytes are not a value of the type.
    """
    try:
        if hasattr(of, _FIELDS):
            # In one pass, which takes half the time of decoding plain values and converting them.
            return _made(of, _decoder(_types_of(of)).decode(data))
        return _decoder(of).decode(data)
    # `restored` can fail in any of these ways if the bytes are of another type.
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


# Equal types share one decoder.
@cache
def _decoder(of: Any) -> "msgspec.msgpack.Decoder[Any]":
    return msgspec.msgpack.Decoder(of, dec_hook=_restored)


def _restored(of: Any, stored: Any) -> Any:
    if of is array:
        return array("I", stored)
    if of is Path:
        return Path(stored)
    if hasattr(of, _FIELDS):
        return _made(of, msgspec.convert(stored, _types_of(of), dec_hook=_restored))
    return of.restored(msgspec.convert(stored, of.Stored, dec_hook=_restored))


def _made(of: Any, values: Iterable[Any]) -> Any:
    """A record from the values of its fields in order."""
    fields = getattr(of, _FIELDS)
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
