"""From the seeds to the written Markdown tree, with no more work than a change asks for."""

from generator.renewal.docs import unfit_docs
from generator.renewal.run import Tree, alone, refusing, renew
from generator.store import Damaged

__all__ = ["Damaged", "Tree", "alone", "refusing", "renew", "unfit_docs"]
