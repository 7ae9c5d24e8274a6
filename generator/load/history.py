"""The history of the seeds, as git has it: which records each commit added, changed and removed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from generator.git import git
from generator.load.dossier import ARTICLES, SEEDS, SETTINGS_FILE, article_id
from generator.load.yaml import Mapping, parse
from generator.model.history import Changes, History, Revision
from generator.model.ids import RecordId
from generator.model.kinds import YAML_KINDS

# Commits that are told of, the newest first.
MOST = 30
_SECTIONS = frozenset(kind.section for kind in YAML_KINDS)
# No object: a file that is not there before or after.
_NONE = "0" * 40


def read_history(root: Path) -> History:
    """The newest changes of a dossier's seeds; none where git does not keep them, or is not there."""
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
        revision = changes.revision(name, at)
        found += [revision] if revision else []
    return tuple(found)


def _commits(root: Path) -> Iterator[tuple[str, datetime, list[tuple[str, str, str]]]]:
    """Commit, its date, and for each file its path below the seeds and its blobs before and after."""
    # Of a shallow clone the last commit looks as if it had added all that is there.
    shallow = git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    told = git(
        root,
        "log",
        f"--max-count={MOST}",
        "--first-parent",
        "--diff-merges=first-parent",
        "--root",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--relative",
        "-z",
        "--format=%x01%H %cI %P",
        "--",
        SEEDS,
    )
    for entry in told.decode("utf-8", errors="replace").split("\x01")[1:]:
        head, _, rest = entry.partition("\0")
        name, when, *parents = head.split()
        if shallow and not parents:
            continue
        words = rest.lstrip("\n").split("\0")
        files = []
        for change, path in zip(words[0::2], words[1::2], strict=False):
            _, _, old, new, _ = change.strip().split()
            files.append((PurePosixPath(path).relative_to(SEEDS).as_posix(), old, new))
        yield name, datetime.fromisoformat(when), files


def _blobs(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The texts of blobs by name, in one call."""
    told = git(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    found: dict[str, str] = {}
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        name, _, size = told[at:end].decode().partition(" ")
        _, _, length = size.partition(" ")
        if not length:  # a blob that a partial clone left out
            at = end + 1
            continue
        start = end + 1
        found[name] = told[start : start + int(length)].decode("utf-8", errors="replace")
        at = start + int(length) + 1
    return found


def _records(path: str, text: str | None) -> dict[RecordId, str]:
    """The records of one seeds file as they are written there; none in a file that is none or is broken."""
    if text is None:
        return {}
    pure = PurePosixPath(path)
    if pure.parts[0] == ARTICLES:
        return {article_id(pure.stem): text}
    if pure.suffix not in (".yml", ".yaml") or pure.with_suffix("").parts[0] not in _SECTIONS:
        return {}
    node, _ = parse(text, path)
    if not isinstance(node, Mapping):
        return {}
    # A record ends where the next one begins; what stands between belongs to neither.
    lines = text.split("\n")
    starts = [key.span.line - 1 for key, _ in node.items] + [len(lines)]
    return {
        RecordId(key.text or ""): "\n".join(lines[start:end]).rstrip()
        for (key, _), start, end in zip(node.items, starts, starts[1:], strict=False)
    }
