"""The seeds folder, file by file, to one dossier."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.load.articles import read_article
from generator.load.lock import LOCK_FILE, read_lock
from generator.load.originals import find_originals
from generator.load.records import RECORD_TYPES, check_id, make, record_source
from generator.load.text import read_text
from generator.load.yaml import Mapping, parse
from generator.model.dossier import Dossier, Settings
from generator.model.ids import RecordId, id_error, slug
from generator.model.kinds import YAML_KINDS, Kind
from generator.model.record import Record
from generator.model.source import Source
from generator.problems import Position, Problem, did_you_mean, in_order, shown

SEEDS = "seeds"
SETTINGS_FILE = "dossier.yml"
ARTICLES = Kind.ARTICLE.section
# What else may lie in the seeds folder: the program's own record of what was verified, and full texts.
_OTHERS = (LOCK_FILE, "originals")


def load(root: Path, originals: Sequence[Path] = ()) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier in a folder, as far as it can be read, and what was wrong with its files.

    Args:
        root: The folder that holds `seeds/`.
        originals: Folders where full texts may lie, before those that the dossier names.
    """
    return _Loader(root).load(originals)


def read_settings(root: Path) -> Settings:
    """What `dossier.yml` says, as far as it can be read; the usual where it cannot."""
    return _Loader(root).settings()


def article_id(stem: str) -> RecordId:
    """The id of an article by its file's name without the ending; the same for the same name."""
    # Files come with any name; what is no id already is made one.
    return RecordId(stem if not id_error(stem) else slug(stem))


class _Loader:
    """What is gathered while the files are read."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._problems: list[Problem] = []
        self._records: dict[Kind, dict[RecordId, Record]] = {kind: {} for kind in Kind}
        self._sources: dict[RecordId, Source] = {}
        self._declared: dict[RecordId, Kind] = {}
        self._is_partial = False

    def load(self, originals: Sequence[Path]) -> tuple[Dossier, tuple[Problem, ...]]:
        seeds = self._root / SEEDS
        if not seeds.is_dir():
            where = Position(SEEDS)
            self._problems.append(
                Problem(
                    where,
                    "no-seeds",
                    f"no folder {SEEDS!r} in {shown(self._root)}",
                    SEEDS,
                    "dossier init DIR makes one",
                )
            )
            return Dossier(Settings(title=self._root.resolve().name or "Dossier")), tuple(self._problems)
        settings = self.settings()
        for kind, path in self._yaml_files(seeds):
            self._yaml_file(kind, path)
        for path in self._article_files(seeds / ARTICLES):
            self._article(path)
        by_kind = {kind.section: dict(sorted(records.items())) for kind, records in self._records.items()}
        folders = [*originals, *(self._root / folder for folder in settings.originals)]
        found = find_originals(by_kind[ARTICLES].values(), folders)  # type: ignore[arg-type]
        lock, lock_source, problems = read_lock(seeds / LOCK_FILE, f"{SEEDS}/{LOCK_FILE}")
        self._problems += problems
        dossier = Dossier(
            settings,
            sources=self._sources,
            declared=self._declared,
            originals=found,
            is_partial=self._is_partial,
            lock=lock,
            lock_source=lock_source,
            **by_kind,  # type: ignore[arg-type]
        )
        return dossier, in_order(self._problems)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _report(self, path: Path, rule: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(Position(self._name(path)), rule, message, path.name, hint))

    def settings(self) -> Settings:
        """What `dossier.yml` says; what is wrong with it is kept among the problems."""
        path = self._root / SEEDS / SETTINGS_FILE
        default = Settings(title=self._root.resolve().name or "Dossier")
        if not path.exists():
            return default
        text, problems = read_text(path, self._name(path))
        node = None
        if not problems:
            node, problems = parse(text, self._name(path))
        self._problems += problems
        if node is None:
            return default
        source = record_source(self._name(path), None, node, tuple(text.split("\n")))
        self._sources[RecordId("")] = source
        settings, problems = make(Settings, node, source, {})
        self._problems += problems
        return settings or default

    def _yaml_files(self, seeds: Path) -> Iterator[tuple[Kind, Path]]:
        sections = {kind.section: kind for kind in YAML_KINDS}
        known = [*sections, "dossier", ARTICLES]
        for path in sorted(seeds.iterdir()):
            if path.name.startswith(".") or path.name in (SETTINGS_FILE, ARTICLES, *_OTHERS):
                continue
            if path.is_dir() and path.name in sections:
                for inner in sorted(path.rglob("*")):
                    if inner.suffix in (".yml", ".yaml") and not inner.name.startswith("."):
                        yield sections[path.name], inner
            elif path.suffix in (".yml", ".yaml") and path.stem in sections:
                yield sections[path.stem], path
            elif path.suffix in (".yml", ".yaml") or path.is_dir():
                hint = did_you_mean(path.stem, known) or f"known are {', '.join(known)}"
                self._report(path, "unknown-file", f"unknown seeds {shown(path.name)}", hint)
                self._is_partial = True

    def _yaml_file(self, kind: Kind, path: Path) -> None:
        name = self._name(path)
        text, problems = read_text(path, name)
        node = None
        if not problems:
            node, problems = parse(text, name)
        self._problems += problems
        if node is None:
            self._is_partial = self._is_partial or bool(problems)
            return
        if not isinstance(node, Mapping):
            self._is_partial = True
            where = Position(name, node.span.line, node.span.column)
            self._problems.append(
                Problem(
                    where,
                    "bad-type",
                    f"{name} should hold records by id",
                    hint="write each record's id, a colon, and its fields below",
                )
            )
            return
        lines = tuple(text.split("\n"))
        for key, value in node.items:
            source = record_source(name, key, value, lines)
            record_id = RecordId(key.text or "")
            problems = check_id(record_id, source.start)
            self._problems += problems
            if problems or not self._declare(record_id, kind, source):
                continue
            record, problems = make(RECORD_TYPES[kind], value, source, {"id": record_id})
            self._problems += problems
            if record:
                self._records[kind][record_id] = record

    def _article_files(self, folder: Path) -> Iterator[Path]:
        if not folder.is_dir():
            return
        for path in sorted(folder.rglob("*")):
            if path.is_dir() or any(part.startswith(".") for part in path.relative_to(folder).parts):
                continue
            if path.suffix in (".md", ".txt"):
                yield path
            else:
                self._report(
                    path, "unknown-file", f"{shown(path.name)} is no article", "articles end in .md or .txt"
                )

    def _article(self, path: Path) -> None:
        key = article_id(path.stem)
        if error := id_error(key):
            # No letter of the name is one that an id may have, or all that is left is a reserved word.
            error = error if key else "has no letters for an id"
            self._report(path, "bad-id", f"{shown(path.stem)} {error}", "rename the file")
            return
        article, source, problems = read_article(path, self._name(path), key)
        self._problems += problems
        if self._declare(key, Kind.ARTICLE, source) and article:
            self._records[Kind.ARTICLE][key] = article

    def _declare(self, key: RecordId, kind: Kind, source: Source) -> bool:
        """Whether an id is new; an id given twice is reported with both places."""
        if key not in self._declared:
            self._declared[key] = kind
            self._sources[key] = source
            return True
        first = self._sources[key].start
        what = f"as {self._declared[key].one} " if self._declared[key] is not kind else ""
        message = f"{shown(key)} is given twice"
        self._problems.append(Problem(source.start, "duplicate-id", message, key, f"first {what}at {first}"))
        return False
