"""A new dossier: sound from the start, made whole or not at all, whatever its title."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from generator import build
from generator.cli import main
from generator.load import load
from generator.load.records import _INTERNAL, RECORD_TYPES
from generator.mkdocs.config import read_config
from generator.model.actors import Membership, Position
from generator.model.article import Article, Original
from generator.model.claims import Answer
from generator.model.dossier import Change, Settings
from generator.model.evidence import Evidence
from generator.model.happenings import Participation
from generator.model.kinds import Kind
from generator.model.story import StoryStep
from generator.publish.linkcheck import broken_links
from generator.scaffold.origin import Origin, origin_of
from generator.scaffold.scaffold import make_dossier

# Where the examples of each kind stand; parts stand with the record that holds them.
_FILES: dict[str, tuple[type[BaseModel], ...]] = {
    "dossier.yml": (Settings, Change),
    "articles/fernholm-courier-2024-05-14.md": (Article, Original),
    "people.yml": (RECORD_TYPES[Kind.PERSON], Position),
    "organizations.yml": (RECORD_TYPES[Kind.ORGANIZATION], Membership),
    "places.yml": (RECORD_TYPES[Kind.PLACE],),
    "events.yml": (RECORD_TYPES[Kind.EVENT], Participation),
    "documents.yml": (RECORD_TYPES[Kind.DOCUMENT],),
    "issues.yml": (RECORD_TYPES[Kind.ISSUE],),
    "statements.yml": (RECORD_TYPES[Kind.STATEMENT], Evidence),
    "questions.yml": (RECORD_TYPES[Kind.QUESTION], Answer),
    "story.yml": (RECORD_TYPES[Kind.STORY], StoryStep),
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "water-rights_2024"
    assert make_dossier(folder) == []
    return folder


def test_new_dossier_has_no_problems(made: Path) -> None:
    assert build.check(made).problems == ()


@pytest.mark.slow
def test_new_dossier_builds_with_every_link(made: Path) -> None:
    built = build.build(made, made / "site", check_links=True)
    assert built.problems == ()
    assert list(broken_links(made / "site")) == []
    assert "Ida Solvang" in (made / "site/people/ida-solvang/index.html").read_text("utf-8")


def test_generated_pages_stay_out_of_version_control(made: Path) -> None:
    own = {path for path in (made / "docs").rglob("*") if path.is_file()}
    build.write(made)
    ignored = [
        line.strip("/")
        for line in (made / "docs/.gitignore").read_text("utf-8").split("\n")
        if line.startswith("/")
    ]
    generated = {path for path in (made / "docs").rglob("*") if path.is_file()} - own
    assert {path.relative_to(made / "docs").parts[0] for path in generated} == set(ignored)


def test_files_that_begin_with_a_dot_are_there(made: Path) -> None:
    assert (made / ".gitignore").is_file()
    assert (made / ".github/workflows/site.yml").is_file()
    assert not list(made.glob(".new-*"))


def test_workflow_uses_what_the_projects_own_does(made: Path, root: Path) -> None:
    new, own = ((f / ".github/workflows/site.yml").read_text("utf-8") for f in (made, root))
    assert yaml.safe_load(new)["jobs"].keys() == {"build", "deploy"}
    used, of_own = (re.findall(r"uses: (.+)", text) for text in (new, own))
    assert set(used) <= set(of_own)
    # By commit, since a tag can be moved; the version is for people.
    assert all(re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in of_own)


def test_workflow_keeps_what_was_made_for_the_next_build(made: Path, root: Path) -> None:
    for folder in (made, root):
        steps = yaml.safe_load((folder / ".github/workflows/site.yml").read_text("utf-8"))["jobs"]["build"][
            "steps"
        ]
        names = [step.get("uses", step.get("run", "")) for step in steps]
        (restore,) = (step for step in steps if step.get("uses", "").startswith("actions/cache/restore@"))
        (save,) = (step for step in steps if step.get("uses", "").startswith("actions/cache/save@"))
        (build,) = (
            step
            for step in steps
            if "BUILD=" in step.get("run", "") or "dossier build" in step.get("run", "")
        )
        assert steps.index(restore) < steps.index(build) < steps.index(save)
        # What a pull request brings in place of it is not believed, nor does one write what others read.
        assert names[steps.index(restore) - 1] == "rm -rf .cache/dossier site"
        assert save["if"] == "github.event_name != 'pull_request'"
        assert restore["with"]["path"] == save["with"]["path"] == ".cache/dossier\ndocs\nsite\n"
        # Pages that people wrote are those of the commit.
        assert names[steps.index(restore) + 1] == "git checkout -q HEAD -- docs && git clean -qfd docs"
        assert restore["with"]["key"].startswith(restore["with"]["restore-keys"].strip())


def test_restored_pages_that_people_wrote_are_those_of_the_commit(made: Path, tmp_path: Path) -> None:
    call = ["git", "-c", "user.name=S", "-c", "user.email=s@example.org", "-c", "commit.gpgsign=false"]
    (made / "docs/old.md").write_text("# Old\n")
    build.write(made)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*call, *words], cwd=made, check=True)
    kept = shutil.copytree(made / "docs", tmp_path / "kept")
    (made / "docs/old.md").unlink()
    (made / "docs/about.md").write_text("# New\n")
    subprocess.run([*call, "commit", "-qam", "two"], cwd=made, check=True)
    shutil.rmtree(made / "docs/people")
    shutil.copytree(kept, made / "docs", dirs_exist_ok=True)
    workflow = yaml.safe_load((made / ".github/workflows/site.yml").read_text("utf-8"))
    (run,) = (
        step["run"] for step in workflow["jobs"]["build"]["steps"] if "git clean" in step.get("run", "")
    )
    subprocess.run(run, shell=True, cwd=made, check=True)
    assert (made / "docs/about.md").read_text("utf-8") == "# New\n"
    assert not (made / "docs/old.md").exists()
    assert (made / "docs/people/index.md").is_file()


def test_navigation_is_the_default_one_and_its_own_page(made: Path, tmp_path: Path) -> None:
    (tmp_path / "without" / "docs").mkdir(parents=True)
    default = read_config(tmp_path / "without", "").nav
    own = read_config(made, "").nav or []
    about = own[-1]["nav.about"]
    assert about[0] == "about.md"
    assert [*own[:-1], {"nav.about": about[1:]}] == default


def test_title_is_the_folders_name_made_human(made: Path) -> None:
    assert load(made)[0].settings.title == "Water rights 2024"


def test_examples_are_sound(made: Path) -> None:
    before = len(load(made)[0].records)
    for path in filter(Path.is_file, (made / "seeds").rglob("*")):
        path.write_text(_uncommented(path.read_text("utf-8")), encoding="utf-8")
    checked = build.check(made)
    # The example of a digest names an original that is nowhere.
    assert {problem.rule for problem in checked.problems} <= {"unverified"}
    assert len(checked.dossier.records) > before


@pytest.mark.parametrize("file", _FILES)
def test_examples_show_every_field(made: Path, file: str) -> None:
    text = _uncommented((made / "seeds" / file).read_text("utf-8"))
    for model in _FILES[file]:
        names = {field.alias or name for name, field in model.model_fields.items()} - _INTERNAL
        missing = {name for name in names if not re.search(rf"(?m)(^|[ {{]){name}:", text)}
        assert missing == set(), f"generator/scaffold/new/seeds/{file} has no example of these fields"


@pytest.mark.parametrize(
    "title",
    [
        'He said "no"',
        "Water: whose is it? # a question",
        "'single' {braces} [brackets] & *stars*",
        "two\nlines\r\nand\u2028more",
        "- a list",
        "!ENV HOME",
        "back\\slash \\n",
        "<script>alert(1)</script>",
        "null",
        "2024",
        "@TITLE@",
        "Ջուր 水 😀",
    ],
)
def test_hostile_title_stays_what_it_is(tmp_path: Path, title: str) -> None:
    folder = tmp_path / "new"
    assert make_dossier(folder, title) == []
    assert _titles(folder) == {" ".join(title.split())}
    assert build.check(folder).problems == ()


@settings(max_examples=50)
@given(title=st.text(max_size=40))
def test_any_title_is_kept_or_refused(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    folder = tmp_path_factory.mktemp("title") / "new"
    if problems := make_dossier(folder, title):
        assert [problem.rule for problem in problems] == ["init-folder"]
        assert not folder.exists()
    else:
        assert _titles(folder) == {" ".join(title.split())}


@pytest.mark.slow
def test_hostile_title_builds(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert make_dossier(folder, '"><script>alert(1)</script>: {x}') == []
    build.build(folder, folder / "site", check_links=True)
    assert "<script>alert(1)" not in (folder / "site/index.html").read_text("utf-8")


def test_folder_with_files_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (problem,) = make_dossier(tmp_path)
    assert (problem.rule, problem.where.file, problem.is_error) == ("init-folder", str(tmp_path), True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    assert [problem.rule for problem in make_dossier(file)] == ["init-folder"]
    assert [problem.rule for problem in make_dossier(file / "inner")] == ["init-folder"]
    assert file.read_text() == "mine"


def test_empty_folder_and_empty_repository_are_taken(tmp_path: Path) -> None:
    assert make_dossier(tmp_path) == []
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    assert make_dossier(repository) == []
    assert (repository / "seeds/dossier.yml").is_file()


@pytest.mark.parametrize("method", ["write_text", "rename"])
def test_what_fails_midway_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    original, calls = getattr(Path, method), []

    def full(path: Path, *args: object, **kwargs: object) -> object:
        calls.append(path)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return original(path, *args, **kwargs)

    monkeypatch.setattr(Path, method, full)
    (problem,) = make_dossier(tmp_path / "new")
    assert "No space left on device" in problem.message
    assert list(tmp_path.iterdir()) == []


def _uncommented(text: str) -> str:
    """Examples are lines that begin with # and no single space; other comments are words."""
    return re.sub(r"^#(?! \S)", "", text, flags=re.MULTILINE)


