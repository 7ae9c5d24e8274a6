"""Templates compiled once for many builds."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Compiled templates, as they are found by Jinja.

    Attributes:
        kept: What the next environment is to be given.
        is_new: Whether it holds more than was given.
    """

    def __init__(self, kept: dict[str, bytes]) -> None:
        self.kept = kept
        self.is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        # Jinja looks itself whether it is of this very source, and of this Python.
        if kept := self.kept.get(bucket.key):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()
        self.is_new = True
