"""Where damages are tried: a dossier whose undamaged files are read once."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator import build
from generator.check.evidence import EVIDENCE_RULES
from generator.check.lock import LOCK_RULES, ORIGINAL_RULES
from generator.check.moved import moved_paragraphs
from generator.check.values import cited
from generator.load import load
from generator.load.originals import find_originals
from generator.model import fields, prose, quotes
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.kinds import Kind
from generator.support.problems import Problem, in_order
from tests.build import write_files
from tests.evidence import damages
from tests.evidence.damages import Damage, Told

RULES = (*EVIDENCE_RULES, moved_paragraphs, *ORIGINAL_RULES, *LOCK_RULES)
LOCK = "seeds/evidence.lock"


class Bench:
    """A sound dossier and its originals in two folders, and a room for damaged files."""

    def __init__(self, root: Path, originals: Path, room: Path) -> None:
        self.root, self.originals, self._room = root, originals, room
        self.dossier, problems = load(root, [originals])
        assert not problems
        self.files = {
            path.relative_to(root).as_posix(): path.read_bytes().decode()
            for path in sorted((root / "seeds").rglob("*"))
            if path.is_file() and path.suffix in (".yml", ".md", ".txt")
        }
        self.lock = (root / LOCK).read_text(encoding="utf-8").split("\n")
        self.cited: dict[str, set[int]] = {}
        self.citing: dict[str, dict[int, set[str]]] = {}
        for found in cited(self.dossier):
            self.cited.setdefault(found.locator.article, set()).update(found.locator.numbers)
            for number in found.locator.numbers:
                files = self.citing.setdefault(found.locator.article, {}).setdefault(number, set())
                files.add(found.value.source.file)

    def told(self, key: str) -> Told:
        """An article's paragraphs."""
        numbers = tuple(p.number for p in self.dossier.articles[key].paragraphs)  # type: ignore[index]
        return Told(key, numbers, frozenset(self.cited.get(key, ())))

    def in_full(self) -> frozenset[str]:
        """The articles that are no digests."""
        return frozenset(key for key, article in self.dossier.articles.items() if not article.is_digest)

    def references(self) -> Iterator[Damage]:
        for file, text in self.files.items():
            yield from damages.references(file, text, self.in_full())

    def quotes(self) -> Iterator[Damage]:
        for file, text in self.files.items():
            yield from damages.quotes(file, text)

    def digests(self) -> Iterator[Damage]:
        for key, article in self.dossier.articles.items():
            if article.is_digest:
                file = f"seeds/articles/{key}.md"
                yield from damages.digest(file, self.files[file], self.told(key))

    def full_texts(self) -> Iterator[Damage]:
        for key in sorted(self.in_full() & self.cited.keys()):
            file = self.dossier.sources[key].file  # type: ignore[index]
            citing = {number: frozenset(files) for number, files in self.citing[key].items()}
            yield from damages.in_full(file, self.files[file], self.told(key), citing)

    def original_texts(self) -> Iterator[Damage]:
        for key, article in self.dossier.articles.items():
            if article.original:
                text = (self.originals / article.original.file).read_bytes().decode()
                yield from damages.original(
                    article.original.file, text, article.original.body, self.told(key)
                )

    def damaged(self, damage: Damage) -> Dossier:
        """The dossier with one file damaged: read from the disk, beside what was read of the others."""
        if damage.kind.startswith("original"):
            write_files(self._room, {damage.file: damage.text})
            articles = [
                one
                for one in self.dossier.articles.values()
                if one.original and one.original.file == damage.file
            ]
            found = find_originals(articles, [self._room])
            return replace(self.dossier, originals={**self.dossier.originals, **found})
        folder = write_files(self._room / "one", {damage.file: damage.text})
        read, problems = load(folder)
        (folder / damage.file).unlink()
        assert not problems, (damage, problems)
        parts: dict[str, Any] = {
            kind.section: {**getattr(self.dossier, kind.section), **getattr(read, kind.section)}
            for kind in Kind
        }
        settings = read.settings if damage.file.endswith("dossier.yml") else self.dossier.settings
        return replace(
            self.dossier, settings=settings, sources={**self.dossier.sources, **read.sources}, **parts
        )

    def on_disk(self, damage: Damage, *, with_originals: bool) -> tuple[Problem, ...]:
        """What `dossier check` reports with the damaged file in its place."""
        path = (self.originals if damage.kind.startswith("original") else self.root) / damage.file
        sound = path.read_bytes()
        path.write_bytes(damage.text.encode())
        try:
            return build.check(self.root, [self.originals] if with_originals else []).problems
        finally:
            path.write_bytes(sound)


def reported(dossier: Dossier) -> tuple[Problem, ...]:
    """What the rules of evidence say."""
    return in_order(chain.from_iterable(rule(dossier) for rule in RULES))


@contextmanager
def read_once() -> Iterator[None]:
    """What was parsed, folded or walked is not again: what is damaged is one of hundreds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "parse", functools.cache(prose.parse))
        fold = functools.cache(quotes.fold)
        patch.setattr("generator.check.evidence.fold", fold)
        patch.setattr("generator.model.quotes.fold", fold)
        walked: dict[int, tuple[BaseModel, list[tuple[fields.Path, fields.Mark, Any]]]] = {}

        def walk(record: BaseModel) -> list[tuple[fields.Path, fields.Mark, Any]]:
            # The record is kept, so that no other comes to have its number.
            if id(record) not in walked:
                walked[id(record)] = record, list(fields.walk(record))
            return walked[id(record)][1]

        patch.setattr("generator.check.values.walk", walk)
        patch.setattr("generator.model.verification.walk", walk)
        yield


def locators(dossier: Dossier) -> list[Locator]:
    """All references that a dossier gives."""
    return [found.locator for found in cited(dossier)]
