"""Safe calls of git in a folder that may come from a stranger.

Such a folder can bring its own configuration of git: files that pose as a bare repository, or a `.git` from an
archive. So no call here runs a program that a repository names, and none fetches.
"""

import os
import subprocess
from pathlib import Path

_SETTINGS = (
    # Only a `.git` is a repository, not a folder with files named HEAD, config, objects and refs.
    "safe.bareRepository=explicit",
    # Programs and files that the configuration of a repository can make git use when it reads the history.
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "log.showSignature=false",
    "diff.external=",
    f"diff.orderFile={os.devnull}",
    f"core.attributesFile={os.devnull}",
)
_OPTIONS = ("--no-pager", *(word for setting in _SETTINGS for word in ("-c", setting)))
# The user's own variables for configuration are kept; those that choose a repository or run programs are not.
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_VARIABLES = {
    # Objects missing from a partial clone are not fetched, since the repository would say how. Old versions of git
    # know only the second variable.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


def git(root: Path, *call: str, given: bytes = b"") -> bytes:
    """The output of git; empty if it fails or is not installed."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own words, and no shell
            ["git", *_OPTIONS, "-C", str(root), *call],  # noqa: S607 - the user's own git
            input=given,
            capture_output=True,
            check=False,
            env=environment | _VARIABLES,
        )
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""


def history_state(root: Path) -> bytes:
    """All that the result of `read_history` depends on: the newest commit, and the place in the repository."""
    return git(root, "rev-parse", "HEAD", "--is-shallow-repository", "--show-prefix")
