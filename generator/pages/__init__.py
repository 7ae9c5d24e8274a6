"""Linked records to pages: one page family a module, values in and Markdown out, nothing written."""

from generator.pages.book import pages
from generator.pages.edition import Edition

__all__ = ["Edition", "pages"]
