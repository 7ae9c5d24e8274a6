"""From the seeds to the written Markdown tree, with no more work than a change asks for."""

from generator.incremental.docs import unfit_docs
from generator.incremental.run import MarkdownTree, lock_dossier, refusing, update_tree
from generator.state.database import Damaged

__all__ = ["Damaged", "MarkdownTree", "lock_dossier", "refusing", "unfit_docs", "update_tree"]
