"""From the seeds to the written Markdown tree, with no more work than a change asks for."""

from generator.renewal.run import Tree, alone, refusing, renew

__all__ = ["Tree", "alone", "refusing", "renew"]
