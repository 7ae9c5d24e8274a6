"""The rooms that know the disk and MkDocs: pages to a Markdown tree, the tree to a site."""
