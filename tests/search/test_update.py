"""A search that is updated by a delta is the one that is made from nothing."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.output.content_store import ContentStore, digest
from generator.search import (
    Name,
    Passage,
    SearchDelta,
    SearchEntry,
    Text,
    add_search,
    dates,
    files,
    postings,
    update,
    vocabulary,
    write_search,
)
from generator.search.state import SearchState
from generator.state.cache import Cache
from tests.searches import SiteFiles, files_of


@pytest.fixture
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as small as those of a large dossier are, by its measure."""
    monkeypatch.setattr(postings, "_TARGET", 40)
    monkeypatch.setattr(files, "_TEXTS", 2)
    monkeypatch.setattr(dates, "_LEAST", 2)
    monkeypatch.setattr(vocabulary, "_FILES", 3)


PERSONS = [RecordId(f"person-{n}") for n in range(4)]
# "the" becomes a term with a long list, and "aa" sorts before all others, "zz" after them.
_WORDS = st.lists(
    st.sampled_from(
        ["the", "the", "the", "aa", "zz", "co-op", "Café", "ﬁn’s", *(f"word{chr(97 + n)}" for n in range(20))]
    ),
    max_size=9,
)
_PASSAGES = st.lists(st.tuples(_WORDS, st.sets(st.sampled_from(PERSONS), max_size=2)), max_size=3)
_DAYS = st.sampled_from(
    [(), (), (20220913, 20220913), (20220901, 20220930), (20211013, 20211013), (20210101, 20221231)]
)
_KEYS = st.sampled_from([RecordId(f"news-{n:02}") for n in range(14)])


def _article(
    key: RecordId,
    passages: list[tuple[list[str], set[RecordId]]],
    outlet: str,
    part: str = "",
    days: tuple[int, ...] = (),
) -> Text:
    return Text(
        f"articles/{key}/",
        Kind.ARTICLE,
        f"Title of {key}",
        tuple(
            Passage(f"p{n}", " ".join(words), tuple(sorted(names)), f"{days[0]}" if days else "", days)
            for n, (words, names) in enumerate(passages)
        ),
        part,
        OrganizationId(RecordId(outlet)) if outlet else None,
    )


def _name(key: RecordId, weight: int, label: str) -> Name:
    return Name(key, Kind.PERSON, f"people/{key}/", label, (), (), "", "", weight)


class _MemoryStore(ContentStore):
    """A store without a folder."""

    def __init__(self, files: dict[str, bytes], known: Mapping[str, bytes]) -> None:
        self._files = files
        self._known = known
        self._written = set()
        self.sums = {}

    def read(self, name: str) -> bytes | None:
        return self._files.get(name)

    def put(self, name: str, make: Callable[[], bytes]) -> None:
        if name in self._known:
            self.keep([name])
        elif name not in self.sums:
            self._files[name] = make()
            self.sums[name] = digest(self._files[name])


class SearchWalk(RuleBasedStateMachine):
    """Texts and names that come, change and go, and a search that is updated by them."""

    def __init__(self) -> None:
        super().__init__()
        self._files: dict[str, bytes] = {}
        self._entries: dict[RecordId, SearchEntry] = {}
        self._state = SearchState()
        self._number = 0

    @rule(keys=st.sets(_KEYS, min_size=1, max_size=5), data=st.data())
    def texts_come_or_change(self, keys: set[RecordId], data: st.DataObject) -> None:
        self._update({key: SearchEntry(None, tuple(self._texts(key, data))) for key in keys})

    @precondition(lambda self: self._entries)
    @rule(data=st.data())
    def a_text_changes(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self._entries)))
        self._update({key: SearchEntry(self._entries[key].name, tuple(self._texts(key, data)))})

    @precondition(lambda self: self._entries)
    @rule(data=st.data())
    def records_go(self, data: st.DataObject) -> None:
        gone = data.draw(st.sets(st.sampled_from(sorted(self._entries)), min_size=1, max_size=3))
        self._update({}, frozenset(gone))

    @rule(key=st.sampled_from(PERSONS), weight=st.integers(0, 3), label=st.sampled_from(["Ana", "Ռուի"]))
    def a_name_comes_or_changes(self, key: RecordId, weight: int, label: str) -> None:
        self._update({key: SearchEntry(_name(key, weight, label), ())})

    @rule(is_whole=st.booleans())
    def nothing_changes(self, is_whole: bool) -> None:
        self._update({} if not is_whole else self._entries, is_whole=is_whole)

    def _texts(self, key: RecordId, data: st.DataObject) -> Iterator[Text]:
        for part in ("", "2"):
            if not part or data.draw(st.booleans()):
                yield _article(
                    key,
                    data.draw(_PASSAGES),
                    data.draw(st.sampled_from(["", "post", "times"])),
                    part,
                    data.draw(_DAYS),
                )

    def _update(
        self,
        changed: Mapping[RecordId, SearchEntry],
        gone: frozenset[RecordId] = frozenset(),
        *,
        is_whole: bool = False,
    ) -> None:
        self._number += 1
        self._entries = {k: e for k, e in {**self._entries, **changed}.items() if k not in gone}
        delta = self._delta(changed, gone, "" if is_whole else self._state.state)
        store = _MemoryStore(self._files, self._state.sums)
        self._state = update.update(self._state, delta, store)
        assert store.is_whole(lambda name, known: False)
        full = self._delta(self._entries, frozenset(), "")
        assert self._state == update.update(SearchState(), full, _MemoryStore({}, {}))

    def _delta(
        self, changed: Mapping[RecordId, SearchEntry], gone: frozenset[RecordId], since: str
    ) -> SearchDelta:
        outlets = {OrganizationId(RecordId(key)): key.title() for key in ("post", "times")}
        return SearchDelta("en", dict(sorted(changed.items())), outlets, gone, since, str(self._number))


