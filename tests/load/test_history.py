"""What git knows of the seeds, as records that were added, changed and removed."""

import subprocess
from pathlib import Path

import pytest

from generator.load import read_history
from generator.load.history import MOST
from generator.model.kinds import Kind
from tests.build import write_files

PEOPLE = "ana:\n  name: Ana\n\nbo:\n  name: Bo\n"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    root.mkdir()
    _git(root, "init", "-q")
    return root


def _git(root: Path, *call: str) -> None:
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", root, *who, *call], check=True, capture_output=True)


def _commit(root: Path, files: dict[str, str | None]) -> None:
    write_files(root, {name: text for name, text in files.items() if text is not None})
    for name in (name for name, text in files.items() if text is None):
        (root / name).unlink()
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "changed")


def test_history_lists_each_record_by_itself(repo: Path) -> None:
    _commit(repo, {"seeds/people.yml": PEOPLE, "seeds/articles/2022-09-16 News!.txt": "News\n\nNo news.\n"})
    _commit(repo, {"README.md": "Not of the seeds.\n"})
    _commit(
        repo,
        {"seeds/people.yml": "ana:\n  name: Anna\n\ncy:\n  name: Cy\n", "seeds/dossier.yml": "title: A\n"},
    )
    newest, oldest = read_history(repo)
    assert (oldest.added, oldest.changed, oldest.removed) == (("2022-09-16-news", "ana", "bo"), (), ())
    assert (newest.added, newest.changed, newest.removed) == (("cy",), ("ana",), ("bo",))
    assert [(lost.kind, lost.title) for lost in newest.lost] == [(Kind.PERSON, "Bo")]
    assert (oldest.settings, newest.settings) == (False, True)
    assert oldest.at <= newest.at
    assert oldest.at.tzinfo


def test_a_record_that_moves_to_another_file_has_not_changed(repo: Path) -> None:
    _commit(repo, {"seeds/people.yml": PEOPLE})
    _commit(
        repo,
        {
            "seeds/people.yml": None,
            "seeds/people/a.yml": "ana:\n  name: Ana\n",
            "seeds/people/b.yml": "bo:\n  name: Bo\n",
        },
    )
    assert len(read_history(repo)) == 1


def test_a_changed_record_says_in_which_fields(repo: Path) -> None:
    text = "---\ntitle: News\noutlet: post\n---\n\nNo news.\n"
    _commit(repo, {"seeds/people.yml": "ana: {name: Ana, also: [A, B]}\n", "seeds/articles/news.md": text})
    # How it is laid out is no field.
    people = "ana:\n  name: Anna\n  also:\n    - A\n    - B\n  summary: She spoke.\n"
    article = text.replace("outlet: post", "wire: post").replace("No news", "Some news")
    _commit(repo, {"seeds/people.yml": people, "seeds/articles/news.md": article})
    newest, oldest = read_history(repo)
    assert newest.changed == ("ana", "news")
    assert newest.fields == (("name", "summary"), ("wire", "text", "outlet"))
    assert oldest.fields == ()


def test_what_cannot_be_read_is_no_record(repo: Path) -> None:
    _commit(
        repo, {"seeds/people.yml": "ana: [\n", "seeds/evidence.lock": "{}\n", "seeds/others.yml": "a: {}\n"}
    )
    assert read_history(repo) == ()


def test_oldest_commit_of_a_shallow_clone_is_ignored(repo: Path, tmp_path: Path) -> None:
    _commit(repo, {"seeds/people.yml": PEOPLE})
    _commit(repo, {"seeds/people.yml": PEOPLE.replace("Bo", "Bob")})
    _git(repo, "clone", "-q", "--depth=1", repo.as_uri(), str(tmp_path / "shallow"))
    assert read_history(tmp_path / "shallow") == ()


def test_a_dossier_below_the_root_of_its_repository(repo: Path) -> None:
    _commit(repo, {"dossiers/one/seeds/people.yml": PEOPLE, "dossiers/two/seeds/people.yml": PEOPLE})
    (revision,) = read_history(repo / "dossiers/one")
    assert revision.added == ("ana", "bo")


def test_only_the_newest_commits_are_listed(repo: Path) -> None:
    for number in range(MOST + 2):
        _commit(repo, {"seeds/people.yml": f"ana:\n  name: Ana {number}\n"})
    assert len(read_history(repo)) == MOST


