"""From the seeds to the written Markdown tree, with no more work than a change requires."""

from generator.incremental.markdown_tree import MarkdownTree
from generator.incremental.run import lock_dossier, update_tree
from generator.incremental.tree_scan import unfit_docs
from generator.state.database import Damaged

__all__ = ["Damaged", "MarkdownTree", "lock_dossier", "unfit_docs", "update_tree"]
