"""Edits of the seeds that leave every byte alone that has nothing to do with them.

The steps: an *edit* is a value (`edits.py`); `plan` makes the edits on the values of their files and finds the *splices*
that the texts need (`differences.py`, `style.py`, `writing.py`); `commit` writes the files, all or none (`files.py`).
"""

from generator.edit.edits import (
    AddItem,
    Edit,
    InsertArticle,
    InsertRecord,
    RemoveRecord,
    RenameRecord,
    SetField,
    plan,
)
from generator.edit.files import FileChange, commit, recover

__all__ = [
    "AddItem",
    "Edit",
    "FileChange",
    "InsertArticle",
    "InsertRecord",
    "RemoveRecord",
    "RenameRecord",
    "SetField",
    "commit",
    "plan",
    "recover",
]
