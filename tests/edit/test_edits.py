"""An edit changes the record that it is about, and no other byte."""

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.edit import (
    AddItem,
    Edit,
    InsertArticle,
    InsertRecord,
    RemoveRecord,
    RenameRecord,
    SetField,
    commit,
    plan,
)
from generator.load import load
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.support.problems import Refused
from tests.build import write_files

PEOPLE = """\
# Who is who

ana-lima:
  name: Ana Lima   # the mayor
  positions:
  - {title: Mayor, of: town, from: 2018}
  evidence: [one#p1]

# Others

bo-ruiz:
  name: "Bo Ruiz"
  evidence: [one#p1]

cy-tan:
  name: Cy Tan
"""
ONE = "---\ntitle: One\n---\n\nFirst.\n\nSecond.\n"


def _dossier(tmp_path: Path, **files: str | bytes) -> Path:
    return write_files(
        tmp_path,
        {"seeds/dossier.yml": "title: Small\n", "seeds/people.yml": PEOPLE, "seeds/articles/one.md": ONE}
        | {f"seeds/{name.replace('__', '/')}": data for name, data in files.items()},
    )


def _make(root: Path, *edits: Edit) -> None:
    commit(root, plan(root, load(root)[0], edits))


def _made(root: Path, *edits: Edit, file: str = "people.yml") -> str:
    _make(root, *edits)
    return (root / "seeds" / file).read_bytes().decode()


def _key(text: str) -> RecordId:
    return RecordId(text)


def test_a_record_comes_where_the_order_of_its_file_puts_it(tmp_path: Path) -> None:
    new = InsertRecord(Kind.PERSON, _key("bea-orr"), {"name": "Bea Orr", "evidence": ["one#p2"]})
    made = _made(_dossier(tmp_path), new)
    added = "\nbea-orr:\n  name: Bea Orr\n  evidence: [one#p2]\n"
    assert made == PEOPLE.replace(
        "  evidence: [one#p1]\n\n# Others", f"  evidence: [one#p1]\n{added}\n# Others"
    )


def test_events_are_in_the_order_of_time(tmp_path: Path) -> None:
    events = "".join(
        f"e{n}:\n  title: T{n}\n  date: {d}\n\n" for n, d in [(3, 2019), (9, 2020), (1, "2021-05")]
    )
    new = InsertRecord(Kind.EVENT, _key("e5"), {"title": "T", "date": "2020-06"})
    made = _made(_dossier(tmp_path, **{"events.yml": events}), new, file="events.yml")
    assert made == events.replace("e1:", "e5:\n  title: T\n  date: 2020-06\n\ne1:")


def test_the_first_record_of_a_kind_makes_its_file(tmp_path: Path) -> None:
    new = InsertRecord(Kind.PLACE, _key("oslo"), {"name": "Oslo", "coordinates": ["59.9", "10.7"]})
    assert (
        _made(_dossier(tmp_path), new, file="places.yml")
        == "oslo:\n  name: Oslo\n  coordinates: [59.9, 10.7]\n"
    )


