"""Linked records to pages: one page family a module, values in and Markdown out, nothing written."""

from generator.pages.book import pages

__all__ = ["pages"]
