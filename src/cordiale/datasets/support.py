"""UCDP External Support: who gives an armed actor what, by years.

The triad-year file names supporter, receiver and types of support, and becomes claims. Files by dyad-year or actor-year
say that support was given and not by whom: no claim between two actors can come of them, and each row is noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cordiale.claims import Means
from cordiale.datasets.cells import Cells, required
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, year_of, yearly
from cordiale.relations import relation

MEANS = {
    "ext_x": Means.TROOPS, "ext_p": Means.TROOPS, "ext_w": Means.WEAPONS, "ext_m": Means.MATERIEL,
    "ext_t": Means.TRAINING, "ext_f": Means.FUNDING, "ext_i": Means.INTELLIGENCE, "ext_l": Means.TERRITORY,
}  # fmt: skip
"""Types of support as means; `ext_o` and `ext_u`, other and unknown, are none."""

_GOVERNMENT = re.compile(r"^Government of ", re.IGNORECASE)
_HIGHEST_STATE = 999  # of the Gleditsch-Ward numbers, which the dataset uses for governments


def read_support(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of the External Support Dataset."""
    what = "file of UCDP External Support"
    required(cells, ("year", "ext_sup"), what, "give the triad-year file as CSV")
    if all(cells.place(name) is None for name in ("ext_name", "ext_id")):
        for number, row in cells.records():
            if row["ext_sup"] not in ("", "0", "0.0"):
                notes.add(
                    "support from somebody that the row does not name: left out; give the triad-year file", number
                )
        return
    required(cells, ("actor_name",), what, "it names the receiver actor_name")
    yield from yearly(_years(cells, notes))


def _years(cells: Cells, notes: Notes) -> Iterator[tuple[int, Spell]]:
    for number, row in cells.records():
        if row["ext_sup"] in ("", "0", "0.0"):
            continue
        try:
            year = int(float(row["year"]))
        except ValueError:
            notes.add("a year that is none: refused", number, row["year"], refused=True)
            continue
        means = dict.fromkeys(kind for name, kind in MEANS.items() if row.get(name, "") in ("1", "1.0"))
        giver, receiver = _end(row, "ext"), _end(row, "actor")
        if giver is None or receiver is None:
            notes.add("support from or for somebody that the row does not name: left out", number)
            continue
        yield year, Spell(
            row=number, subject=giver, relation=relation("supports"), object=receiver, held=year_of(year),
            means=tuple(means), alleged=row.get("ext_alleged", "") in ("1", "1.0"),
        )  # fmt: skip


def _end(row: dict[str, str], which: str) -> End | None:
    name = _GOVERNMENT.sub("", row.get(f"{which}_name", ""))
    code = row.get(f"{which}_gwno") or row.get(f"{which}_id", "")
    try:
        state = 0 < int(float(code)) <= _HIGHEST_STATE
    except ValueError:
        state = False
    if not name and not state:
        return None
    return End(code=code if state else None, scheme="gw" if state else None, name=name or None)


UCDP_ESD = Dataset(
    name="ucdp-external-support", title="UCDP External Support Dataset", version="18.1", published=date(2022, 1, 1),
    years=(1975, 2017), covers="parties of state-based conflicts and those who support them",
    where="ucdp.uu.se, under Download center: UCDP External Support Dataset, triad-year, CSV",
    licence="CC BY 4.0",
    cite="Meier, Vanessa, Niklas Karlén, Therése Pettersson and Mihai Croicu. 2023. External support in armed "
    "conflicts. Journal of Peace Research 60:545-554.",
    read=read_support,
)  # fmt: skip