def test_where_each_record_has_a_file_so_has_a_new_one(tmp_path: Path) -> None:
    files = {f"places__{key}.yml": f"{key}:\n  name: {key}\n" for key in ("bergen", "narvik")}
    new = InsertRecord(Kind.PLACE, _key("oslo"), {"name": "Oslo"})
    assert _made(_dossier(tmp_path, **files), new, file="places/oslo.yml") == "oslo:\n  name: Oslo\n"


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (SetField(_key("ana-lima"), ("name",), "Ana Sá"), "Ana Lima ", "Ana Sá "),
        (SetField(_key("bo-ruiz"), ("name",), 'Bo "B" Ruiz'), '"Bo Ruiz"', '"Bo \\"B\\" Ruiz"'),
        (SetField(_key("bo-ruiz"), ("also",), ["B"]), '"Bo Ruiz"\n', '"Bo Ruiz"\n  also: [B]\n'),
        (SetField(_key("ana-lima"), ("positions", 0, "to"), "2020"), "2018}", "2018, to: 2020}"),
        (SetField(_key("bo-ruiz"), ("evidence",), None), '"Bo Ruiz"\n  evidence: [one#p1]\n', '"Bo Ruiz"\n'),
        (AddItem(_key("bo-ruiz"), ("evidence",), "one#p2"), "Ruiz\"\n  evidence: [one#p1]", "Ruiz\"\n  evidence: [one#p1, one#p2]"),
        (AddItem(_key("cy-tan"), ("also",), "Tan, Cy"), "Cy Tan\n", 'Cy Tan\n  also: ["Tan, Cy"]\n'),
        (AddItem(_key("ana-lima"), ("positions",), {"title": "Clerk", "of": "town"}), "2018}\n", "2018}\n  - {title: Clerk, of: town}\n"),
        (SetField(_key("ana-lima"), ("positions", 0), None), "  positions:\n  - {title: Mayor, of: town, from: 2018}\n", ""),
        (RenameRecord(_key("bo-ruiz"), _key("bo")), "bo-ruiz:", "bo:"),
        (RemoveRecord(_key("cy-tan")), "\ncy-tan:\n  name: Cy Tan\n", ""),
        (RemoveRecord(_key("bo-ruiz")), 'bo-ruiz:\n  name: "Bo Ruiz"\n  evidence: [one#p1]\n\n', ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["\n", "\r\n", "bom", "no end"])
def test_an_edit_leaves_all_other_bytes(tmp_path: Path, edit: Edit, old: str, new: str, form: str) -> None:
    def written(text: str) -> bytes:
        text = text.removesuffix("\n") if form == "no end" else text
        return (
            ("\ufeff" if form == "bom" else "") + text.replace("\n", "\r\n" if form == "\r\n" else "\n")
        ).encode()

    assert PEOPLE.count(old) == 1
    root = _dossier(tmp_path, **{"people.yml": written(PEOPLE)})
    _make(root, edit)
    assert (root / "seeds/people.yml").read_bytes() == written(PEOPLE.replace(old, new))


def test_an_article_is_edited_in_its_front_matter(tmp_path: Path) -> None:
    edit = SetField(_key("one"), ("mentions",), {"Bo": "none"})
    expected = ONE.replace("One\n", "One\nmentions:\n  Bo: none\n")
    assert _made(_dossier(tmp_path), edit, file="articles/one.md") == expected


def test_an_article_without_front_matter_gets_it(tmp_path: Path) -> None:
    root = _dossier(tmp_path, **{"articles__2019-03-04-two.txt": "A: title\n\nFirst.\n\n\nSecond.\n"})
    before = load(root)[0].articles
    edit = SetField(_key("2019-03-04-two"), ("mentions",), {"Bo": "none"})
    made = _made(root, edit, file="articles/2019-03-04-two.txt")
    assert (
        made
        == '---\ntitle: "A: title"\npublished: 2019-03-04\nmentions:\n  Bo: none\n---\n\nFirst.\n\n\nSecond.\n'
    )
    after = load(root)[0].articles
    for key, article in before.items():
        assert [p.text for p in article.paragraphs] == [p.text for p in after[key].paragraphs]
        assert (article.title, article.published) == (after[key].title, after[key].published)


