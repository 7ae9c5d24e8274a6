"""The data model of a dossier: frozen classes for records, articles and statements, and for their parts."""
