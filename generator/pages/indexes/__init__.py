"""The index of each kind of record, and the tables that its pages are made of."""
