"""The pages of single records, and the sections that they share."""
