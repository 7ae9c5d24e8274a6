"""Calls git safely in a folder that may be somebody else's.

A dossier may come from somebody else, and with it what git reads as configuration: files that look like a bare
repository, or a `.git` of an unpacked archive. So no call here runs a program that a repository names, or fetches.
"""

import os
import subprocess
from pathlib import Path

_SETTINGS = (
    # Only a `.git` counts as a repository: not a folder with files named HEAD, config, objects and refs.
    "safe.bareRepository=explicit",
    # What else a repository's configuration has git run when it reads the history.
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "log.showSignature=false",
    "diff.external=",
    f"diff.orderFile={os.devnull}",
    f"core.attributesFile={os.devnull}",
)
_OPTIONS = ("--no-pager", *(word for setting in _SETTINGS for word in ("-c", setting)))
# What the user's own variables say of configuration holds; those that choose a repository or run programs do not.
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_VARIABLES = {
    # Objects that a partial clone lacks are not fetched: how is for the repository to say. Old versions of git know
    # the second variable only.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


def git(root: Path, *call: str, given: bytes = b"") -> bytes:
    """The output of git; empty if it fails or is not there."""
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
    """What changes whenever `read_history` may: the newest commit, and where the dossier stands in its repository."""
    return git(root, "rev-parse", "HEAD", "--is-shallow-repository", "--show-prefix")
