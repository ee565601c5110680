"""Figures: from ties, measures and courses to SVG, drawn once, the same on a page, in print and in a notebook.

Pure: values come in, a `Figure` goes out. Each says in words what it shows, and of which day and sources.
"""

from cordiale.figures.encoding import DrawnTie
from cordiale.figures.graph import graph
from cordiale.figures.layout import positions
from cordiale.figures.matrix import matrix
from cordiale.figures.paper import Figure, stylesheet
from cordiale.figures.stance import stance
from cordiale.figures.what_if import what_if

__all__ = ["DrawnTie", "Figure", "graph", "matrix", "positions", "stance", "stylesheet", "what_if"]
