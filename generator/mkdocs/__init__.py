"""The site by MkDocs: its configuration, our plugin, and the fast build that makes the same site."""
