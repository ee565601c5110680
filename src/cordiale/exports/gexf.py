"""Ties over time as GEXF 1.3, which Gephi reads: one edge a tie, its stretches its spells.

Sign and strength are two attributes: `sign` (-1, 0, 1) and `strength` change from spell to spell, the edge's `weight`
is the strength of the last one. None is negative, as negative weights are lost there. Spells are days, closed as GEXF
has them, and so end a day earlier than the dossier's; one without an end still held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import BinaryIO
from xml.etree import ElementTree as Xml

from cordiale.claims import Actor
from cordiale.exports.histories import Stretch, TieCourse
from cordiale.plain import plain

SPACE = "http://gexf.net/1.3"
CHANGING = {"sign": "integer", "stance": "string", "strength": "double"}
"""The attributes of an edge that change over time, and their types."""

_DAY = timedelta(days=1)


def write_gexf(courses: Iterable[TieCourse], actors: Mapping[str, Actor], out: BinaryIO) -> int:
    """Write ties and their actors; how many ties. An actor that `actors` lacks goes by its id, without a kind."""
    ties = list(courses)
    root = Xml.Element("gexf", {"xmlns": SPACE, "version": "1.3"})
    graph = Xml.SubElement(
        root, "graph", {"mode": "dynamic", "defaultedgetype": "undirected", "timeformat": "date",
                        "timerepresentation": "interval"},
    )  # fmt: skip
    _declare(graph, "node", "static", {"kind": "string"})
    _declare(graph, "edge", "dynamic", CHANGING)
    nodes = Xml.SubElement(graph, "nodes")
    for key in sorted({end for tie in ties for end in (tie.a, tie.b)}):
        actor = actors.get(key)
        node = Xml.SubElement(nodes, "node", {"id": plain(key), "label": plain(actor.name if actor else key)})
        _value(Xml.SubElement(node, "attvalues"), "kind", str(actor.kind) if actor else "", {})
    edges = Xml.SubElement(graph, "edges")
    for number, tie in enumerate(ties, start=1):
        ends = {"source": plain(tie.a), "target": plain(tie.b)}
        edge = Xml.SubElement(edges, "edge", {"id": str(number), **ends, "weight": f"{tie.weight:.6g}"})
        values, spells = Xml.SubElement(edge, "attvalues"), Xml.SubElement(edge, "spells")
        for stretch in tie.stretches:
            when = _when(stretch)
            Xml.SubElement(spells, "spell", when)
            for name, value in zip(CHANGING, (stretch.sign, stretch.stance, f"{stretch.weight:.6g}"), strict=True):
                _value(values, name, str(value), when)
    Xml.indent(root)
    Xml.ElementTree(root).write(out, encoding="UTF-8", xml_declaration=True)
    out.write(b"\n")
    return len(ties)


def _declare(graph: Xml.Element, of: str, mode: str, types: Mapping[str, str]) -> None:
    found = Xml.SubElement(graph, "attributes", {"class": of, "mode": mode})
    for name, kind in types.items():
        Xml.SubElement(found, "attribute", {"id": name, "title": name, "type": kind})


def _value(values: Xml.Element, name: str, value: str, when: Mapping[str, str]) -> None:
    Xml.SubElement(values, "attvalue", {"for": name, "value": value, **when})


def _when(stretch: Stretch) -> dict[str, str]:
    found = {"start": stretch.start.isoformat()}
    return found if stretch.end is None else {**found, "end": (stretch.end - _DAY).isoformat()}