@pytest.mark.parametrize(("long", "few"), [(20_000, 100), (30, 100), (12, 100), (12, 2)])
@pytest.mark.usefixtures("_small_files")
def test_any_update_gives_the_search_of_a_full_build(
    monkeypatch: pytest.MonkeyPatch, long: int, few: int
) -> None:
    monkeypatch.setattr(postings, "LONG", long)
    monkeypatch.setattr(postings, "RANGE", 2)
    monkeypatch.setattr(update, "_FEW", few)
    run_state_machine_as_test(
        SearchWalk, settings=settings(max_examples=15, stateful_step_count=12, deadline=None)
    )


def _entries(**bodies: str) -> dict[RecordId, SearchEntry]:
    return {
        RecordId(key): SearchEntry(None, (_article(RecordId(key), [(body.split(), set())], ""),))
        for key, body in sorted(bodies.items())
    }


def test_a_change_of_a_few_words_reads_only_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "_TARGET", 40)
    bodies = {f"news-{n}": f"first{n} shared{n % 7} second{n}" for n in range(50)}
    before = update.update(
        SearchState(), SearchDelta("en", _entries(**bodies), {}, state="1"), ContentStore(tmp_path, {})
    )
    assert len(before.files) > 20
    read: list[str] = []
    store = ContentStore(tmp_path, before.sums)

    def reading(name: str) -> bytes | None:
        read.append(name)
        return ContentStore.read(store, name)

    monkeypatch.setattr(store, "read", reading)
    changed = _entries(**{"news-20": "first20 shared6 second3"})
    update.update(before, SearchDelta("en", changed, {}, since="1", state="2"), store)
    assert 1 <= sum(name.startswith("words-") for name in read) <= 4


def test_what_is_lost_is_made_again(tmp_path: Path) -> None:
    cache, site = Cache(tmp_path / "kept"), SiteFiles(tmp_path / "site")
    bodies = {"news": "Person Number1 spoke.", "other": "It rained."}
    states = {"1": _entries(**bodies), "2": _entries(**bodies | {"news": "Person Number2 spoke."})}

    def find(state: str, since: str) -> SearchDelta:
        key = RecordId("news")
        changed = {key: states[state][key]} if since == str(3 - int(state)) else states[state]
        return SearchDelta("en", changed, {}, since="" if changed is states[state] else since, state=state)

    add_search(partial(find, "1"), site, cache)
    damaged = [path for path in sorted(cache.folder.rglob("*")) if path.is_file()]
    assert len(damaged) > 8
    for path in damaged:
        if not path.is_file():
            continue
        path.write_bytes(path.read_bytes()[:-9] + b"otherwise")
        for state in ("2", "1"):
            # Another folder each time, so that all files are needed.
            site = SiteFiles(tmp_path / f"{path.name}-{state}")
            add_search(partial(find, state), site, cache)
            write_search(find(state, ""), tmp_path / f"fresh-{state}")
            assert site.files() == files_of(tmp_path / f"fresh-{state}"), path
