"""Text as Markdown that shows exactly that text, with its language and its direction."""
