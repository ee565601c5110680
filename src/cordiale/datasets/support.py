"""UCDP External Support: who gives an armed actor what, by years.

The triad-year file names supporter, receiver and types of support, and becomes claims. Files by dyad-year or actor-year
say that support was given and not by whom: no claim between two actors can come of them. The dataset's ids are UCDP's
own numbers of actors, which are no Gleditsch-Ward numbers; actors go by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cordiale.claims import Means
from cordiale.datasets.cells import Cells, required
from cordiale.datasets.conflicts import named
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, joined, year_of
from cordiale.datasets.when import whole
from cordiale.errors import UnreadableInput
from cordiale.relations import relation

MEANS = {
    "ext_x": Means.TROOPS, "ext_p": Means.TROOPS, "ext_w": Means.WEAPONS, "ext_m": Means.MATERIEL,
    "ext_t": Means.TRAINING, "ext_f": Means.FUNDING, "ext_i": Means.INTELLIGENCE, "ext_l": Means.TERRITORY,
}  # fmt: skip
"""Types of support as means; others (`ext_o`, `ext_u`, ...) are support by no means that is known."""

_WHAT = "file of UCDP External Support that says who supports whom"
_MEND = "give the triad-year file as CSV: files by dyad-year and actor-year do not name the supporter"


def read_support(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of the External Support Dataset by triad and year."""
    required(cells, ("year", "ext_sup"), _WHAT, _MEND)
    if not _sides(cells, "ext") or not _sides(cells, "actor"):
        why = f"is no {_WHAT}: no column ext_name or actor_name among {', '.join(cells.columns)}"
        raise UnreadableInput(cells.source, why, _MEND)
    return joined(_years(cells, notes))


def _sides(cells: Cells, which: str) -> bool:
    return any(cells.place(f"{which}_{name}") is not None for name in ("name", "gwno"))


def _years(cells: Cells, notes: Notes) -> Iterator[Spell]:
    for number, row in cells.records():
        if not _marked(row["ext_sup"]):
            notes.add("a year without support: no claim", number)
            continue
        try:
            held = year_of(whole(row["year"]))
        except ValueError:
            notes.add("a year that is none: refused", number, row["year"], refused=True)
            continue
        giver, receiver = _end(row, "ext"), _end(row, "actor")
        if giver is None or receiver is None:
            notes.add("support from or for somebody that the row does not name: refused", number, refused=True)
            continue
        means = dict.fromkeys(kind for name, kind in MEANS.items() if _marked(row.get(name, "")))
        yield Spell(
            row=number, subject=giver, relation=relation("supports"), object=receiver, held=held, means=tuple(means),
            alleged=_marked(row.get("ext_alleged", "")), key=row.get("dyad_id") or row.get("conflict_id", ""),
        )  # fmt: skip


def _marked(cell: str) -> bool:
    return cell.removesuffix(".0") == "1"


def _end(row: Mapping[str, str], which: str) -> End | None:
    if code := row.get(f"{which}_gwno", ""):
        return End(code=code, scheme="gw")
    name = row.get(f"{which}_name", "")
    return named(name) if name else None


UCDP_ESD = Dataset(
    name="ucdp-external-support", title="UCDP External Support Dataset", version="18.1", published=date(2022, 12, 31),
    years=(1975, 2017), covers="parties of state-based conflicts and those who support them",
    where="ucdp.uu.se, under Download center: UCDP External Support Dataset, triad-year, saved as CSV",
    licence="CC BY 4.0",
    cite="Meier, Vanessa, Niklas Karlén, Therése Pettersson and Mihai Croicu. 2023. External support in armed "
    "conflicts. Journal of Peace Research 60:545-554.",
    read=read_support,
)  # fmt: skip
