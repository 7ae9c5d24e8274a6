"""Markdown of generated pages to HTML."""
