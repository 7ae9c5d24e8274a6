"""What git says of a folder."""

import subprocess
from pathlib import Path


def git(root: Path, *call: str, given: bytes = b"") -> bytes:
    """What git says, or nothing where it refuses."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words, and no shell
            ["git", "-C", str(root), *call],  # noqa: S607 - the user's own git
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""


def history_state(root: Path) -> bytes:
    """What changes whenever `read_history` may: the newest commit, and where the dossier stands in its repository."""
    return git(root, "rev-parse", "HEAD", "--is-shallow-repository", "--show-prefix")
