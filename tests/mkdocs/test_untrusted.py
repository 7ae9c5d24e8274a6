"""A configuration of somebody else's runs no code: it is refused before anything of it is loaded."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.mkdocs.untrusted import untrusted
from tests.build import write_files

SEEDS = {"seeds/dossier.yml": "title: Some Dossier\n", "docs/about.md": "# About\n\nBy hand.\n"}
PLAIN = """\
site_name: Some Dossier
site_url: !ENV [SITE_URL, "http://127.0.0.1:8000/"]
repo_url: !ENV REPO_URL
edit_uri: ""
theme:
  name: dossier
  features: [navigation.top]
plugins:
  - dossier
  - search: {lang: en}
markdown_extensions:
  - tables
  - toc: {permalink: true}
  - markdown.extensions.footnotes
  - pymdownx.superfences
validation: {anchors: warn}
nav:
  - index.md
  - About: about.md
extra: {any: [thing, {at: all}]}
"""
# What would run or read something, each with what is said of it.
REFUSED = {
    "hooks: [run.py]": "'hooks' may run code",
    "INHERIT: other.yml": "'INHERIT' may run code",
    "extra_templates: [run.html]": "'extra_templates' may run code",
    "edit_uri_template: x": "'edit_uri_template' may run code",
    "watch: [x]": "'watch' may run code",
    "plugins: [macros]": "the plugin 'macros' is not on the list",
    "plugins: [search, {exec: {scripts: [run.py]}}]": "the plugin 'exec' is not on the list",
    "plugins: {gen-files: {scripts: [run.py]}}": "the plugin 'gen-files' is not on the list",
    "plugins: search, exec": "the plugin 'search, exec' is not on the list",
    "plugins: [[exec]]": "is not on the list",
    "markdown_extensions: [pymdownx.snippets]": "the Markdown extension 'pymdownx.snippets' is not",
    "markdown_extensions: ['run:Extension']": "the Markdown extension 'run:Extension' is not",
    "markdown_extensions: {run: {}}": "the Markdown extension 'run' is not",
    "theme: {name: dossier, custom_dir: theme}": "'custom_dir' of the theme may run code",
    "theme: {name: dossier, static_templates: [x.html]}": "'static_templates' of the theme",
    "theme: {name: material}": "a theme other than 'dossier'",
    "theme: mkdocs": "a theme other than 'dossier'",
    "theme: {features: []}": "a theme other than 'dossier'",
    "docs_dir: ../elsewhere": "docs_dir leads out of the dossier",
    "docs_dir: /etc": "docs_dir leads out of the dossier",
    "docs_dir: docs/../../x": "docs_dir leads out of the dossier",
    'docs_dir: "C:\\\\x"': "docs_dir leads out of the dossier",
    "docs_dir: [docs]": "docs_dir leads out of the dossier",
    "extra: {a: !!python/object/apply:os.system [touch ran]}": "python/object/apply:os.system",
    "extra: {a: !!python/name:os.system }": "python/name:os.system",
    "!!python/object/apply:os.system [touch ran]": "python/object/apply:os.system",
    "extra: {!!python/object/apply:os.system [touch ran]: 1}": "python/object/apply:os.system",
    "extra: {a: !relative docs}": "the tag or key '!relative' is not taken",
    "extra: {a: !ENV HOME}": "a variable of the environment other than REPO_URL, SITE_URL",
    "extra: {a: !ENV [SITE_URL, GITHUB_TOKEN, x]}": "a variable of the environment other than",
    "extra: {a: !ENV [[HOME]]}": "a variable of the environment other than",
    "extra: {a: !ENV {HOME: x}}": "a variable of the environment other than",
    "extra: &a {hooks: [run.py]}\n<<: *a": "'<<' may run code",
    "extra: &a {custom_dir: x}\ntheme: {name: dossier, <<: *a}": "'tag:yaml.org,2002:merge' is not taken",
    "site_name: a\n---\nsite_name: b": "cannot be read",
    "site_name: [": "cannot be read",
    f"extra: {'[' * 3000}{']' * 3000}": "nested too deep",
}


def _dossier(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["-C", str(root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:50])
def test_what_may_run_or_read_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, {"mkdocs.yml": f"{text}\n"})
    told = [str(problem) for problem in untrusted(tmp_path)]
    assert any(REFUSED[text] in line for line in told), told
    assert all(line.startswith("mkdocs.yml:") and line.endswith("[untrusted-config]") for line in told)


def test_broken_yaml_is_reported_where_it_breaks(tmp_path: Path) -> None:
    write_files(tmp_path, {"mkdocs.yml": "site_name: a\n  b: c\n"})
    message = "cannot be read: mapping values are not allowed here (correct the YAML)"
    assert [*map(str, untrusted(tmp_path))] == [f"mkdocs.yml:2:4: error: {message} [untrusted-config]"]


def test_settings_of_the_project_and_of_a_new_dossier_are_accepted(tmp_path: Path, root: Path) -> None:
    write_files(tmp_path, {"mkdocs.yml": PLAIN})
    assert untrusted(tmp_path) == ()
    # Without what lies beside the project on this machine.
    alone = tmp_path / "alone/project"
    names = ["mkdocs.yml", "seeds/dossier.yml"]
    write_files(alone, {name: (root / name).read_text("utf-8") for name in names})
    assert untrusted(alone) == ()
    assert untrusted(tmp_path / "none") == ()
    assert not _dossier(tmp_path / "new", "init", str(tmp_path / "new")).exit_code
    assert untrusted(tmp_path / "new") == ()


def test_aliases_do_not_multiply_what_is_looked_at(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))]
    text = "".join(f"  {line}\n" for line in [*lines, "self: &s {s: *s}"])
    write_files(tmp_path, {"mkdocs.yml": f"extra:\n{text}"})
    assert untrusted(tmp_path) == ()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "write", "build"])
@pytest.mark.parametrize(
    "text", ["hooks: [run.py]", "extra: {a: !!python/object/apply:os.system [touch ran]}"]
)
def test_nothing_of_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    hook = "import os\nos.makedirs('ran', exist_ok=True)\n"
    settings = "docs_dir: docs\nexclude_docs: |\n  /drafts/\n"
    write_files(tmp_path, {**SEEDS, "mkdocs.yml": f"site_name: x\n{settings}{text}\n", "run.py": hook})
    refused = _dossier(tmp_path, command, "--untrusted")
    assert refused.exit_code == 1
    assert "[untrusted-config]" in refused.stdout
    assert not (tmp_path / "ran").exists()
    # Nor does whoever needs none of it load it, though it is trusted.
    trusted = _dossier(tmp_path, command)
    assert trusted.exit_code == 0
    assert (tmp_path / "ran").exists() == (command == "build")


@pytest.mark.slow
def test_a_plain_dossier_is_built_untrusted(tmp_path: Path) -> None:
    write_files(tmp_path, {**SEEDS, "mkdocs.yml": "site_name: x\ndocs_dir: docs\n"})
    for command in ("check", "write", "build"):
        assert _dossier(tmp_path, command, "--untrusted").exit_code == 0
    assert (tmp_path / "site/about/index.html").is_file()
    told = _dossier(tmp_path, "check", "--untrusted", "--format", "github").stdout
    assert "untrusted" not in told


@pytest.mark.parametrize(
    ("field", "folder"),
    [
        ("linked_folders", "../private"),
        ("linked_folders", "/"),
        ("linked_folders", "seeds/../.."),
        ("originals", "../private"),
        ("originals", "texts"),
        ("originals", "texts/inner"),
    ],
)
def test_folders_outside_that_the_dossier_allows_itself_are_refused(
    tmp_path: Path, field: str, folder: str
) -> None:
    root, private = tmp_path / "dossier", tmp_path / "private"
    write_files(
        private,
        {
            "leak.md": "---\ntitle: Leak\npublished: 2020-01-02\nlanguage: en\nurl: https://a.example/y\n---\n\nA secret text.\n",
            "inner/x.txt": "x",
        },
    )
    settings = f"title: Some Dossier\n{field}:\n  - seeds\n  - {folder}\n"
    article = "---\ntitle: A Report\npublished: 2020-01-02\nlanguage: en\nurl: https://a.example/x\n---\n\nSome words.\n"
    write_files(root, {**SEEDS, "seeds/dossier.yml": settings, "seeds/articles/own.md": article})
    (root / "texts").symlink_to(private)
    if field == "linked_folders":
        (root / "seeds/articles/leak.md").symlink_to(private / "leak.md")
    refused = _dossier(root, "check", "--untrusted")
    assert refused.exit_code == 1
    hint = "name a folder inside the dossier, or build it without --untrusted if you have read it and trust who wrote it"
    assert refused.stdout.splitlines() == [
        f"seeds/dossier.yml:4:5: error: {field} names '{folder}', which is outside the dossier ({hint}) [untrusted-config]"
    ]
    # Whoever trusts it has it read.
    assert _dossier(root, "check").exit_code == 0


def test_folders_inside_and_those_that_are_not_there_are_taken(tmp_path: Path) -> None:
    settings = "title: Some Dossier\noriginals: [texts, ./more, none, ../none]\nlinked_folders: [shared]\n"
    write_files(tmp_path, {**SEEDS, "seeds/dossier.yml": settings, "shared/x.md": "", "texts/x.txt": "x"})
    (tmp_path / "more").symlink_to("texts")
    assert untrusted(tmp_path) == ()
    assert not _dossier(tmp_path, "check", "--untrusted").exit_code


def test_a_folder_of_the_markdown_that_is_a_link_to_outside_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "dossier"
    write_files(root, {**SEEDS, "mkdocs.yml": "docs_dir: pages\n"})
    (tmp_path / "private").mkdir()
    (root / "pages").symlink_to("../private")
    assert [problem.message for problem in untrusted(root)] == ["docs_dir leads out of the dossier"]


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        ({"mkdocs.yml": "docs_dir: pages\n", "pages/x.md": ""}, "pages"),
        ({"mkdocs.yml": "INHERIT: base/mkdocs.yml\n", "base/mkdocs.yml": "docs_dir: pages\n", "pages/x.md": ""}, "pages"),
        ({"mkdocs.yml": "INHERIT: b.yml\ndocs_dir: own\n", "b.yml": "docs_dir: pages\n", "own/x.md": ""}, "own"),
        ({"mkdocs.yml": "site_name: a\n# docs_dir: pages\n", "docs/x.md": ""}, "docs"),
        ({"mkdocs.yml": "docs_dir: !ENV [NONE, pages]\nsite_name: x\ntheme: dossier\nmarkdown_extensions: [tables]\n",
          "pages/x.md": ""}, "pages"),
    ],
)  # fmt: skip
def test_the_folder_of_the_markdown_is_the_one_that_is_named(
    tmp_path: Path, files: dict[str, str], folder: str
) -> None:
    write_files(tmp_path, {"seeds/dossier.yml": "title: Some Dossier\n", **files})
    assert _dossier(tmp_path, "write").exit_code == 0
    assert (tmp_path / folder / "index.md").is_file()
    assert (tmp_path / "docs").exists() == (folder == "docs")
