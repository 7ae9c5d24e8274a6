"""A search that is mended after a change is the one that is made from nothing, and no more is asked for than changed."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from generator.build import check
from generator.edition import Edition
from generator.incremental import renew
from generator.link import link
from generator.mkdocs.settings import docs_folder
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.pages.search import EditionDelta, searchable
from generator.search import files as searchfiles
from generator.search.site import add_search, write_search
from generator.search.values import Searchable
from generator.state.cache import Cache
from tests.build import article, dossier, record, write_files

pytestmark = pytest.mark.slow

NEWS = "seeds/articles/news.md"
PEOPLE = "ana-lima: {name: Ana Lima, short: [Lima]}\nrui-lima: {name: Rui Lima, short: [Lima]}\n"
ALIASED = PEOPLE.replace("[Lima]", "[Lima, The Lioness]", 1)
ORGANIZATIONS = "post: {name: The Post, kind: outlet}\ntimes: {name: The Times, kind: outlet}\n"
SAID = """
first: {speaker: ana-lima, said: That it rained., date: 2019-05-01, issue: rain, stance: neutral, evidence: [other#p1]}
later: {speaker: ana-lima, said: That it would., date: 2021-01-01, issue: rain, stance: neutral, evidence: [other#p1]}
"""


def _text(
    *paragraphs: str, title: str = "Lima in the rain", outlet: str = "post", date: str = "2022-05-02"
) -> str:
    head = f"---\ntitle: {title}\noutlet: {outlet}\npublished: {date}\n---\n"
    return "\n\n".join([head, *paragraphs]) + "\n"


SEEDS = {
    "seeds/dossier.yml": "title: Rain\n",
    "seeds/people.yml": PEOPLE,
    "seeds/organizations.yml": ORGANIZATIONS,
    "seeds/issues.yml": "rain: {title: Rain}\n",
    "seeds/statements.yml": SAID,
    NEWS: _text("Ana Lima spoke of the rain.", "It rained often."),
    "seeds/articles/other.md": _text(
        "Rui Lima left The Post in spring.", title="A departure", date="2021-04-03"
    ),
    "seeds/articles/third.md": _text("Nobody came.", title="A quiet day", outlet="times", date="2020-01-01"),
}
Edit = Mapping[str, str | None]
# Edits one after the other, each on what those before it left; and whether what is kept can be mended for it.
EDITS: Mapping[str, tuple[Edit, bool]] = {
    "a body": ({NEWS: _text("Ana Lima spoke of much else.", "It rained often.")}, True),
    "a mention more": ({NEWS: _text("Ana Lima spoke.", "Rui Lima was silent.")}, True),
    "a mention less": ({NEWS: _text("Nobody spoke.", "Rui Lima was silent.")}, True),
    "whom a short name means": ({NEWS: _text("Ana Lima spoke.", "It rained on Lima.")}, True),
    "an undecided name": ({NEWS: _text("Nobody spoke.", "Then Lima spoke.")}, True),
    "mentions of one for another": (
        {
            NEWS: _text("Rui Lima left The Post in spring.", "Often."),
            "seeds/articles/other.md": _text(
                "Nobody left in spring.", title="A departure", date="2021-04-03"
            ),
        },
        True,
    ),
    "handles, and words in other spellings": (
        {NEWS: _text("Ana Lima spoke to @ana-lima, @rui-lima and @post.", "L’accord of the ofﬁce, co-\nop.")},
        True,
    ),
    "handles in another place": (
        {NEWS: _text("To @post and @ana-lima spoke @nobody.", "Ana Lima in the co-op, l'accord.")},
        True,
    ),
    "a paragraph less": ({NEWS: _text("Ana Lima was alone with The Times.")}, True),
    "two bodies": (
        {
            NEWS: _text("Ana Lima spoke of the rain.", "It rained often."),
            "seeds/articles/third.md": _text(
                "Ana Lima came.", title="A quiet day", outlet="times", date="2020-01-01"
            ),
        },
        True,
    ),
    "a title": ({NEWS: _text("Ana Lima spoke of the rain.", title="Rui Lima in the rain")}, False),
    "an outlet": ({NEWS: _text("Ana Lima spoke of the rain.", outlet="times")}, False),
    "a date": ({NEWS: _text("Ana Lima spoke of the rain.", date="2012-05-02")}, False),
    "an article that comes": ({"seeds/articles/aaa.md": _text("Ana Lima was there.")}, False),
    "a body after that": ({"seeds/articles/aaa.md": _text("Ana Lima was here.")}, True),
    "an article that is renamed": (
        {"seeds/articles/aaa.md": None, "seeds/articles/zzz.md": _text("Ana Lima was there.")},
        False,
    ),
    "an article that goes": ({"seeds/articles/zzz.md": None}, False),
    "a statement": ({"seeds/statements.yml": SAID.replace("would.", "would not.")}, False),
    "a quote": (
        {"seeds/statements.yml": SAID.replace("[other#p1]", "[{at: other#p1, quote: in spring}]")},
        False,
    ),
    "a body after a quote": ({NEWS: _text("Ana Lima spoke in spring.", date="2012-05-02")}, True),
    "an alias": ({"seeds/people.yml": ALIASED}, False),
    "a body with the alias": ({NEWS: _text("The Lioness spoke of Ana Lima.", date="2012-05-02")}, True),
    "prose": (
        {"seeds/people.yml": ALIASED.replace("Ana Lima,", "Ana Lima, summary: Walks in the rain.,", 1)},
        True,
    ),
    "other prose": (
        {"seeds/people.yml": ALIASED.replace("Ana Lima,", "Ana Lima, summary: Sat with Rui Lima.,", 1)},
        True,
    ),
    "nothing": ({}, True),
}


Value = TypeVar("Value")


class _Holder:
    """A site as far as a search needs one: files that are there are believed."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._keys: dict[str, str] = {}
        self._held: set[str] = set()

    def holds(self, path: str, key: str) -> bool:
        if self._keys.get(path) != key:
            return False
        self._held.add(path)
        return True

    def hold(self, path: str, key: str, place: Callable[[Path], None]) -> None:
        if not self.holds(path, key):
            (self._site / path).parent.mkdir(parents=True, exist_ok=True)
            place(self._site / path)
            self._keys[path] = key
            self._held.add(path)

    def files(self) -> dict[str, bytes]:
        """All files that were held since this was last asked."""
        held, self._held = self._held, set()
        return {path: (self._site / path).read_bytes() for path in held}


class _ByKey(Mapping[Any, Any]):
    """A mapping whose values may be asked for by their keys alone, and which says who was."""

    def __init__(self, items: Mapping[Any, Any]) -> None:
        self._items = items
        self.asked: set[Any] = set()

    def __getitem__(self, key: Any) -> Any:
        if key in self._items:
            self.asked.add(key)
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        raise AssertionError


def _by_key(edition: Edition) -> tuple[Edition, _ByKey]:
    """An edition that cannot be gone through, and its records."""
    records = _ByKey(edition.dossier.records)
    found = replace(edition.dossier, articles=_ByKey(edition.dossier.articles), statements=_ByKey({}))
    found.__dict__["records"] = records
    links = edition.links
    made = Edition(
        found,
        replace(
            links,
            mentions=_ByKey(links.mentions),
            mentioned_in=_ByKey(links.mentioned_in),
            prose=_ByKey(links.prose),
            backlinks=_ByKey(links.backlinks),
            backing=_ByKey(links.backing),
            undecided=_ByKey(links.undecided),
        ),
    )
    made.keep("_cited", _ByKey({key: edition.cited(key) for key in edition.dossier.records}))
    made.keep("_turns", _ByKey(edition._turns))
    return made, records


def _same(value: Value) -> Value:
    return value


def _noting(found: list[Searchable], edition: Edition) -> Searchable:
    found.append(searchable(edition))
    return found[-1]


def _files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.fixture
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as small as those of a large dossier are, by its measure."""
    monkeypatch.setattr("generator.search.postings._TARGET", 40)
    monkeypatch.setattr(searchfiles, "_TEXTS", 2)


def _edit(root: Path, edit: Edit) -> None:
    write_files(root, {name: text for name, text in edit.items() if text is not None})
    for name, text in edit.items():
        if text is None:
            (root / name).unlink()


def _fresh(root: Path, site: Path) -> dict[str, bytes]:
    found = check(root).dossier
    write_search(searchable(Edition(found, link(found))), site)
    return _files(site)


@pytest.mark.usefixtures("_small_files")
@pytest.mark.parametrize("seed", [None, 1])
def test_a_search_follows_edit_after_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int | None
) -> None:
    monkeypatch.chdir(tmp_path)
    root = write_files(Path(), SEEDS)
    holder, cache = _Holder(tmp_path / "site"), Cache(tmp_path / "kept")
    steps = list(EDITS)
    if seed:
        # Whether one can be mended depends on those before it then: that all is as it should be does not.
        random.Random(seed).shuffle(steps)
        steps.remove("an article that is renamed")
        steps.remove("an article that goes")
    for number, name in enumerate(["", *steps]):
        edit, is_mended = EDITS[name] if name else ({}, False)
        _edit(root, edit)
        tree = renew(root, partial(docs_folder, root))
        edition, records = _by_key(tree.edition)
        found: list[Searchable] = []
        find = partial(_noting, found, tree.edition)
        asked = EditionDelta(tree.since, tree.state, tree.curated, tree.stale, partial(_same, edition))
        add_search(find, holder, cache, asked)
        assert holder.files() == _fresh(root, tmp_path / f"fresh-{number}"), name
        if not seed:
            assert bool(found) is not is_mended, name
        if not found:
            # The articles that changed, whom they name or named, and what these said.
            others = {"third", "post", "times", "rain"} - set(map(str, tree.stale))
            assert not records.asked & others, name


STATES = 40
WORDS = [f"word{n}" for n in range(60)]
PERSONS = [record(Kind.PERSON, f"person-{n}", name=f"Person Number{n}") for n in range(6)]


@pytest.mark.usefixtures("_small_files")
@pytest.mark.parametrize(("long", "seed"), [(20_000, 0), (60, 1), (12, 2)])
def test_files_of_words_are_cut_anew_where_words_come_and_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int, seed: int
) -> None:
    monkeypatch.setattr("generator.search.postings.LONG", long)
    monkeypatch.setattr("generator.search.postings.RANGE", 2)
    chance = random.Random(seed)

    def body() -> str:
        words = chance.choices([*WORDS, "the", "the"], k=chance.randrange(20))
        names = [f"Person Number{chance.randrange(6)}" for _ in range(chance.randrange(3))]
        return " ".join(["It", *words, *names]) + "."

    bodies = {f"news-{n}": [body(), body()] for n in range(12)}
    holder, cache = _Holder(tmp_path / "site"), Cache(tmp_path / "kept")
    stale: set[str] = set()
    mended = 0
    for state in range(1, STATES):
        edition = _edition(bodies)
        differing = frozenset(map(RecordId, stale))
        asked = EditionDelta(str(state - 1), str(state), "", differing, partial(_same, edition))
        found: list[Searchable] = []
        add_search(partial(_noting, found, edition), holder, cache, asked)
        mended += not found
        write_search(searchable(edition), tmp_path / f"fresh-{state}")
        assert holder.files() == _files(tmp_path / f"fresh-{state}")
        changed = chance.sample(sorted(bodies), chance.choice([0, 1, 1, 2, 5]))
        bodies |= {key: [body(), body()] for key in changed}
        stale = {*changed, *(person.id for person in PERSONS)}
    # Where a list becomes long or is no more, all is made anew.
    assert mended == STATES - 2 if long == 20_000 else mended > STATES / 3


def _edition(bodies: Mapping[str, Sequence[str]]) -> Edition:
    articles: list[Record] = [article(key, *paragraphs) for key, paragraphs in bodies.items()]
    found = dossier(*PERSONS, *articles)
    return Edition(found, link(found))


def test_what_mends_a_search_does_not_load_what_takes_longer_than_that() -> None:
    asked = "import sys, generator.search.builder; print('numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_what_is_lost_is_made_anew(tmp_path: Path) -> None:
    cache, edition = Cache(tmp_path / "kept"), _edition({"news": ["Person Number1 spoke."]})
    changed = _edition({"news": ["Person Number2 spoke."]})
    holder = _Holder(tmp_path / "site")
    add_search(
        partial(searchable, edition), holder, cache, EditionDelta("", "1", "", frozenset(), lambda: edition)
    )
    stale = frozenset(map(RecordId, ("news", "person-1", "person-2")))
    for path in sorted(cache.folder.rglob("*")):
        if not path.is_file():
            continue
        path.write_bytes(path.read_bytes()[:-9] + b"otherwise")
        for found, since, state in ((changed, "1", "2"), (edition, "2", "1")):
            asked = EditionDelta(since, state, "", stale, partial(_same, found))
            # Another folder each time, so that all files are needed.
            holder = _Holder(tmp_path / f"{path.name}-{state}")
            add_search(partial(searchable, found), holder, cache, asked)
            write_search(searchable(found), tmp_path / f"anew-{state}")
            assert holder.files() == _files(tmp_path / f"anew-{state}"), path
