"""An article that is there twice is found, and what only shares a paragraph is not."""

import random
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check.copies import copies, sketches_of, update_sketches
from generator.model.article import Article
from tests.build import article, dossier

_TEXT = [
    f"{number}. The council of Selm met on day {number * 7} to speak of the ferry, which had not crossed the lake then."
    for number in range(1, 40)
]
_NOTICE = "Copyright of The Post of Selm. All rights reserved, and nothing may be printed elsewhere without its word."


def _found(*articles: Article) -> list[tuple[int, str]]:
    made = dossier(*articles)
    return [
        (problem.where.line, problem.message) for problem in copies(made, sketches_of(made.articles.values()))
    ]


def _wrapped(text: str) -> str:
    return text.replace(" ", "\n", 4).replace(" ", "  ", 1)


def test_the_same_text_in_two_files_is_found_at_the_later_id() -> None:
    assert _found(article("b", *_TEXT[:4]), article("a", *_TEXT[:4])) == [
        (1, "all paragraphs are those of 'a'")
    ]
    assert _found(article("a", *_TEXT[:4]), article("b", *map(_wrapped, _TEXT[:4]))) == [
        (2, "all paragraphs are those of 'a'")
    ]


def test_the_same_paragraphs_with_some_others_are_found() -> None:
    other = article("b", "Updated.", *_TEXT[:6], _TEXT[10])
    assert _found(article("a", *_TEXT[:6]), other) == [(2, "6 of 8 paragraphs are those of 'a'")]
    # Of three copies, the first is named.
    assert [line for line, _ in _found(*(article(key, *_TEXT[:4]) for key in "abc"))] == [2, 3]


def test_what_shares_a_little_is_another_article() -> None:
    assert not _found(article("a", *_TEXT[:6]), article("b", *_TEXT[5:11]))
    assert not _found(article("a", "Short."), article("b", "Short."))
    assert not _found(article("a", _TEXT[0]), article("b", _TEXT[0]))
    assert not _found(*(article(f"a{n}", _NOTICE * 2, *_TEXT[n : n + 3]) for n in range(0, 30, 3)))


def test_a_notice_of_many_articles_is_no_sketch() -> None:
    # Longer than all else, so that it is in each sketch.
    many = [article(f"a{n:02}", _NOTICE * 9, _TEXT[n]) for n in range(30)]
    assert not _found(*many)
    assert len(_found(*many[:5])) == 4


def test_two_outlets_may_print_one_report() -> None:
    def two(one: dict[str, Any], other: dict[str, Any]) -> int:
        return len(_found(article("a", *_TEXT[:4], **one), article("b", *_TEXT[:4], **other)))

    assert two({"outlet": "post"}, {"outlet": "courier"})
    assert not two({"outlet": "post", "wire": "agency"}, {"outlet": "courier", "wire": "agency"})
    assert not two({"outlet": "agency"}, {"outlet": "courier", "wire": "agency"})
    assert two({"outlet": "post", "wire": "agency"}, {"outlet": "post", "wire": "agency"})
    assert two({"outlet": "post", "wire": "agency"}, {"outlet": "courier", "wire": "other"})


def test_two_digests_of_one_original_are_one_article() -> None:
    def digest(key: str, body: str, text: str, name: str = "a") -> Article:
        return article(key, text, original={"file": f"{name}.txt", "sha256": name * 64, "body": body})

    assert _found(digest("a", "2-3", "Told."), digest("b", "3-5", "Told otherwise.")) == [
        (2, "paragraphs of its original are those of 'a'")
    ]
    assert not _found(digest("a", "2-3", "Told."), digest("b", "4-5", "Told."))
    assert not _found(digest("a", "2", "Told."), digest("b", "2", "Told.", "b"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_changed_articles_are_compared_as_all_are(seed: int) -> None:
    chance = random.Random(seed)

    def some() -> dict[str, Sequence[str]]:
        keys = chance.sample(range(60), chance.choice([3, 25, 40]))
        begin = {key: chance.choice([0, 0, 0, 10, 20]) for key in keys}
        return {f"a{key:02}": _TEXT[begin[key] : begin[key] + chance.randint(1, 5)] for key in keys}

    old = some()
    new = {**old, **some()} if chance.random() < 0.5 else dict(list(some().items()) + list(old.items())[3:])
    made = [dossier(*(article(key, *texts) for key, texts in each.items())) for each in (old, new)]
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    was, now = made
    sketches, near = update_sketches(
        sketches_of(was.articles.values()),
        [one for key, one in was.articles.items() if key in changed],
        [one for key, one in now.articles.items() if key in changed],
    )
    assert sketches == sketches_of(now.articles.values())

    before, after = (
        {list(each.articles)[line - 1]: told for line, told in _found(*each.articles.values())}
        for each in made
    )
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert differing <= near | changed
