"""A record's mentions, on pages that link to each other."""

import pytest

from generator.pages.records.mentions import leading_to


@pytest.mark.parametrize("pages", [1, 2, 12])
def test_few_pages_link_to_all(pages: int) -> None:
    assert [leading_to(page, pages) for page in range(1, pages + 1)] == [list(range(1, pages + 1))] * pages


@pytest.mark.parametrize("pages", [13, 30, 100, 997])
def test_many_pages_link_to_neighbors_and_reach_all_in_steps(pages: int) -> None:
    near = {page: leading_to(page, pages) for page in range(1, pages + 1)}
    for page, others in near.items():
        assert others == sorted(set(others))
        assert {1, max(1, page - 1), min(pages, page + 1), pages} <= set(others) <= near.keys()
        assert len(others) <= 17
    reached, steps = {1}, 0
    while reached != near.keys():
        reached |= {other for page in reached for other in near[page]}
        steps += 1
    assert steps <= 2 + pages // 40
