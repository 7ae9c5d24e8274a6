"""Plain tables with an introduction, for pages across the dossier."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Table:
    """A table; the cells are Markdown."""

    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    heading: str = ""
