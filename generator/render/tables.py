"""Labels for the cells of tables whose rows become blocks on a small screen."""

import re

# Marks such a table in its head, since Markdown's tables have no classes; in the second sort only numbers are labeled.
MARK = '<span class="stacks'
_COUNTS = '<span class="stacks counts"></span>'
# A cell of numbers that has one.
_NUMBER = re.compile(r' class="right">(?!</td>|<span data-of)')
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW_OR_CELL = re.compile(r"<tr>|<td(?=[ >])")
_TAG = re.compile(r"<[^>]*>")


def labelled(html: str) -> str:
    """A page's HTML, in which each cell of a marked table has the words of its column's head as an attribute."""
    return _TABLE.sub(lambda found: _with_heads(found[0]) if MARK in found[0] else found[0], html)


def _with_heads(table: str) -> str:
    heads = [_TAG.sub("", head).strip().replace('"', "&quot;") for head in _HEAD.findall(table)]
    column = 0
    only_numbers = _COUNTS in table

    def label(found: re.Match[str]) -> str:
        nonlocal column
        if found[0] == "<tr>":
            column = 0
            return found[0]
        head = heads[column] if column < len(heads) else ""
        if only_numbers and not _NUMBER.match(table, found.end()):
            head = ""
        column += 1
        return f'<td data-head="{head}"' if head else found[0]

    return _ROW_OR_CELL.sub(label, table)
