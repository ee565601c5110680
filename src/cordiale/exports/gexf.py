"""Ties over time as GEXF 1.3, which Gephi reads: one edge a tie, its episodes its spells.

Sign and strength are two attributes: `sign` (-1, 0, 1) changes from spell to spell, the edge's weight is absolute, as
negative ones are lost there. Spells are days, half-open in the dossier and so closed a day earlier here; the current
one is open. Every value is data: XML is written by a library that escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import BinaryIO
from xml.etree import ElementTree as Xml

from cordiale.exports.histories import Node, TieCourse

_NO_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = timedelta(days=1)


def write_gexf(nodes: Iterable[Node], ties: Iterable[TieCourse], out: BinaryIO) -> int:
    """Write actors and the courses of their ties; how many ties."""
    root = Xml.Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    graph = Xml.SubElement(
        root, "graph", {"mode": "dynamic", "defaultedgetype": "undirected", "timeformat": "date",
                        "timerepresentation": "interval"},
    )  # fmt: skip
    _attributes(graph, "node", "static", (("kind", "string"),))
    _attributes(graph, "edge", "dynamic", (("sign", "integer"), ("stance", "string")))
    listed = Xml.SubElement(graph, "nodes")
    for node in nodes:
        shown = Xml.SubElement(listed, "node", {"id": node.id, "label": _clean(node.name)})
        values = Xml.SubElement(shown, "attvalues")
        Xml.SubElement(values, "attvalue", {"for": "kind", "value": node.kind})
    edges = Xml.SubElement(graph, "edges")
    count = 0
    for tie in ties:
        count += 1
        weight = {"weight": f"{tie.weight:.6g}"} if tie.weight else {}
        edge = Xml.SubElement(edges, "edge", {"id": str(count), "source": tie.a, "target": tie.b, **weight})
        values = Xml.SubElement(edge, "attvalues")
        spells = Xml.SubElement(edge, "spells")
        for episode in tie.episodes:
            when = {"start": episode.start.isoformat()}
            if episode.end is not None:
                when["end"] = (episode.end - _DAY).isoformat()
            Xml.SubElement(values, "attvalue", {"for": "sign", "value": str(episode.sign), **when})
            Xml.SubElement(values, "attvalue", {"for": "stance", "value": episode.stance, **when})
            Xml.SubElement(spells, "spell", when)
    Xml.indent(root)
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(Xml.tostring(root, encoding="utf-8"))
    out.write(b"\n")
    return count


def _attributes(graph: Xml.Element, of: str, mode: str, names: Iterable[tuple[str, str]]) -> None:
    found = Xml.SubElement(graph, "attributes", {"class": of, "mode": mode})
    for name, kind in names:
        Xml.SubElement(found, "attribute", {"id": name, "title": name, "type": kind})


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
