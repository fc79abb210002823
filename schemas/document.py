"""A TOML file that may be a difference from another one, and still knows on which line of which file a value stands."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from pydantic import ValidationError

from schemas.mistake import Mistake, nearest
from schemas.reading import Model, read_text, telling, what_is_wrong
from schemas.toml_lines import Location, line_of
from schemas.toml_mistakes import unreadable

Raw = dict[str, Any]
Origin = tuple[Path, str, Location]  # file, its text, location in it
Root = tuple[Path, Location]


@dataclass(frozen=True)
class Document:
    """The values of a file, with those of the file it ``extends`` where it says nothing else.

    Entries are told apart by ``id`` or ``code``, at every depth: an entry of the difference changes the one of the same
    name, or is added; ``without`` takes entries away. ``origins`` says where each of them stands, ``roots`` where each
    stood first: in the file that the others changed. ``files`` are all that it was read from.
    """

    raw: Raw
    origins: Mapping[Location, Origin]
    roots: Mapping[Location, Root] = field(default_factory=dict)
    files: tuple[Path, ...] = ()

    def root(self, location: Location) -> Root:
        """Where an entry stood first, whatever was changed in it since: the file, and the place there."""
        known = location
        while known not in self.roots:
            known = known[:-1]
        path, there = self.roots[known]
        return path, there + location[len(known) :]

    def mistake(self, location: Location, what: str) -> Mistake:
        """The mistake at a location, with the file and line where it stands."""
        path, text, there = self.origin(location)
        return Mistake(path, line_of(text, there), what)

    def origin(self, location: Location) -> Origin:
        """The file, its text and the location in it that the value at a location comes from."""
        known = location
        while known not in self.origins:
            known = known[:-1]
        path, text, there = self.origins[known]
        return path, text, there + location[len(known) :]


def read_document(path: Path, *others: Path, below: tuple[Path, ...] = ()) -> Document:
    """The document in ``path``; what it extends is in the same folder, or in one of the ``others``.

    ``below`` are the files that are differences from it. Raises Mistake where it is no TOML, or extends itself.
    """
    text = read_text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, what = unreadable(text, str(error))
        raise Mistake(path, line, f"TOML 写法有误，{what}。") from None
    own = Document(raw, {(): (path, text, ())}, {(): (path.resolve(), ())}, (path,))
    base = raw.pop("extends", None)
    if base is None:
        return own
    if not isinstance(base, str):
        raise own.mistake(("extends",), f'extends 写了“{base}”，要写一份表式的编号，加引号，如 "{path.stem}"。')
    folders = list(dict.fromkeys((path.parent, *others)))
    there = next((file for folder in folders if (file := folder / f"{base}.toml").exists() and file != path), None)
    if there is None:
        known = sorted({file.stem for folder in folders for file in folder.glob("*.toml") if file != path})
        raise own.mistake(("extends",), f"没有“{base}”，{nearest(str(base), known)}。")
    if there in below:
        ring = "→".join(file.stem for file in (*below, path, there))
        raise own.mistake(("extends",), f"extends 绕成了圈（{ring}），请让最早的一份不写 extends。")
    before = read_document(there, *others, below=(*below, path))
    gone = frozenset(_taken_away(before, own, raw.pop("without", {})))
    merging = _Merging(before, own, gone, {}, {})
    return Document(
        merging.value(before.raw, own.raw, (), (), ()), merging.origins, merging.roots, (*before.files, path)
    )


def read_toml(path: Path, model: type[Model]) -> Model:
    """One TOML file as a value of ``model``. Raises Mistake at one thing that is not as the model says."""
    return validated(read_document(path), model)


def validated(document: Document, model: type[Model]) -> Model:
    """The document as a value of ``model``. Raises Mistake at one thing that is not as the model says."""
    try:
        return model.model_validate(document.raw)
    except ValidationError as error:
        first = telling(error)
        raise document.mistake(first["loc"], what_is_wrong(first, model)) from None


@dataclass(frozen=True)
class _Merging:
    """A base and its difference becoming one; ``gone`` are the places of the base that are taken away.

    A place ``at`` in the whole is ``below`` in the base and ``above`` in the difference, None where it is not there.
    """

    base: Document
    own: Document
    gone: frozenset[Location]
    origins: dict[Location, Origin]
    roots: dict[Location, Root]

    def value(self, old: Any, new: Any, at: Location, below: Location | None, above: Location | None) -> Any:
        """What stands in the whole at a place, for ``old`` of the base and ``new`` of the difference."""
        if above is not None:
            self.origins[at] = self.own.origin(above)
        elif below is not None:
            self.origins[at] = self.base.origin(below)
        if below is not None:
            self.roots[at] = self.base.root(below)
        elif above is not None:
            self.roots[at] = self.own.root(above)
        if isinstance(old, dict) and (above is None or isinstance(new, dict)):
            return self._table(old, new or {}, at, below or (), above)
        if _is_named(old) and (above is None or _is_table_list(new)):
            return self._list(old, new or [], at, below or (), above)
        return old if above is None else new

    def _table(self, old: Raw, new: Raw, at: Location, below: Location, above: Location | None) -> Raw:
        kept = {key: value for key, value in old.items() if (*below, key) not in self.gone}
        return {
            key: self.value(
                kept.get(key),
                new.get(key),
                (*at, key),
                (*below, key) if key in kept else None,
                (*(above or ()), key) if key in new else None,
            )
            for key in dict.fromkeys([*kept, *new])
        }

    def _list(self, old: list[Raw], new: list[Raw], at: Location, below: Location, above: Location | None) -> list[Raw]:
        kept = [(entry, n) for n, entry in enumerate(old) if (*below, n) not in self.gone]
        rows: list[tuple[Raw, int | None, Raw, int | None]] = [(entry, n, {}, None) for entry, n in kept]
        for n, entry in enumerate(new):
            names = [_name(row[0]) if row[3] is None else None for row in rows]  # what it says twice stays twice
            place = names.index(_name(entry)) if _name(entry) in names else len(rows)
            before = rows[place][:2] if place < len(rows) else ({}, None)
            rows[place : place + 1] = [(*before, entry, n)]
        return [
            self.value(
                entry,
                changed,
                (*at, n),
                None if was is None else (*below, was),
                None if said is None else (*(above or ()), said),
            )
            for n, (entry, was, changed, said) in enumerate(rows)
        ]


def _taken_away(base: Document, own: Document, names: Mapping[str, Any], said: Location = ()) -> Iterator[Location]:
    """The places in the base of what ``without`` names; a name that is not there is a mistake.

    An entry within another is named by both (T5.501), under the key of the outer or of its own list; what is within a
    table of single values under the keys that lead to it, and such a value by its own key.
    """
    for key, gone in names.items():
        if isinstance(gone, dict):
            yield from _taken_away(base, own, gone, (*said, key))
            continue
        known = dict(_named_places(base.raw, (*said, key)))
        if not known:
            there = [name for name, value in base.raw.items() if isinstance(value, list | dict)]
            raise own.mistake(("without", *said, key), f"没有“{key}”可以删，{nearest(key, there)}。")
        for name in gone:
            if name not in known:
                label = ".".join(map(str, (*said, key)))
                raise own.mistake(("without", *said, key), f"“{label}”里没有“{name}”，{nearest(name, known)}。")
            yield known[name]


def _named_places(raw: Raw, keys: Location) -> Iterator[tuple[str, Location]]:
    """Every entry that may be named under these keys, with its place: those of the list there and all within them.

    Where no list stands there, the entries of all lists of that key within the entries above.
    """
    *above, key = keys
    table: Any = raw
    for step in above:
        table = table.get(step, {}) if isinstance(table, dict) else {}
    value = table.get(key) if isinstance(table, dict) else None
    if value and _is_named(value):
        yield from _within(value, "", tuple(keys))
    elif isinstance(value, dict):
        yield from ((name, (*keys, name)) for name in value)
    elif isinstance(table, dict):
        for other, entries in table.items():
            if _is_named(entries):
                inner = _within(entries, "", (*above, other))
                yield from ((name, place) for name, place in inner if "." in name and place[-2] == key)


def _within(entries: list[Raw], prefix: str, place: Location) -> Iterator[tuple[str, Location]]:
    for n, entry in enumerate(entries):
        name = prefix + _name(entry)
        yield name, (*place, n)
        for key, inner in entry.items():
            if _is_named(inner):
                yield from _within(inner, f"{name}.", (*place, n, key))


def _name(entry: Raw) -> str:
    return str(entry.get("id", entry.get("code", "")))


def _is_table_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _is_named(value: object) -> TypeGuard[list[Raw]]:
    """Whether a value is a list of entries that each have a name of their own."""
    return _is_table_list(value) and all(_name(entry) for entry in value)  # type: ignore[attr-defined]
