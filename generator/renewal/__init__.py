"""From the seeds to the written Markdown tree, with no more work than a change asks for."""

from generator.renewal.run import WAITING, Tree, refusing, renew

__all__ = ["WAITING", "Tree", "refusing", "renew"]
