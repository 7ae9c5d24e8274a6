"""What git knows of the seeds, as records that were added, changed and removed."""

import subprocess
from pathlib import Path

import pytest

from generator.load import read_history
from generator.load.history import MOST
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


def test_records_are_told_apart(repo: Path) -> None:
    _commit(repo, {"seeds/people.yml": PEOPLE, "seeds/articles/2022-09-16 News!.txt": "News\n\nNo news.\n"})
    _commit(repo, {"README.md": "Not of the seeds.\n"})
    _commit(
        repo,
        {"seeds/people.yml": "ana:\n  name: Anna\n\ncy:\n  name: Cy\n", "seeds/dossier.yml": "title: A\n"},
    )
    newest, oldest = read_history(repo)
    assert (oldest.added, oldest.changed, oldest.removed) == (("2022-09-16-news", "ana", "bo"), (), ())
    assert (newest.added, newest.changed, newest.removed) == (("cy",), ("ana",), ("bo",))
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


def test_what_cannot_be_read_is_no_record(repo: Path) -> None:
    _commit(
        repo, {"seeds/people.yml": "ana: [\n", "seeds/evidence.lock": "{}\n", "seeds/others.yml": "a: {}\n"}
    )
    assert read_history(repo) == ()


def test_of_a_shallow_clone_the_oldest_commit_tells_nothing(repo: Path, tmp_path: Path) -> None:
    _commit(repo, {"seeds/people.yml": PEOPLE})
    _commit(repo, {"seeds/people.yml": PEOPLE.replace("Bo", "Bob")})
    _git(repo, "clone", "-q", "--depth=1", repo.as_uri(), str(tmp_path / "shallow"))
    assert read_history(tmp_path / "shallow") == ()


def test_a_dossier_below_the_root_of_its_repository(repo: Path) -> None:
    _commit(repo, {"dossiers/one/seeds/people.yml": PEOPLE, "dossiers/two/seeds/people.yml": PEOPLE})
    (revision,) = read_history(repo / "dossiers/one")
    assert revision.added == ("ana", "bo")


def test_only_the_newest_are_told(repo: Path) -> None:
    for number in range(MOST + 2):
        _commit(repo, {"seeds/people.yml": f"ana:\n  name: Ana {number}\n"})
    assert len(read_history(repo)) == MOST


def test_without_version_control_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_history(tmp_path) == ()
    monkeypatch.setenv("PATH", "")
    assert read_history(tmp_path) == ()
