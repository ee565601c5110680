"""Figures: from ties, measures and courses to SVG, drawn once, the same on a page, in print and in a notebook.

Pure: values come in, a `Figure` goes out. Each says in words what it shows, and of which day and sources.
"""

from cordiale.figures.encoding import DrawnTie
from cordiale.figures.paper import Figure, stylesheet
from cordiale.figures.stance import stance

__all__ = ["DrawnTie", "Figure", "stance", "stylesheet"]
