"""The search of a site: its index, the files that browsers fetch, and what one build leaves to the next."""
