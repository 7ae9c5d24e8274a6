"""Texts in other languages than the page's are marked as such, and no others."""

from generator.edition import Edition
from generator.link import link
from generator.model.kinds import Kind
from generator.pages.book import pages
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


def test_article_in_another_language_is_marked() -> None:
    tree = _tree(PUTIN, article("one", "Приехал Иван Петров.", language="ru", title="Приезд"))
    assert '# <span lang="ru">Приезд</span>' in tree["articles/one.md"]
    body = '<span lang="ru">Приехал [<span lang="ru">Иван Петров</span>](../people/somebody.md).</span>'
    assert body in tree["articles/one.md"]
    assert '[<span lang="ru">Приезд</span>](one.md)' in tree["articles/index.md"]
    snippet = '[¶1](../articles/one.md#p1) <span lang="ru">Приехал <mark>Иван Петров</mark>.</span>'
    assert snippet in tree["people/somebody.md"]


def test_native_name_is_marked_with_its_language() -> None:
    tree = _tree(PUTIN, article("one", "He signs as Иван Петров, or Iwan Petrow.", language="en-GB"))
    text = tree["articles/one.md"]
    assert 'signs as [<span lang="ru">Иван Петров</span>](../people/somebody.md), or Iwan Petrow.' in text
    assert 'lang="en' not in text
    assert 'lang="de"' not in text


def test_page_language_is_not_marked() -> None:
    tree = _tree(PUTIN, article("one", "Приехал Иван Петров.", language="ru"), language="ru")
    assert '<span lang="ru">Приехал' not in tree["articles/one.md"]


def test_name_in_two_languages_is_shown_once() -> None:
    native = {"ru": "Иван Петров", "uk": "Иван Петров", "de": "Ivan Petrov", "be": "Іван Пятроў"}
    person = record(Kind.PERSON, "somebody", name="Ivan Petrov", native=native)
    tree = _tree(person, article("one", "Иван Петров, Ivan Petrov, Іван Пятроў."))
    text, report = tree["people/somebody.md"], tree["report/index.md"]
    names = text.partition("<h2>Names</h2>")[2].partition("</section>")[0]
    assert names == (
        '<ul><li><span lang="ru">Иван Петров</span> <span class="quiet">Russian and Ukrainian</span></li>'
        '<li><span lang="be">Іван Пятроў</span> <span class="quiet">Belarusian</span></li></ul>'
    )
    assert '<span lang="ru">Иван Петров</span> · <span lang="be">Іван Пятроў</span>' in report
    assert '"alternateName":["Иван Петров","Іван Пятроў"]' in text.replace(", ", ",").replace(": ", ":")
    assert 'lang="uk"' not in text
    assert 'lang="de"' not in text


def test_right_to_left_text_is_marked_with_language_and_direction() -> None:
    quoted = {"at": "one#p1", "quote": "אמר שלום"}
    event = record(Kind.EVENT, "event", title="Event", evidence=[quoted])
    body = "אמר שלום חליל (2024)."
    tree = _tree(PUTIN, event, article("one", body, language="he", title="כותרת"))
    assert '# <span lang="he" dir="rtl">כותרת</span>' in tree["articles/one.md"]
    # Its quoted words are marked on its own page.
    words = body.replace("אמר שלום", "<mark>אמר שלום</mark>")
    assert f'<span lang="he" dir="rtl">{words}</span>' in tree["articles/one.md"]
    assert "\nrtl: true\n" in tree["articles/one.md"]
    assert (
        '¶1 “<span lang="he" dir="rtl">אמר שלום</span>”](../articles/one.md#p1-event)'
        in tree["events/event.md"]
    )
    assert f'<span lang="he" dir="rtl">{body}</span>' in tree["report/index.md"]
    assert "rtl: true" not in tree["people/somebody.md"]


def test_right_to_left_text_in_the_dossier_language_has_a_direction() -> None:
    person = record(Kind.PERSON, "somebody", name="משה דיין", summary="NATO קראה לו. Nobody else did.")
    tree = _tree(person, article("one", "NATO, Kettle Works: משה דיין אמר."), language="he")
    assert '# <span dir="rtl">משה דיין</span>' in tree["people/somebody.md"]
    assert '<span class="lead"></span><span dir="rtl">NATO קראה' in tree["people/somebody.md"]
    assert '</a> <span dir="rtl">NATO, Kettle Works: [' in tree["articles/one.md"]


def test_digest_has_the_direction_of_its_own_words() -> None:
    original = {"file": "one.txt", "sha256": "0" * 64, "body": "1"}
    told = article("one", "He is called משה there.", language="he", title="כותרת", original=original)
    text = _tree(PUTIN, told)["articles/one.md"]
    assert "</a> He is called משה there." in text
    assert '# <span lang="he" dir="rtl">כותרת</span>' in text