def _titles(folder: Path) -> set[str]:
    return {load(folder)[0].settings.title, read_config(folder, "").site_name}


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def _install_step(folder: Path) -> tuple[dict[str, str], str]:
    workflow = yaml.safe_load((folder / ".github/workflows/site.yml").read_text("utf-8"))
    (step,) = (s["run"] for s in workflow["jobs"]["build"]["steps"] if "pip install" in s.get("run", ""))
    return workflow["env"], step


def test_workflow_installs_the_generator_from_its_repository_at_a_commit(tmp_path: Path) -> None:
    assert (
        make_dossier(tmp_path / "new", None, Origin("https://forge.example/some/dossier.git", COMMIT)) == []
    )
    env, step = _install_step(tmp_path / "new")
    assert (env["GENERATOR"], env["GENERATOR_COMMIT"]) == ("https://forge.example/some/dossier.git", COMMIT)
    # By no name of a package, and with hashes of all else.
    assert re.findall(r"pip install (.+)", step) == [
        "--require-hashes -r requirements/site.lock",
        "--no-deps --no-build-isolation .",
    ]
    readme = (tmp_path / "new/README.md").read_text("utf-8")
    assert f"pip install git+https://forge.example/some/dossier.git@{COMMIT}\n" in readme


def test_workflow_that_knows_no_repository_stops_and_says_so(made: Path) -> None:
    env, step = _install_step(made)
    done = subprocess.run(
        ["bash", "-e", "-c", step],
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        cwd=made,
        check=False,
    )
    assert done.returncode != 0
    assert "say at the top of .github/workflows/site.yml in which repository the generator is" in done.stderr
    assert "@" not in env["GENERATOR"] + env["GENERATOR_COMMIT"]
    assert "git+https://HOST/REPOSITORY@COMMIT" in (made / "README.md").read_text("utf-8")


