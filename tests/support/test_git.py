"""What git is asked of a folder runs nothing that the folder brings."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.load import read_history
from generator.support.git import git, history_state
from tests.build import write_files

Plant = Callable[[Path, Path], None]


def _git(root: Path, *call: str) -> None:
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", root, *who, *call], check=True, capture_output=True)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    root.mkdir()
    _git(root, "init", "-q")
    write_files(root, {"one/seeds/people.yml": "ana: {name: Ana}\n"})
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "one")
    return root


def _signed(gitdir: Path) -> None:
    """Makes the newest commit one that has a signature, for git to have it looked at."""
    text = subprocess.run(
        ["git", "--git-dir", gitdir, "cat-file", "commit", "HEAD"], check=True, capture_output=True, text=True
    ).stdout
    head, _, message = text.partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----"
    made = subprocess.run(
        ["git", "--git-dir", gitdir, "hash-object", "-t", "commit", "-w", "--stdin"],
        input=f"{head}\n{signature}\n\n{message}", check=True, capture_output=True, text=True,
    )  # fmt: skip
    subprocess.run(["git", "--git-dir", gitdir, "update-ref", "HEAD", made.stdout.strip()], check=True)


def _configure(gitdir: Path, script: Path) -> None:
    """Everything by which a repository's configuration may have a program run when history is read."""
    included = gitdir / "further"
    included.write_text(
        f"""
[log]
    showSignature = true
[gpg]
    program = {script}
[gpg "ssh"]
    program = {script}
[gpg "x509"]
    program = {script}
[core]
    fsmonitor = {script}
    pager = {script}
    hooksPath = {script.parent}
    sshCommand = {script}
    attributesFile = {gitdir}/attributes
[pager]
    log = {script}
    rev-parse = {script}
[diff]
    external = {script}
[diff "planted"]
    command = {script}
    textconv = {script}
[color]
    ui = always
[protocol "ext"]
    allow = always
[remote "origin"]
    url = ext::{script}
    promisor = true
    partialCloneFilter = blob:none
    uploadpack = {script}
[extensions]
    partialClone = origin
"""
    )
    (gitdir / "attributes").write_text("* diff=planted\n")
    (gitdir / "info").mkdir(exist_ok=True)
    (gitdir / "info/attributes").write_text("* diff=planted\n")
    with (gitdir / "config").open("a") as file:
        file.write(f"[include]\n    path = {included}\n")


def _bare(root: Path, script: Path, repo: Path | None = None) -> None:
    """What a pull request can add to a dossier below the root of its repository: a bare repository's files."""
    subprocess.run(["git", "clone", "-q", "--bare", repo or root.parent, root / "planted"], check=True)
    for path in (root / "planted").iterdir():
        path.rename(root / path.name)
    (root / "planted").rmdir()
    _configure(root, script)
    _signed(root)


def _unpacked(root: Path, script: Path) -> None:
    """What an archive can bring: a folder `.git`."""
    gitdir = root.parent / ".git"
    _configure(gitdir, script)
    _signed(gitdir)


def _pointing(root: Path, script: Path) -> None:
    """A file `.git` that points to a repository among the files."""
    _bare(root / "seeds", script, root.parent)
    (root / ".git").write_text("gitdir: seeds\n")


def _partial(root: Path, script: Path) -> None:
    """A repository that lacks a blob, which git would have fetched."""
    _unpacked(root, script)
    told = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD:one/seeds/people.yml"],
        check=True,
        capture_output=True,
        text=True,
    )
    name = told.stdout.strip()
    (root.parent / ".git/objects" / name[:2] / name[2:]).unlink()


@pytest.mark.parametrize("plant", [_bare, _unpacked, _pointing, _partial])
def test_no_program_of_a_repository_is_run(repo: Path, tmp_path: Path, plant: Plant) -> None:
    ran, script = tmp_path / "ran", tmp_path / "bin/post-index-change"
    script.parent.mkdir()
    script.write_text(f"#!/bin/sh\ntouch {ran}\n")
    script.chmod(0o755)
    plant(repo / "one", script)
    history_state(repo / "one")
    read_history(repo / "one")
    assert not ran.exists()
    # Without what is held here, it would have been run.
    if plant in (_bare, _unpacked):
        subprocess.run(["git", "-C", repo / "one", "log", "--raw"], check=False, capture_output=True)
        assert ran.exists()


def test_variables_that_choose_a_repository_do_not(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = history_state(repo / "one")
    assert wanted
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert history_state(repo / "one") == wanted
    assert not (tmp_path / "trace").exists()
    # Configuration of the user's own holds: it says which folders of other users are trusted.
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Somebody Else")
    assert git(repo, "config", "user.name") == b"Somebody Else\n"
    assert "GIT_DIR" in os.environ
