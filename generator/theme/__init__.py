"""The MkDocs theme `dossier`: Material's machinery, set like a reference book."""
