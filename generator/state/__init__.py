"""What one build leaves to the next, and what is known of files."""
