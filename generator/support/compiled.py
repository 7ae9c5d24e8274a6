"""Templates compiled once in a process that builds again and again."""

from functools import cache

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _InMemory(BytecodeCache):
    """Compiled templates in memory. They are never written to disk, where anybody could plant code to be run."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        # Jinja looks itself whether it is of this very source.
        if compiled := self._compiled.get(bucket.key):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@cache
def bytecode_cache() -> BytecodeCache:
    """The compiled templates of this process."""
    return _InMemory()
