"""Tables whose rows stand as blocks on a small screen: each cell then says which column it is of."""

import re

# In the head of such a table; an empty mark, since Markdown's tables have no classes.
MARK = '<span class="stacks"></span>'
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW_OR_CELL = re.compile(r"<tr>|<td(?=[ >])")
_TAG = re.compile(r"<[^>]*>")


def labelled(html: str) -> str:
    """A page's text in which the cells of each table that asks for it carry the words of their column's head."""
    return _TABLE.sub(lambda found: _with_heads(found[0]) if MARK in found[0] else found[0], html)


def _with_heads(table: str) -> str:
    heads = [_TAG.sub("", head).strip().replace('"', "&quot;") for head in _HEAD.findall(table)]
    place = 0

    def named(found: re.Match[str]) -> str:
        nonlocal place
        if found[0] == "<tr>":
            place = 0
            return found[0]
        head = heads[place] if place < len(heads) else ""
        place += 1
        return f'<td data-head="{head}"' if head else found[0]

    return _ROW_OR_CELL.sub(named, table)
