"""Texts in other languages than the page's are marked as such, and no others."""

from generator.link import link
from generator.model.kinds import Kind
from generator.pages import Edition, pages
from tests.build import article, dossier, record

PUTIN = record(
    Kind.PERSON,
    "somebody",
    name="Ivan Petrov",
    native={"ru": "Иван Петров", "de": "Iwan Petrow"},
    also=["Iwan Petrow"],
)


def _tree(*records: object, **settings: str) -> dict[str, str]:
    found = dossier(*records, **settings)  # type: ignore[arg-type]
    return {page.path: page.text for page in pages(Edition(found, link(found)))}


def test_an_article_in_another_language() -> None:
    tree = _tree(PUTIN, article("one", "Приехал Иван Петров.", language="ru", title="Приезд"))
    assert '# <span lang="ru">Приезд</span>' in tree["articles/one.md"]
    body = '<span lang="ru">Приехал [<span lang="ru">Иван Петров</span>](../people/somebody.md).</span>'
    assert body in tree["articles/one.md"]
    assert '[<span lang="ru">Приезд</span>](one.md)' in tree["articles/index.md"]
    assert '<mark><span lang="ru">Иван Петров</span></mark>' in tree["people/somebody.md"]


def test_a_name_in_its_own_script_within_the_page_s_language() -> None:
    tree = _tree(PUTIN, article("one", "He signs as Иван Петров, or Iwan Petrow.", language="en-GB"))
    text = tree["articles/one.md"]
    assert 'signs as [<span lang="ru">Иван Петров</span>](../people/somebody.md), or Iwan Petrow.' in text
    assert 'lang="en' not in text
    assert 'lang="de"' not in text


def test_the_page_s_own_language_is_not_marked() -> None:
    tree = _tree(PUTIN, article("one", "Приехал Иван Петров.", language="ru"), language="ru")
    assert '<span lang="ru">Приехал' not in tree["articles/one.md"]
