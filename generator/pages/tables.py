"""Plain tables with an introduction, for pages across the dossier."""

from typing import NamedTuple

from markupsafe import Markup


class Table(NamedTuple):
    """A table; the cells are Markdown."""

    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    heading: str = ""
