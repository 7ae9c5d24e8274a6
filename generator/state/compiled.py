"""Compiled templates, kept where Python keeps compiled modules: who can write there can run code already."""

import sys
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from generator.state.cache import code


class _BesideModules(FileSystemBytecodeCache):
    """Compiled templates in a folder; where it may not be written, each process compiles its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._compiled: dict[str, bytes] = {}

    def get_source_checksum(self, source: str) -> str:
        # Our code decides what a template is compiled to.
        return super().get_source_checksum(f"{code()}{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        if compiled := self._compiled.get(bucket.key):
            bucket.bytecode_from_string(compiled)
        else:
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


@cache
def bytecode_cache() -> BytecodeCache:
    """The compiled templates of this version of Python; a template with another source is compiled again."""
    return _BesideModules(
        Path(cache_from_source(__file__)).with_name(f"templates.{sys.implementation.cache_tag}")
    )
