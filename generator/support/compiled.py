"""A cache of compiled templates, for a process that builds many times."""

from functools import cache

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _InMemory(BytecodeCache):
    """Compiled templates in memory. They are never written to disk, where others could replace them by their own code."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        # Jinja itself checks that it was compiled from the same source.
        if compiled := self._compiled.get(bucket.key):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@cache
def bytecode_cache() -> BytecodeCache:
    """The compiled templates of this process."""
    return _InMemory()
