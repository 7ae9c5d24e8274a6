"""Articles are read with and without front matter, and their paragraphs keep their numbers."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.load import load
from generator.load.articles import split_paragraphs
from generator.model.article import Article
from generator.model.ids import RecordId
from tests.build import write_files


def _article(root: Path, name: str, text: str) -> Article:
    found, problems = load(write_files(root, {f"seeds/articles/{name}": text}))
    assert not problems
    (article,) = found.articles.values()
    return article


def test_bare_article_has_title_line_and_dated_name(tmp_path: Path) -> None:
    article = _article(
        tmp_path, "2022-09-16-the-summit.txt", "\n The summit \nFirst.\n\n\nSecond,\nbroken.\n"
    )
    assert (article.id, article.title) == ("2022-09-16-the-summit", "The summit")
    assert article.published is not None
    assert article.published.text == "2022-09-16"
    assert [(p.number, p.text, p.line) for p in article.paragraphs] == [
        (1, "First.", 3),
        (2, "Second,\nbroken.", 6),
    ]


def test_a_name_that_is_no_id_is_made_one(tmp_path: Path) -> None:
    assert _article(tmp_path, "000 Ամփոփում (1).txt", "Title\n\nText.").id == "000-ampopowm-1"


def test_the_body_begins_after_the_front_matter(tmp_path: Path) -> None:
    text = "---\r\ntitle: One\r\npublished: 2022-09~\r\n---\r\n\r\nFirst.\r\n \r\n--- \r\n\r\nThird.\r\n"
    article = _article(tmp_path, "one.md", text)
    assert [(p.text, p.line) for p in article.paragraphs] == [("First.", 6), ("---", 8), ("Third.", 10)]
    assert article.paragraph(3) is article.paragraphs[2]
    assert article.paragraph(0) is None
    assert article.paragraph(4) is None


def test_a_value_has_its_place_in_front_matter(tmp_path: Path) -> None:
    write_files(tmp_path, {"seeds/articles/one.md": "---\ntitle: One\nauthors: [Ana]\n---\n\nText.\n"})
    found, _ = load(tmp_path)
    assert str(found.sources[RecordId("one")].at(("authors", 0))) == "seeds/articles/one.md:3:11"


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("\n \t"))))
def test_paragraphs_are_the_text_between_blank_lines(text: str) -> None:
    paragraphs = split_paragraphs(text, 0)
    body = text.lstrip("\n")
    lines = text.split("\n")
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
    for paragraph in paragraphs:
        assert body[paragraph.start :].startswith(paragraph.text)
        assert paragraph.text.split("\n")[0] in lines[paragraph.line - 1]
    assert "".join("".join(p.text for p in paragraphs).split()) == "".join(text.split())
