"""A language is given by its code, and what is meant by another word is named."""

import pytest

from generator.check.language import unknown_language_of_dossier, unknown_languages
from generator.model.kinds import Kind
from tests.build import article, dossier, record


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("English", "write 'en'"),
        ("english", "write 'en'"),
        ("Englsh", "write 'en'"),
        ("Russian", "write 'ru'"),
        ("Armenian", "write 'hy'"),
        ("eng", "write 'en'"),
        ("ARM", "write 'hy'"),
        ("jp", "write 'ja'"),
        ("ua", "write 'uk'"),
        ("cz", "write 'cs'"),
        ("gr", "write 'el'"),
        ("xx", "write its code, such as 'en'"),
        ("foreign", "write its code, such as 'en'"),
        ("en-UK", "write 'en-GB'"),
        ("en-EN", "write 'en'"),
        ("jp-JP", "write 'ja-JP'"),
        ("eng-GB", "write 'en-GB'"),
    ],
)
def test_what_is_no_code_is_reported(tag: str, hint: str) -> None:
    made = dossier(article("a", "Text.", language=tag), record(Kind.PERSON, "ana", native={tag: "Ana"}))
    found = list(unknown_languages(made))
    assert [(problem.value, problem.hint, problem.is_error) for problem in found] == [(tag, hint, False)] * 2
    assert [problem.hint for problem in unknown_language_of_dossier(dossier(language=tag))] == [hint]


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "EN",
        "hy",
        "no",
        "nb",
        "zh-Hans",
        "zh-Hant-TW",
        "en-GB",
        "en-001",
        "es-419",
        "sr-Latn-RS",
        "sh",
        "ckb",
        "xmf",
        "qqq",
        "aaq",
        "sl-rozaj",
        "de-1996",
    ],
)
def test_a_code_is_left_alone(tag: str) -> None:
    assert not list(unknown_languages(dossier(article("a", "Text.", language=tag))))
