"""The site, live while it is being written."""
