"""A finished site takes the place of the old one: whole, checked, or not at all."""