def test_without_version_control_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_history(tmp_path) == ()
    monkeypatch.setenv("PATH", "")
    assert read_history(tmp_path) == ()


def _commit_object(root: Path, date: str) -> None:
    """Commits what is staged, with any text for its date."""
    tree = subprocess.run(
        ["git", "-C", root, "write-tree"], check=True, capture_output=True, text=True
    ).stdout
    head = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    parent = f"parent {head.stdout}" if head.returncode == 0 else ""
    text = (
        f"tree {tree}{parent}author A <a@example.org> {date}\ncommitter A <a@example.org> {date}\n\nchanged\n"
    )
    made = subprocess.run(
        ["git", "-C", root, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        input=text, check=True, capture_output=True, text=True,
    )  # fmt: skip
    _git(root, "update-ref", "HEAD", made.stdout.strip())


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("1700000000 +0200", "2023-11-15T00:13:20+02:00"),
        ("1700000000 +9999", "2023-11-14T22:13:20+00:00"),
        ("1700000000 -2400", "2023-11-14T22:13:20+00:00"),
        ("1700000000", None),
        ("253402300800 +0000", None),
        ("99999999999999999999999 +0000", None),
        ("253402300799 +1400", "9999-12-31T23:59:59+00:00"),
        ("-1 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_commit_of_any_date_is_dated_or_left_out(repo: Path, date: str, at: str | None) -> None:
    write_files(repo, {"seeds/people.yml": PEOPLE})
    _git(repo, "add", "-A")
    _commit_object(repo, date)
    found = [revision.at.isoformat() for revision in read_history(repo)]
    # git itself takes what it cannot read for the year 1970.
    assert found in ([at] if at else [], ["1970-01-01T00:00:00+00:00"])
    assert not at or found == [at]


def test_seeds_that_were_a_link_or_a_file_are_no_records(repo: Path) -> None:
    (repo / "seeds").symlink_to("elsewhere")
    _git(repo, "add", "-A")
    _git(repo, "commit", "-q", "-m", "a link")
    (repo / "seeds").unlink()
    (repo / "seeds").write_text(PEOPLE, "utf-8")
    _git(repo, "add", "-A")
    _git(repo, "commit", "-q", "-m", "a file")
    (repo / "seeds").unlink()
    _commit(repo, {"seeds/people.yml": PEOPLE})
    assert [revision.added for revision in read_history(repo)] == [("ana", "bo")]


def test_links_and_submodules_among_the_seeds_are_no_records(repo: Path) -> None:
    write_files(repo, {"seeds/people.yml": PEOPLE, "seeds/articles/a.txt": "A\n\nText.\n"})
    (repo / "seeds/articles/b.txt").symlink_to("a.txt")
    _git(repo, "add", "-A")
    _git(repo, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},seeds/articles/c.txt")
    _git(repo, "commit", "-q", "-m", "links")
    assert [revision.added for revision in read_history(repo)] == [("a", "ana", "bo")]


def test_old_names_and_keys_of_any_characters_are_read(repo: Path) -> None:
    strange = {
        "seeds/articles/\x01one\x01.txt": "One\n\nText.\n",
        "seeds/articles/two\n:100644.md": "Two\n\nText.\n",
        "seeds/articles/…": "Three\n",
        "seeds/articles/!.md": "Four\n\nText.\n",
        "seeds/people/\x02.yml": '"<b>": {name: Eve}\nana: {name: Ana}\n',
    }
    _commit(repo, dict(strange))
    _commit(repo, dict.fromkeys(strange))
    newest, oldest = read_history(repo)
    assert oldest.added == newest.removed == ("ana", "one", "two-100644")


def test_removed_records_have_the_titles_that_they_had(repo: Path) -> None:
    files = {
        "seeds/articles/a.md": "---\noutlet: x\ntitle: 'A headline'\n---\nText.\n",
        "seeds/articles/b.txt": "\nAnother headline\n\nText.\n",
        "seeds/statements.yml": "s: {speaker: a, said: 'That [[bo|Bo]] left. [@a#p1]'}\n",
        "seeds/events.yml": "e: not a record\n",
    }
    _commit(repo, {**files})
    _commit(repo, dict.fromkeys(files))
    newest, _ = read_history(repo)
    lost = dict(zip(newest.removed, (record.title for record in newest.lost), strict=True))
    assert lost == {"a": "A headline", "b": "Another headline", "s": "That Bo left.", "e": "e"}
