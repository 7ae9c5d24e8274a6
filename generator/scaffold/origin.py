"""The origin of the running generator: its repository and commit, so that a workflow can install the same one."""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from generator.support.git import git

_PACKAGE = "dossier-generator"
# The file in which pip records it: https://packaging.python.org/specifications/direct-url/
_DIRECT_URL = "direct_url.json"
_WRITTEN = re.compile(
    r"(?:git\+)?(https://[\w.-]+(?::\d+)?/[\w./~-]+?)@([0-9a-f]{40}|[0-9a-f]{64})", re.ASCII
)


class Origin(NamedTuple):
    """A repository and one of its commits."""

    repository: str
    commit: str

    @classmethod
    def parse(cls, text: str) -> "Origin":
        """The origin in an address with a commit, as pip writes it: `https://HOST/REPOSITORY@COMMIT`.

        Raises:
            ValueError: if the text has another form.
        """
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValueError("is not https://HOST/REPOSITORY@COMMIT, with all 40 digits of the commit")
        return cls(found[1], found[2])


def origin() -> Origin | None:
    """The origin from which the running generator was installed; None if it is not recorded."""
    try:
        recorded: Any = json.loads(distribution(_PACKAGE).read_text(_DIRECT_URL) or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    return origin_of(recorded)


def origin_of(recorded: Any) -> Origin | None:
    """The origin in what pip recorded, which is a repository or a local clone of one."""
    url = str(recorded.get("url", ""))
    if "vcs_info" in recorded:
        repository, commit = url, str(recorded["vcs_info"].get("commit_id", ""))
    elif url.startswith("file://"):
        clone = Path(unquote(urlsplit(url).path))
        repository, commit = (
            git(clone, *call).decode(errors="replace").strip()
            for call in (("config", "--get", "remote.origin.url"), ("rev-parse", "HEAD"))
        )
    else:
        return None
    # The address may contain a password.
    repository = re.sub(r"^(https://)[^/@]*@", r"\1", repository)
    try:
        return Origin.parse(f"{repository}@{commit}")
    except ValueError:
        return None
