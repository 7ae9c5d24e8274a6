"""A dossier in formats that other programs read, each in a module with a function of the same name."""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.link import Links
    from generator.model.dossier import Dossier

# What `dossier export` can give.
FORMATS = ("mentions", "report")


def exported(form: str, dossier: "Dossier", links: "Links") -> Iterator[str]:
    """The parts of a dossier's text in a format, in order."""
    parts: Iterator[str] = getattr(import_module(f"{__name__}.{form}"), form)(dossier, links)
    return parts