def test_workflow_takes_pull_requests_for_untrusted(made: Path, root: Path) -> None:
    text = (made / ".github/workflows/site.yml").read_text("utf-8")
    runs = re.findall(r"run: (dossier .+)", text)
    assert len(runs) == 2
    assert all(run.endswith(" $UNTRUSTED") for run in runs)
    asked = "${{ github.event_name == 'pull_request' && '--untrusted' || '' }}"
    assert f"UNTRUSTED: {asked}" in text
    assert f'make site BUILD="{asked}"' in (root / ".github/workflows/site.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("recorded", "known"),
    [
        ({}, None),
        ({"url": "https://forge.example/d.tar.gz", "archive_info": {}}, None),
        ({"url": "https://forge.example/a/d", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, "https://forge.example/a/d"),
        ({"url": "https://me:secret@forge.example/d", "vcs_info": {"commit_id": COMMIT}}, "https://forge.example/d"),
        ({"url": "https://forge.example/d", "vcs_info": {"commit_id": "main"}}, None),
        ({"url": "ssh://git@forge.example/d", "vcs_info": {"commit_id": COMMIT}}, None),
        ({"url": "https://forge.example/$(touch x)", "vcs_info": {"commit_id": COMMIT}}, None),
        ({"url": 'https://forge.example/d"\n', "vcs_info": {"commit_id": COMMIT}}, None),
    ],
)  # fmt: skip
def test_where_the_generator_is_from_is_what_pip_recorded(
    recorded: dict[str, object], known: str | None
) -> None:
    assert origin_of(recorded) == (Origin(known, COMMIT) if known else None)


def test_of_a_clone_the_generator_is_from_where_that_came_from(tmp_path: Path) -> None:
    clone = tmp_path / "a clone"
    clone.mkdir()
    recorded = {"url": clone.as_uri(), "dir_info": {"editable": True}}
    assert origin_of(recorded) is None
    who = ["-c", "user.name=S", "-c", "user.email=s@example.org", "-c", "commit.gpgsign=false"]
    for call in (
        ["init", "-q"],
        [*who, "commit", "-q", "--allow-empty", "-m", "one"],
        ["remote", "add", "origin", "https://token@forge.example/a/dossier.git"],
    ):
        subprocess.run(["git", "-C", clone, *call], check=True, capture_output=True)
    head = subprocess.run(
        ["git", "-C", clone, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    )
    assert origin_of(recorded) == Origin("https://forge.example/a/dossier.git", head.stdout.strip())


@pytest.mark.parametrize(
    "text", ["", "https://forge.example/d", "https://forge.example/d@main", f"d@{COMMIT}"]
)
def test_what_is_no_address_with_a_commit_is_refused(tmp_path: Path, text: str) -> None:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--generator", text])
    assert done.exit_code == 2
    assert "--generator" in done.stderr
    assert not (tmp_path / "new").exists()
