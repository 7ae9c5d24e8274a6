"""Figures: what pages show as a drawing, each a value that stands in an HTML block and says its meaning in words too.

Geometry is plain numbers, drawn the same at each build; colours and strokes are classes of `figures.css`.
"""
