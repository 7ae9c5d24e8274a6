"""Trees of values under names of fields, in every seeds file and in articles: values or problems, never an exception.

`test_hostile.py` does the same with bytes and texts.
"""

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.load import load
from generator.load.records import RECORD_TYPES
from generator.model.article import Article
from generator.model.dossier import Dossier, Settings
from generator.model.kinds import YAML_KINDS
from generator.support.problems import UNPRINTABLE, Problem
from tests.build import write_files

FILES = {f"seeds/{kind.section}.yml": tuple(RECORD_TYPES[kind].model_fields) for kind in YAML_KINDS}
OF_ARTICLES = tuple(Article.model_fields)
SETTINGS, LOCK = "seeds/dossier.yml", "seeds/evidence.lock"
INNER = ("at", "quote", "who", "of", "from", "to", "file", "sha256", "body", "date", "what", "in", "en", "x")
SCALARS = st.one_of(
    st.sampled_from(
        [
            *(
                None,
                True,
                "",
                " ",
                "x",
                "a#p1",
                "a#p2-1",
                "[@a#p1]",
                "[[a]]",
                "en",
                "none",
                "online",
                "index",
                "../x",
            ),
            *(
                "2022-09-16",
                "2022-02-30",
                "2022-00",
                "Y-170000002",
                "9" * 400,
                "https://a.example/",
                "javascript:x",
            ),
            *(
                "1.5, 2",
                "91, 181",
                "nan",
                "1-3,2",
                "\u200b",
                "\u202e",
                "a\nb",
                "*a",
                "&a",
                "!x y",
                "'",
                "\U0001f642",
            ),
        ]
    ),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=20),
)


def _trees(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Values of any shape, the keys of whose mappings are names of fields now and then."""
    keys = st.one_of(st.sampled_from([*names, *INNER]), st.text(max_size=5))
    return st.recursive(
        SCALARS,
        lambda part: st.one_of(st.lists(part, max_size=3), st.dictionaries(keys, part, max_size=4)),
        max_leaves=8,
    )


def _fields(names: tuple[str, ...], needed: str = "") -> st.SearchStrategy[Any]:
    """What a record might hold: values of any shape under names of its fields, with or without what it needs."""
    some = st.dictionaries(st.sampled_from(names), _trees(names), max_size=5)
    few = st.dictionaries(st.sampled_from(names), SCALARS, max_size=2)
    return st.one_of(some, few.map(lambda fields: {**fields, needed: "Some words"} if needed else fields))


def _written(tree: Any, *, flow: bool) -> str:
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=flow)


def _records(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    ids = st.one_of(st.sampled_from(["a", "b-c", "A", "con", "x y", ""]), st.text(max_size=5))
    needed = "name" if "name" in names else "title"
    return st.one_of(
        _trees(names), st.dictionaries(ids, st.one_of(_fields(names, needed), _trees(names)), max_size=3)
    )


FILE_AND_TREE = st.one_of(
    *(st.tuples(st.just(name), _records(names)) for name, names in FILES.items()),
    st.tuples(st.just(SETTINGS), _fields(tuple(Settings.model_fields))),
    st.tuples(st.just(LOCK), _trees(("version", "articles", "references", "paragraphs"))),
)
# Pieces of bodies: what separates paragraphs, what looks like front matter or Markdown, and what is no text.
SIGNS = st.characters(exclude_categories=("Cc", "Cf", "Cs"))
PLAIN = st.one_of(
    st.sampled_from(
        ["\n", "\n\n", "\r\n", "\n \n", "---\n", "# Head\n", "| a | b |\n", "<p>", "![x](y)", "[@a#p1]"]
    ),
    st.sampled_from(["Somebody came. ", "[[a]]", "+++\n", "```\n"]),
    st.text(SIGNS, max_size=10),
)
ODD = st.one_of(
    st.sampled_from(["\u2028", "\x0b", "\ufeff", "\u200b", "\x00", "\u202e"]), st.text(max_size=10)
)
BODY = st.one_of(st.lists(PLAIN, max_size=12), st.lists(st.one_of(PLAIN, ODD), max_size=12)).map("".join)


def _loaded(files: dict[str, str]) -> tuple[Dossier, tuple[Problem, ...]]:
    """What is loaded, each problem with a place that is there."""
    with tempfile.TemporaryDirectory() as folder:
        encoded = {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}
        root = write_files(Path(folder), encoded)
        dossier, problems = load(root)
        for problem in problems:
            assert problem.where.file in files
            lines = encoded[problem.where.file].decode("utf-8", "replace").splitlines()
            assert 1 <= problem.where.line <= len(lines) + 1, problem
            assert problem.where.column >= 1, problem
            assert problem.message, problem
            assert not UNPRINTABLE.search(str(problem)), problem
    return dossier, problems


@settings(max_examples=100, derandomize=True)
@given(FILE_AND_TREE, st.booleans())
def test_any_tree_in_any_seeds_file_is_values_or_problems(file: tuple[str, Any], flow: bool) -> None:
    name, tree = file
    dossier, problems = _loaded({name: _written(tree, flow=flow)})
    if name in FILES and tree:
        # No record is left out in silence.
        keys = set(map(str, tree)) if isinstance(tree, dict) else {""}
        assert problems or keys <= dossier.records.keys()


@settings(max_examples=100, derandomize=True)
@given(st.one_of(_fields(OF_ARTICLES, "title"), _trees(OF_ARTICLES)), BODY, st.booleans())
def test_any_front_matter_and_any_body_are_an_article_or_problems(front: Any, body: str, flow: bool) -> None:
    text = f"---\n{_written(front, flow=flow)}---\n{body}"
    dossier, problems = _loaded({"seeds/articles/a.md": text})
    assert problems or list(dossier.articles) == ["a"]


@settings(max_examples=50, derandomize=True)
@given(BODY)
def test_any_text_without_front_matter_is_an_article_or_problems(body: str) -> None:
    dossier, problems = _loaded({"seeds/articles/a.txt": body})
    assert problems or list(dossier.articles) == ["a"]
