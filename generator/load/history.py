"""The history of the seeds from git: the records that each commit added, changed and removed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from generator.load.dossier import ARTICLES, SEEDS, SETTINGS_FILE, article_id
from generator.load.text import MAX_BYTES
from generator.load.yaml import MappingNode, Node, ScalarNode, parse
from generator.model.history import Changes, History, Revision, Written
from generator.model.ids import RecordId, id_error
from generator.model.kinds import YAML_KINDS, Kind
from generator.model.story import STORY
from generator.support.git import git

# The number of commits that pages list, the newest first.
MOST = 30
_SECTIONS = {kind.section: kind for kind in YAML_KINDS}
# The fields of which a record has one, by which it is called.
_TITLES = ("name", "title", "asks", "said")
# Citations, and what surrounds the words of links to records.
_MARKS = re.compile(r"\[@[^\]]*\]|\[\[(?:[^\]|]*\|)?|\]\]")
_TITLE_OF_ARTICLE = re.compile(r"^title:[^\S\n]*(.+)$|\A\s*(?!---)(.+)$", re.MULTILINE)
# An article's front matter and text.
_FRONT = re.compile(r"\A---\s*\n(.*?)^---\s*$(.*)", re.DOTALL | re.MULTILINE)
_BELOW = f"{SEEDS}/"
# Lines of git for a commit in the format below, and for a file that it changed, which the path follows.
_COMMIT = re.compile(r"\n?(?P<name>[0-9a-f]{40,}) (?P<parents>[0-9a-f ]*?) ?(?P<date>-?\d*(?: [+-]\d*)?)")
_CHANGE = re.compile(
    r"\n?:(?P<old_mode>\d{6}) (?P<new_mode>\d{6}) (?P<old>[0-9a-f]{40,}) (?P<new>[0-9a-f]{40,}) [A-Z]\d*"
)
# The null object: the file is absent before or after.
_NONE = "0" * 40


def read_history(root: Path) -> History:
    """The newest commits to a dossier's seeds; none without git or outside a repository."""
    commits = tuple(_commits(root))
    wanted = dict.fromkeys(blob for _, _, files in commits for _, *blobs in files for blob in blobs)
    blobs = _blobs(root, [blob for blob in wanted if blob.strip("0")])
    found: list[Revision] = []
    for name, at, files in commits:
        changes = Changes()
        for path, old, new in files:
            if path == SETTINGS_FILE:
                changes.settings = True
            changes.before |= _records(path, blobs.get(old))
            changes.after |= _records(path, blobs.get(new))
        if revision := changes.revision(name, at):
            fields = (_differing(changes.before[key], changes.after[key]) for key in revision.changed)
            found.append(replace(revision, fields=tuple(fields)))
    return tuple(found)


def _commits(root: Path) -> Iterator[tuple[str, datetime, list[tuple[str, str, str]]]]:
    """Commit, its date, and for each changed file its path below the seeds and its blobs before and after.

    Commits with an impossible date are left out, and so is everything but regular files.
    """
    # The last commit of a shallow clone seems to add every file.
    shallow = git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    output = git(
        root,
        "log",
        f"--max-count={MOST}",
        "--first-parent",
        "--diff-merges=first-parent",
        "--root",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--relative",
        "-z",
        "--date=raw",
        "--format=%H %P %cd",
        "--",
        SEEDS,
    )
    found: list[tuple[str, datetime | None, list[tuple[str, str, str]]]] = []
    words = iter(output.decode("utf-8", errors="replace").split("\0"))
    for word in words:
        if change := _CHANGE.fullmatch(word):
            # A path may hold any character, so only its position after the change identifies it.
            path = next(words, "")
            old, new = (_blob(change[f"{when}_mode"], change[when]) for when in ("old", "new"))
            if found and path.startswith(_BELOW) and (old, new) != (_NONE, _NONE):
                found[-1][2].append((path.removeprefix(_BELOW), old, new))
        elif commit := _COMMIT.fullmatch(word):
            is_cut = shallow and not commit["parents"]
            found.append((commit["name"], None if is_cut else _moment(commit["date"]), []))
    yield from ((name, at, files) for name, at, files in found if at)


