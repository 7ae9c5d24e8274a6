"""The nouns of a dossier, frozen: records, articles, statements, and what they are made of."""
