"""Figures: from ties, measures and courses to SVG, drawn once, the same on a page, in print and in a notebook.

Pure: values come in, a `Figure` goes out. Each says in words what it shows, and of which day and sources.
"""

from cordiale.figures.area import allies_area
from cordiale.figures.axis import Flag
from cordiale.figures.balance_line import balance_line
from cordiale.figures.bloc_flow import bloc_flow
from cordiale.figures.bloc_overlap import bloc_overlap
from cordiale.figures.course_line import course_line
from cordiale.figures.encoding import DrawnTie
from cordiale.figures.graph import graph
from cordiale.figures.isolation_line import isolation_line
from cordiale.figures.layout import positions
from cordiale.figures.matrix import matrix
from cordiale.figures.paper import Figure, stylesheet
from cordiale.figures.stance import stance
from cordiale.figures.tie_timeline import DrawnEpisode, Mark, tie_timeline
from cordiale.figures.what_if import what_if

__all__ = [
    "DrawnEpisode", "DrawnTie", "Figure", "Flag", "Mark", "allies_area", "balance_line", "bloc_flow", "bloc_overlap",
    "course_line", "graph", "isolation_line", "matrix", "positions", "stance", "stylesheet", "tie_timeline", "what_if",
]  # fmt: skip
