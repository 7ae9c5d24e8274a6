"""Cells of a table that stands as blocks on a small screen say which column they are of."""

from generator.render.tables import MARK, labelled

STACKS = f'{MARK}"></span>'
ROW = '<tr>\n<td>one</td>\n<td class="right">two</td>\n<td>beyond</td>\n</tr>'


def _table(mark: str) -> str:
    return f'<table>\n<tr>\n<th>{mark}When</th>\n<th>“So” &amp; "so"</th>\n</tr>\n{ROW}\n{ROW}\n</table>'


def test_each_cell_of_a_marked_table_carries_its_head() -> None:
    found = labelled(_table(STACKS))
    assert found.count('<td data-head="When">one</td>') == 2
    assert found.count('<td data-head="“So” &amp; &quot;so&quot;" class="right">two</td>') == 2
    assert "<td>beyond</td>" in found


def test_other_tables_stay_as_they_are() -> None:
    assert labelled(_table("")) == _table("")
    assert labelled(f"<p>{STACKS}</p>{_table('')}") == f"<p>{STACKS}</p>{_table('')}"