def _blob(mode: str, name: str) -> str:
    """The blob of a regular file; the null object for a link, a submodule, or an absent file."""
    return name if mode.startswith("100") else _NONE


def _moment(written: str) -> datetime | None:
    """A date as a commit holds it: seconds since 1970 and an offset, which may be any digits."""
    seconds, _, offset = written.partition(" ")
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    try:
        return moment.astimezone(datetime.strptime(offset, "%z").tzinfo)
    except (ValueError, OverflowError):
        return moment


def _blobs(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The texts of blobs by name, in one call."""
    output = git(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    found: dict[str, str] = {}
    at = 0
    while at < len(output):
        start = output.index(b"\n", at) + 1
        name, _, rest = output[at : start - 1].decode().partition(" ")
        kind, _, length = rest.partition(" ")
        if not length.isdecimal():  # a blob that a partial clone left out
            at = start
            continue
        if kind == "blob" and int(length) <= MAX_BYTES:
            found[name] = output[start : start + int(length)].decode("utf-8", errors="replace")
        at = start + int(length) + 1
    return found


def _records(path: str, text: str | None) -> dict[RecordId, Written]:
    """The records of one seeds file as written; none if it is not a seeds file or cannot be parsed."""
    if text is None:
        return {}
    pure = PurePosixPath(path)
    if pure.parts[0] == ARTICLES:
        key = article_id(pure.stem)
        title = _TITLE_OF_ARTICLE.search(text)
        words = " ".join((title[1] or title[2]).strip(" '\"").split()) if title else ""
        return {} if id_error(key) else {key: Written(text, Kind.ARTICLE, words or key)}
    kind = _SECTIONS.get(pure.with_suffix("").parts[0])
    if pure.suffix not in (".yml", ".yaml") or kind is None:
        return {}
    node, _ = parse(text, path)
    if not isinstance(node, MappingNode):
        return {}
    if kind is Kind.STORY:
        return {STORY: Written(text.rstrip(), kind, _title(str(STORY), node))}
    # A record ends where the next one begins.
    lines = text.split("\n")
    starts = [key.span.line - 1 for key, _ in node.items] + [len(lines)]
    return {
        RecordId(key.text or ""): Written(
            "\n".join(lines[start:end]).rstrip(), kind, _title(key.text or "", value)
        )
        for (key, value), start, end in zip(node.items, starts, starts[1:], strict=False)
        if not id_error(key.text or "")
    }


def _differing(before: Written, after: Written) -> tuple[str, ...]:
    """The names of the fields in which two versions of a record differ, in the order of the newer."""
    old, new = _fields(before), _fields(after)
    return tuple(name for name in {**new, **old} if old.get(name) != new.get(name))


def _fields(record: Written) -> dict[str, str]:
    """The fields of a record, each as text that does not depend on how it is laid out."""
    text, body = record.text, {}
    if record.kind is Kind.ARTICLE:
        parts = _FRONT.match(text)
        text, body = (parts[1], {"text": parts[2].strip()}) if parts else ("", {"text": text.strip()})
        node, _ = parse(text, "")
    else:
        node, _ = parse(text, "")
        node = node.items[0][1] if isinstance(node, MappingNode) and node.items else None
    items = node.items if isinstance(node, MappingNode) else ()
    return {name.text or "": _plain(value) for name, value in items} | body


def _plain(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return repr(node.text)
    if isinstance(node, MappingNode):
        return f"{{{','.join(f'{key.text!r}:{_plain(value)}' for key, value in node.items)}}}"
    return f"[{','.join(map(_plain, node.items))}]"


def _title(key: str, value: Node) -> str:
    """The title of a record; its id if it has none."""
    fields = value.items if isinstance(value, MappingNode) else ()
    found = {name.text: text.text for name, text in fields if isinstance(text, ScalarNode)}
    titles = (found.get(name) for name in _TITLES)
    return " ".join(_MARKS.sub("", next(filter(None, titles), key)).split())
