"""The pages that show all of a dossier in one way: by date, by place, by issue, as a report."""
