"""Figures: drawings as SVG in HTML blocks, each with its meaning in words.

Geometry is plain numbers and the same at each build; colors and strokes are classes of `figures.css`.
"""