def test_an_article_is_written_renamed_and_removed(tmp_path: Path) -> None:
    root = _dossier(tmp_path)
    _make(root, InsertArticle(_key("two"), {"title": "Two: a title"}, ["First.", "Second."]))
    made = load(root)[0].articles
    assert [p.text for p in next(a for key, a in made.items() if key == "two").paragraphs] == [
        "First.",
        "Second.",
    ]
    _make(root, RenameRecord(_key("two"), _key("three")), SetField(_key("three"), ("formerly",), ["two"]))
    assert (root / "seeds/articles/three.md").read_text() == (
        '---\ntitle: "Two: a title"\nformerly: [two]\n---\n\nFirst.\n\nSecond.\n'
    )
    _make(root, RemoveRecord(_key("three")))
    assert sorted(path.name for path in (root / "seeds/articles").iterdir()) == ["one.md"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            InsertRecord(Kind.PERSON, _key("bo-ruiz"), {}),
            "people.yml:11:1: error: the id 'bo-ruiz' is taken (choose another, or change that record)",
        ),
        (InsertRecord(Kind.PERSON, _key("../x"), {}), "error: '../x' is not an id"),
        (InsertArticle(_key("A B"), {}, ["x"]), "(write 'a-b') [bad-id]"),
        (
            InsertRecord(Kind.PERSON, _key("x"), {}, file="seeds/../people.yml"),
            "'seeds/../people.yml' is not below seeds/ (name a file there)",
        ),
        (SetField(_key("cy-tam"), ("name",), "x"), "no record 'cy-tam' (did you mean 'cy-tan'?)"),
        (SetField(_key("cy-tan"), ("positions", 0, "to"), "2020"), "people.yml:15:1: error: 'cy-tan' has no"),
        (
            SetField(_key("cy-tan"), ("name",), "x", was="Cy"),
            "people.yml:16:9: error: 'name' of 'cy-tan' was changed meanwhile (read it again)",
        ),
        (RenameRecord(_key("cy-tan"), _key("bo-ruiz")), "the id 'bo-ruiz' is taken"),
        (
            SetField(_key("open"), ("title",), "x"),
            "articles/open.md:1:1: error: front matter without an end (close the front matter with a line of ---)",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused(tmp_path: Path, edit: Edit, message: str) -> None:
    root = _dossier(tmp_path, **{"articles__open.md": "---\ntitle: Open\n\nFirst.\n"})
    with pytest.raises(Refused) as refused:
        plan(root, load(root)[0], [edit])
    assert message in str(refused.value.problems[0])


def test_shared_values_are_not_edited(tmp_path: Path) -> None:
    people = "a:\n  name: A\n  evidence: &e [one#p1]\nb:\n  name: B\n  evidence: *e\n"
    root = _dossier(tmp_path, **{"people.yml": people})
    with pytest.raises(Refused) as refused:
        plan(root, load(root)[0], [AddItem(_key("b"), ("evidence",), "one#p2")])
    problem = str(refused.value.problems[0])
    assert problem.startswith(
        "seeds/people.yml:3:13: error: 'seeds/people.yml' is written in a way that cannot be changed"
    )


def test_a_file_that_was_changed_meanwhile_stays(tmp_path: Path) -> None:
    root = _dossier(tmp_path)
    edits = [SetField(_key("cy-tan"), ("name",), "Cy"), SetField(_key("one"), ("title",), "Uno")]
    changes = plan(root, load(root)[0], edits)
    (root / "seeds/people.yml").write_text(PEOPLE + "# mine\n")
    with pytest.raises(Refused, match="was changed meanwhile"):
        commit(root, changes)
    assert (root / "seeds/articles/one.md").read_text() == ONE


def _values(dossier: Dossier) -> dict[str, Any]:
    return {key: record.model_dump(mode="python") for key, record in dossier.records.items()}


@pytest.mark.parametrize("seed", range(3))
def test_of_all_records_exactly_those_that_were_meant_change(toy: Path, tmp_path: Path, seed: int) -> None:
    root = tmp_path / "toy"
    shutil.copytree(toy / "seeds", root / "seeds")
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    dossier = load(root)[0]
    chance = random.Random(seed)
    for key in chance.sample(sorted(dossier.records), 12):
        record = dossier.records[key]
        edits: list[Edit] = [
            SetField(
                key, ("note",), "A note: it has a colon, and “quotation marks” of several 'sorts' \"too\"."
            ),
            SetField(key, ("caveat",), "word " * 40 + "end."),
            SetField(key, ("links",), {"Site": "https://example.org/?a=b#c"}),
            AddItem(key, ("formerly",), f"{key}-old"),
        ]
        edit = chance.choice(edits)
        changes = plan(root, dossier, [edit])
        commit(root, changes)
        now, problems = load(root)
        before, after = _values(dossier), _values(now)
        assert [problem for problem in problems if problem.is_error] == []
        assert {one for one in before | after if before.get(one) != after.get(one)} == {key}
        assert type(record) is type(now.records[key])
        commit(root, [change.undone for change in changes])
        assert {path: path.read_bytes() for path in files} == files
