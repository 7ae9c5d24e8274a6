"""The text of a dossier's `mkdocs.yml`: what can be said of it before a YAML reader or MkDocs is loaded."""

import re
from pathlib import Path

from generator.support.files import read_file

CONFIG = "mkdocs.yml"
_INHERIT = "INHERIT"
# Options that name files with further settings or code.
_FURTHER_FILES = re.compile(rf"^\s*(?:{_INHERIT}|custom_dir|hooks)\s*:", re.MULTILINE)
# Variables of the environment that the text asks for, and those that matter even if it does not.
_ENV = re.compile(r"!ENV\s+(\[[^\]]*\]|\S+)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_ALWAYS = ("SITE_URL", "SOURCE_DATE_EPOCH")


class ConfigText(str):
    """The text; empty if there is no file."""

    __slots__ = ()

    @classmethod
    def read(cls, root: Path) -> "ConfigText":
        """The text of the file of a dossier.

        Raises:
            OSError: if it cannot be read.
        """
        try:
            return cls(read_file(root / CONFIG).decode("utf-8", errors="replace"))
        except FileNotFoundError:
            return cls()

    def may_set(self, option: str) -> bool:
        """Whether an option may be set, here or in a file that this one inherits from."""
        return option in self or _INHERIT in self

    @property
    def names_further_files(self) -> bool:
        """Whether the site may depend on files whose names are not known here."""
        return bool(_FURTHER_FILES.search(self))

    @property
    def variables(self) -> list[str]:
        """The variables of the environment on which the site may depend."""
        return sorted({*_ALWAYS, *(name for value in _ENV.findall(self) for name in _NAME.findall(value))})
