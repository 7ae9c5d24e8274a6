"""A search that follows the edits of a dossier is the one that is made from nothing."""

import random
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from generator.build import check
from generator.edition import Edition
from generator.incremental import MarkdownTree, update_tree
from generator.link import link
from generator.mkdocs.settings import docs_folder
from generator.pages.search import searchable
from generator.search import SearchDelta, add_search, files, postings, write_search
from generator.state.cache import Cache
from tests.build import write_files
from tests.searches import SiteFiles, files_of

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
# Edits one after the other, each of what those before it left.
EDITS: Mapping[str, Edit] = {
    "a body": {NEWS: _text("Ana Lima spoke of much else.", "It rained often.")},
    "a mention more": {NEWS: _text("Ana Lima spoke.", "Rui Lima was silent.")},
    "a mention less": {NEWS: _text("Nobody spoke.", "Rui Lima was silent.")},
    "whom a short name means": {NEWS: _text("Ana Lima spoke.", "It rained on Lima.")},
    "an undecided name": {NEWS: _text("Nobody spoke.", "Then Lima spoke.")},
    "mentions of one for another": {
        NEWS: _text("Rui Lima left The Post in spring.", "Often."),
        "seeds/articles/other.md": _text("Nobody left in spring.", title="A departure", date="2021-04-03"),
    },
    "handles, and words in other spellings": {
        NEWS: _text("Ana Lima spoke to @ana-lima, @rui-lima and @post.", "L’accord of the ofﬁce, co-\nop.")
    },
    "handles in another place": {
        NEWS: _text("To @post and @ana-lima spoke @nobody.", "Ana Lima in the co-op, l'accord.")
    },
    "a paragraph less": {NEWS: _text("Ana Lima was alone with The Times.")},
    "two bodies": {
        NEWS: _text("Ana Lima spoke of the rain.", "It rained often."),
        "seeds/articles/third.md": _text(
            "Ana Lima came.", title="A quiet day", outlet="times", date="2020-01-01"
        ),
    },
    "a title": {NEWS: _text("Ana Lima spoke of the rain.", title="Rui Lima in the rain")},
    "an outlet": {NEWS: _text("Ana Lima spoke of the rain.", outlet="times")},
    "a date": {NEWS: _text("Ana Lima spoke of the rain.", date="2012-05-02")},
    "an article that comes": {"seeds/articles/aaa.md": _text("Ana Lima was there.")},
    "a body after that": {"seeds/articles/aaa.md": _text("Ana Lima was here.")},
    "an article that is renamed": {
        "seeds/articles/aaa.md": None,
        "seeds/articles/zzz.md": _text("Ana Lima was there."),
    },
    "an article that goes": {"seeds/articles/zzz.md": None},
    "a statement": {"seeds/statements.yml": SAID.replace("would.", "would not.")},
    "a quote": {"seeds/statements.yml": SAID.replace("[other#p1]", "[{at: other#p1, quote: in spring}]")},
    "a body after a quote": {NEWS: _text("Ana Lima spoke in spring.", date="2012-05-02")},
    "an alias": {"seeds/people.yml": ALIASED},
    "a body with the alias": {NEWS: _text("The Lioness spoke of Ana Lima.", date="2012-05-02")},
    "prose": {"seeds/people.yml": ALIASED.replace("Ana Lima,", "Ana Lima, summary: Walks in the rain.,", 1)},
    "other prose": {
        "seeds/people.yml": ALIASED.replace("Ana Lima,", "Ana Lima, summary: Sat with Rui Lima.,", 1)
    },
    "nothing": {},
}


@pytest.fixture
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as small as those of a large dossier are, by its measure."""
    monkeypatch.setattr(postings, "_TARGET", 40)
    monkeypatch.setattr(files, "_TEXTS", 2)


def _edit(root: Path, edit: Edit) -> None:
    write_files(root, {name: text for name, text in edit.items() if text is not None})
    for name, text in edit.items():
        if text is None:
            (root / name).unlink()


def _fresh(root: Path, site: Path) -> dict[str, bytes]:
    found = check(root).dossier
    write_search(searchable(Edition(found, link(found))), site)
    return files_of(site)


@pytest.mark.usefixtures("_small_files")
@pytest.mark.parametrize("seed", [None, 1])
def test_a_search_follows_edit_after_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int | None
) -> None:
    monkeypatch.chdir(tmp_path)
    root = write_files(Path(), SEEDS)
    site, cache = SiteFiles(tmp_path / "site"), Cache(tmp_path / "kept")
    steps = list(EDITS)
    if seed:
        random.Random(seed).shuffle(steps)
        steps.remove("an article that is renamed")
        steps.remove("an article that goes")
    for number, name in enumerate(["", *steps]):
        _edit(root, EDITS.get(name, {}))
        tree = update_tree(root, partial(docs_folder, root))
        asked: list[SearchDelta] = []
        add_search(partial(_noting, asked, tree), site, cache)
        assert site.files() == _fresh(root, tmp_path / f"fresh-{number}"), name
        assert [bool(each.since) for each in asked] == [bool(name)], name
        assert not name or len(asked[0].changed) < len(tree.edition.dossier.records), name


def _noting(asked: list[SearchDelta], tree: MarkdownTree, since: str) -> SearchDelta:
    asked.append(tree.searchable(since))
    return asked[-1]
