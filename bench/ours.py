"""Our side in the build benchmark: from Markdown, from the seeds, and after changes."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.steps import Side, Step, append_sentence, copy, link_tree, remove, replace_text
from bench.table import ARTICLE, COLD, MARKDOWN, MARKDOWN_SEARCH, NOTHING, RESTORED


class Ours:
    """Our builds of a dossier: from its Markdown, from its seeds, and again after changes.

    They run a copy of the generator, so that its own files can be changed.
    """

    CHANGES = ("nothing", "article", "word", "summary", "alias", "template", "theme", "restored")

    def __init__(self, dossier: Path, found: Path, room: Path) -> None:
        self._found, self._room = found, room
        self._code, self._seeds, self._markdown = (room / name for name in ("code", "seeds", "markdown"))
        here, leave_out = Path(__file__).parents[1], shutil.ignore_patterns("node_modules")
        for package in ("generator", "bench"):
            shutil.copytree(here / package, self._code / package, ignore=leave_out)
        # The last stage reads only the settings and the Markdown.
        link_tree(dossier / "docs", self._markdown / "docs")
        for folder, names in ((self._markdown, ("seeds/dossier.yml",)), (self._seeds, ("seeds",))):
            for name in ("mkdocs.yml", *names):
                copy(dossier / name, folder / name)

    def side(self, changes: Sequence[str]) -> Side:
        """The steps to measure, with the given ones of `CHANGES`; without any, only those from Markdown."""
        steps = [
            self._of_markdown(MARKDOWN),
            self._of_markdown(MARKDOWN_SEARCH, str(self._found)),
        ]
        if changes:
            steps.append(self._of_seeds(COLD, self._from_nothing))
        known = {
            "nothing": (NOTHING, lambda number: None),
            "article": (ARTICLE, self._change_article),
            "word": ("ours, a word put into the newest article", self._change_newest),
            "summary": ("ours, one person's summary changed", self._change_summary),
            "alias": ("ours, one person's alias changed", self._change_alias),
            "template": ("ours, the template of people changed", self._change_template),
            "theme": ("ours, the theme's footer changed", self._change_theme),
        }
        steps += [self._of_seeds(*known[name], after=COLD) for name in changes if name in known]
        if "restored" in changes:
            steps.append(self._restored())
        return Side("ours", tuple(steps))

    def _of_markdown(self, row: str, *searched: str) -> Step:
        site = self._room / "markdown-site"

        def prepare(number: int) -> None:
            remove(site, self._markdown / ".cache")

        command = [sys.executable, "-m", "bench.stages", "build", str(self._markdown), str(site), *searched]
        return Step(row, command, self._markdown, site, prepare, environment=self._environment)

    def _of_seeds(self, row: str, prepare: Callable[[int], None], *, after: str = "") -> Step:
        site = self._room / "site"
        dossier = [sys.executable, "-m", "generator", "-C", str(self._seeds)]
        command = [*dossier, "-q", "build", "--site", str(site)]
        return Step(
            row, command, self._seeds, site, prepare, after, cold=not after, environment=self._environment
        )

    def _restored(self) -> Step:
        """One word changed after state and output were copied, as CI restores them, to another folder and user."""
        elsewhere = self._room / "elsewhere"
        folder, site, home = elsewhere / self._seeds.name, elsewhere / "site", elsewhere / "home"

        def prepare(number: int) -> None:
            remove(elsewhere)
            shutil.copytree(self._seeds, folder)
            shutil.copytree(self._room / "site", site)
            home.mkdir()
            for path in elsewhere.rglob("*"):
                os.utime(path)
            newest = max((folder / "seeds" / "articles").iterdir(), key=_published)
            replace_text(newest, put_word)

        command = [sys.executable, "-m", "generator", "-C", str(folder), "-q", "build", "--site", str(site)]
        environment = {**self._environment, "HOME": str(home)}
        return Step(RESTORED, command, folder, site, prepare, COLD, cold=False, environment=environment)

    @property
    def _environment(self) -> Mapping[str, str]:
        return {"PYTHONPATH": str(self._code), "NO_MKDOCS_2_WARNING": "1"}

    def _from_nothing(self, number: int) -> None:
        remove(self._room / "site", self._seeds / ".cache", self._seeds / "docs")

    def _change_article(self, number: int) -> None:
        article = min((self._seeds / "seeds" / "articles").iterdir())
        append_sentence(article, number)

    def _change_newest(self, number: int) -> None:
        articles = (self._seeds / "seeds" / "articles").iterdir()
        newest = max(articles, key=_published)
        replace_text(newest, put_word)

    def _change_summary(self, number: int) -> None:
        people = min((self._seeds / "seeds" / "people").iterdir())
        replace_text(people, lambda text: another_summary(text, number))

    def _change_alias(self, number: int) -> None:
        people = min((self._seeds / "seeds" / "people").iterdir())
        replace_text(people, lambda text: rename_alias(text, number))

    def _change_template(self, number: int) -> None:
        template = self._code / "generator" / "templates" / "person.md.jinja"
        replace_text(template, lambda text: f"{text}\n\nChanged {number} times.\n")

    def _change_theme(self, number: int) -> None:
        footer = self._code / "generator" / "theme" / "partials" / "footer.html"
        replace_text(footer, lambda text: f"{text}\n<p>Changed {number} times.</p>\n")


def published(article: str) -> str:
    """The date of publication in an article's front matter; empty if there is none."""
    found = re.search(r'^published: "(.*)"$', article, re.MULTILINE)
    return found[1] if found else ""


def _published(path: Path) -> str:
    return published(path.read_text("utf-8"))


def put_word(article: str) -> str:
    """The article with one of its words inserted into its middle paragraph, after the first word."""
    head, mark, body = article.partition("\n---\n")
    paragraphs = body.split("\n\n")
    middle = len(paragraphs) // 2
    first, space, rest = paragraphs[middle].partition(" ")
    word = next(word for word in rest.split() if word.islower() and word.isalpha())
    paragraphs[middle] = f"{first} {word}{space}{rest}"
    return head + mark + "\n\n".join(paragraphs)


def another_summary(people: str, number: int) -> str:
    """The file with the number of the change at the start of the first summary.

    Raises:
        ValueError: if there is no summary.
    """
    changed, count = re.subn(
        r'^(  summary: ")(?:Change \d+: )?', rf"\1Change {number}: ", people, count=1, flags=re.MULTILINE
    )
    if not count:
        raise ValueError("no person has a summary")
    return changed


def rename_alias(people: str, number: int) -> str:
    """The file with the first alias changed to one that no article contains.

    Raises:
        ValueError: if there is no alias.
    """
    changed, count = re.subn(
        r'^(  also: \["(?:[^"\\]|\\.)*?)(?: Renamed\d+)?"',
        rf'\1 Renamed{number}"',
        people,
        count=1,
        flags=re.MULTILINE,
    )
    if not count:
        raise ValueError("no person has another name")
    return changed
