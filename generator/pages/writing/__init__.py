"""What every page is written with: links, front matter, wording and templates."""
