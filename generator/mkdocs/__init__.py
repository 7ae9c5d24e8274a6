"""The site by MkDocs: its configuration, our plugin, and the fast build that makes the same site."""

# The plugins that build Material's or MkDocs' search, which the theme does not use.
INDEXERS = ("search", "material/search")
