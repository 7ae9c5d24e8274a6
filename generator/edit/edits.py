"""Edits of the seeds, as values: what is to become of a record, not how its file is written.

`plan` turns edits into the new bytes of the files that hold the records; nothing is written. An edit is first made on
values as the loader reads them (texts in lists and mappings); `differences` finds what it takes in the text, reads the
text again and compares, so that exactly what was meant changes.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.edit.differences import CannotEditError, changed
from generator.edit.files import FileChange, SeedText, is_seed
from generator.edit.order import usual_fields, with_field, with_record
from generator.edit.writing import Value
from generator.load.dossier import ARTICLES, SEEDS
from generator.load.records import check_id, plain
from generator.model.dossier import Dossier
from generator.model.fields import Path as FieldPath
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.story import STORY
from generator.support.problems import Problem, Refused, SourcePosition, did_you_mean, shown


class InsertRecord(NamedTuple):
    """A new record, in the file of its kind that has most, or in one that is named.

    Attributes:
        fields: Its values, texts in lists and mappings.
        file: The file, relative to the dossier; empty: the program chooses.
    """

    kind: Kind
    id: RecordId
    fields: Mapping[str, Value]
    file: str = ""


class InsertArticle(NamedTuple):
    """A new article file, with its front matter and its paragraphs."""

    id: RecordId
    fields: Mapping[str, Value]
    paragraphs: Sequence[str]


class SetField(NamedTuple):
    """A new value for a field or an item of a list; None removes it, and with the last item the field.

    Attributes:
        was: What the editor saw there; if it differs meanwhile, the edit is refused. `...`: not compared.
    """

    id: RecordId
    path: FieldPath
    value: Value
    was: Any = ...


class AddItem(NamedTuple):
    """One more item for a list, which is made if it is not there: a piece of evidence, another name."""

    id: RecordId
    path: FieldPath
    value: Value


class RenameRecord(NamedTuple):
    """Another id for a record. What refers to it is changed by edits of its own."""

    id: RecordId
    new: RecordId


class RemoveRecord(NamedTuple):
    """A record that is no more."""

    id: RecordId


Edit = InsertRecord | InsertArticle | SetField | AddItem | RenameRecord | RemoveRecord


def plan(root: Path, dossier: Dossier, edits: Iterable[Edit]) -> tuple[FileChange, ...]:
    """The changes of files that edits need, in the order of their paths.

    Raises:
        Refused: if an edit cannot be made; the problem says why.
    """
    planned = _Planner(root, dossier)
    for edit in edits:
        planned.make(edit)
    return planned.changes()


class _Planner:
    """The files that edits change, with their values so far."""

    def __init__(self, root: Path, dossier: Dossier) -> None:
        self._root, self._dossier = root, dossier
        self._texts: dict[str, SeedText] = {}
        self._values: dict[str, Any] = {}
        # Where records that were inserted or renamed by edits before are.
        self._places: dict[RecordId, str] = {}
        self._gone: set[str] = set()
        self._moved: dict[str, str] = {}

    def make(self, edit: Edit) -> None:
        if isinstance(edit, InsertRecord):
            self._insert(edit)
        elif isinstance(edit, InsertArticle):
            self._insert_article(edit)
        elif isinstance(edit, RenameRecord):
            self._rename(edit)
        elif isinstance(edit, RemoveRecord):
            self._remove(edit)
        elif isinstance(edit, SetField):
            self._set(edit)
        else:
            self._add(edit)

    def changes(self) -> tuple[FileChange, ...]:
        found: dict[str, FileChange] = {}
        for file, text in self._texts.items():
            if file in self._gone:
                found[file] = FileChange(file, text.data, None)
                continue
            try:
                data = text.with_document(changed(text.yaml, self._values[file]))
            except CannotEditError as error:
                hint = "edit it by hand: anchors, aliases and unusual layouts are not changed by the program"
                message = f"{shown(file)} is written in a way that cannot be changed safely"
                where = SourcePosition(file, *error.place)
                raise Refused([Problem(where, "edit", message, file, hint)]) from None
            if file in self._moved:
                found[file] = FileChange(file, text.data, None)
                found[self._moved[file]] = FileChange(self._moved[file], None, data)
            elif data != text.data:
                found[file] = FileChange(file, text.data, data)
        return tuple(found[file] for file in sorted(found))

    # Places

    def _file_of(self, key: RecordId) -> str:
        file = self._places.get(key)
        if file is None and key in self._dossier.sources:
            file = self._dossier.sources[key].file
        if not file or file in self._gone:
            hint = did_you_mean(key, self._dossier.records)
            raise Refused([_problem(SEEDS, f"no record {shown(key)}", key, hint)])
        return file

    def _values_of(self, file: str) -> Any:
        if file not in self._values:
            text = SeedText.read(self._root, file)
            if text.yaml.parsed[1] and text.yaml.root is None:
                raise Refused(
                    [
                        problem._replace(where=problem.where._replace(file=file))
                        for problem in text.yaml.parsed[1]
                    ]
                )
            self._texts[file] = text
            self._values[file] = plain(text.yaml.root) if text.yaml.root else {}
        return self._values[file]

    def _record(self, key: RecordId) -> Any:
        """The fields of a record, which edits change in place."""
        file = self._file_of(key)
        values = self._values_of(file)
        if self._holds_one(key):
            return values
        if not isinstance(values.get(key), dict):
            message = f"{shown(key)} is no longer in {shown(file)}"
            raise Refused([_problem(file, message, key, "somebody changed the file: try again")])
        return values[key]

    def _parent(self, key: RecordId, path: FieldPath) -> Any:
        found = self._record(key)
        for part in path[:-1]:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                raise self._absent(key, path) from None
        return found

    def _absent(self, key: RecordId, path: FieldPath) -> Refused:
        field = ".".join(map(str, path))
        return Refused(
            [Problem(self._position(key, path), "edit", f"{shown(key)} has no {shown(field)}", field)]
        )

    def _position(self, key: RecordId, path: FieldPath) -> SourcePosition:
        """The place of a field of a record, or of what there is around it."""
        source = self._dossier.sources.get(key)
        return source.at(path) if source else SourcePosition(self._file_of(key))

    @staticmethod
    def _is_article(file: str) -> bool:
        return file.startswith(f"{SEEDS}/{ARTICLES}/")

    def _holds_one(self, key: RecordId) -> bool:
        """Whether the file of a record holds no other: an article, the settings, or the story."""
        return self._is_article(self._file_of(key)) or key in ("", STORY)

    # Edits

    def _expect_free(self, key: RecordId) -> None:
        """Refuses an id that is not one, or that another record has."""
        where = self._dossier.sources[key].start if key in self._dossier.sources else SourcePosition(SEEDS)
        if problems := check_id(key, where):
            raise Refused(problems)
        if key in self._places or key in self._dossier.declared:
            hint = "choose another, or change that record"
            raise Refused([Problem(where, "edit", f"the id {shown(key)} is taken", key, hint)])

    def _insert(self, edit: InsertRecord) -> None:
        self._expect_free(edit.id)
        file = edit.file or self._home(edit.kind, edit.id)
        if not is_seed(self._root, file):
            raise Refused([_problem(file, f"{shown(file)} is not below {SEEDS}/", file, "name a file there")])
        self._places[edit.id] = file
        self._values[file] = with_record(self._values_of(file), edit.id, copy.deepcopy(dict(edit.fields)))

    def _home(self, kind: Kind, key: RecordId) -> str:
        """The file of a new record."""
        counts: dict[str, int] = {}
        for one in getattr(self._dossier, kind.section):
            file = self._dossier.sources[one].file
            counts[file] = counts.get(file, 0) + 1
        section = f"{SEEDS}/{kind.section}"
        if not counts:
            return f"{section}/{key}.yml" if (self._root / section).is_dir() else f"{section}.yml"
        if len(counts) > 1 and set(counts.values()) == {1}:
            # A file a record.
            return f"{Path(min(counts)).parent.as_posix()}/{key}.yml"
        return max(sorted(counts), key=counts.__getitem__)

    def _insert_article(self, edit: InsertArticle) -> None:
        self._expect_free(edit.id)
        file = f"{SEEDS}/{ARTICLES}/{edit.id}.md"
        if (self._root / file).exists():
            raise Refused([_problem(file, f"there is a file {shown(file)}", file, "choose another id")])
        self._places[edit.id] = file
        self._texts[file] = SeedText.article(edit.paragraphs)
        self._values[file] = copy.deepcopy(dict(edit.fields))

    def _set(self, edit: SetField) -> None:
        parent, last = self._parent(edit.id, edit.path), edit.path[-1]
        is_there = (
            last in parent if isinstance(parent, dict) else isinstance(last, int) and last < len(parent)
        )
        now = parent[last] if is_there else None
        if edit.was is not ... and now != edit.was:
            field = ".".join(map(str, edit.path))
            message = f"{shown(field)} of {shown(edit.id)} was changed meanwhile"
            where = self._position(edit.id, edit.path)
            raise Refused([Problem(where, "edit", message, field, "read it again")])
        if edit.value is None:
            if is_there:
                self._drop(edit.id, edit.path)
        elif is_there or not isinstance(parent, dict):
            if not is_there:
                raise self._absent(edit.id, edit.path)
            parent[last] = copy.deepcopy(edit.value)
        else:
            self._put(edit.id, edit.path, copy.deepcopy(edit.value))

    def _put(self, key: RecordId, path: FieldPath, value: Value) -> None:
        """Adds a field at its place among the others."""
        parent, name = self._parent(key, path), str(path[-1])
        kind = self._dossier.declared.get(key)
        usual = usual_fields(kind) if len(path) == 1 else ()
        ordered = with_field(parent, name, value, usual, self._others(key, path))
        parent.clear()
        parent.update(ordered)

    def _others(self, key: RecordId, path: FieldPath) -> list[Value]:
        """The fields of other records in the same file, or of their parts in the same place."""
        file = self._file_of(key)
        records = [] if self._holds_one(key) else list(self._values_of(file).values())
        for part in path[:-1]:
            inner = []
            for one in records:
                if isinstance(part, int) and isinstance(one, list):
                    inner += one
                elif isinstance(one, dict) and part in one:
                    inner.append(one[part])
            records = inner
        return records

    def _add(self, edit: AddItem) -> None:
        parent, last = self._parent(edit.id, edit.path), edit.path[-1]
        if isinstance(parent, dict) and last not in parent:
            self._put(edit.id, edit.path, [copy.deepcopy(edit.value)])
        elif isinstance(parent[last], list):
            parent[last].append(copy.deepcopy(edit.value))
        else:
            # One name may be written without brackets.
            parent[last] = [parent[last], copy.deepcopy(edit.value)]

    def _drop(self, key: RecordId, path: FieldPath) -> None:
        """Removes a field or an item, and what would be empty without it."""
        parent = self._parent(key, path)
        try:
            del parent[path[-1]]
        except (KeyError, IndexError, TypeError):
            raise self._absent(key, path) from None
        if not parent and len(path) > 1:
            self._drop(key, path[:-1])

    def _rename(self, edit: RenameRecord) -> None:
        self._expect_free(edit.new)
        file = self._file_of(edit.id)
        self._record(edit.id)
        if self._is_article(file):
            old = Path(file)
            self._moved[file] = old.with_name(f"{edit.new}{old.suffix}").as_posix()
        else:
            values = self._values[file]
            self._values[file] = {edit.new if key == edit.id else key: one for key, one in values.items()}
        self._places[edit.new] = file

    def _remove(self, edit: RemoveRecord) -> None:
        file = self._file_of(edit.id)
        self._record(edit.id)
        if self._holds_one(edit.id):
            self._gone.add(file)
            return
        del self._values[file][edit.id]
        if not self._values[file]:
            self._gone.add(file)


def _problem(file: str, message: str, value: str, hint: str = "") -> Problem:
    return Problem(SourcePosition(file), "edit", message, value, hint)
