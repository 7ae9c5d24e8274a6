"""Linked records to pages: one family of pages a module, values in and Markdown out, nothing written.

Imports nothing, so that each module loads only what it needs.
"""
