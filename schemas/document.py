"""A TOML file that may be a difference from another one, and still knows on which line of which file a value stands."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schemas.mistake import Mistake, nearest
from schemas.reading import Model, read_text, telling, what_is_wrong
from schemas.toml_lines import Location, line_of

Raw = dict[str, Any]
Origin = tuple[Path, str, Location]  # file, its text, location in it


@dataclass(frozen=True)
class Document:
    """The values of a file, with those of the file it ``extends`` where it says nothing else.

    Entries of a repeated table are told apart by ``id`` or ``code``: an entry of the difference changes the one of the
    same name, or is added; ``without`` takes entries away. ``origins`` says where each of them stands.
    """

    raw: Raw
    origins: Mapping[Location, Origin]

    def mistake(self, location: Location, what: str) -> Mistake:
        """The mistake at a location, with the file and line where it stands."""
        known = location
        while known not in self.origins:
            known = known[:-1]
        path, text, there = self.origins[known]
        return Mistake(path, line_of(text, there + location[len(known) :]), what)


def read_document(path: Path, others: Path | None = None) -> Document:
    """The document in ``path``; what it extends is in the same folder, or in ``others``.

    Raises Mistake where it is no TOML.
    """
    text = read_text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise Mistake(path, int(at[1]) if at else None, f"TOML 写法有误（{error}）。") from None
    own = Document(raw, {(): (path, text, ())})
    base = raw.pop("extends", None)
    if base is None:
        return own
    folders = [path.parent, *([others] if others else [])]
    there = next((file for folder in folders if (file := folder / f"{base}.toml").exists() and file != path), None)
    if there is None:
        known = sorted({file.stem for folder in folders for file in folder.glob("*.toml") if file != path})
        raise own.mistake(("extends",), f"没有“{base}”，{nearest(str(base), known)}。")
    return _extended(_without(read_document(there, others), own, raw.pop("without", {})), own)


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


def _extended(base: Document, own: Document) -> Document:
    raw, origins = dict(base.raw), dict(base.origins)
    path, text, _ = own.origins[()]
    for key, value in own.raw.items():
        before = raw.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            raw[key] = {**before, **value}
            origins |= {(key, part): (path, text, (key, part)) for part in value}
        elif _is_table_list(value) and _is_table_list(before):
            entries: list[Raw] = list(before or ())
            for n, entry in enumerate(value):
                at = _position(entries, entry)
                entries[at : at + 1] = [{**(entries[at] if at < len(entries) else {}), **entry}]
                origins[key, at] = (path, text, (key, n))
            raw[key] = entries
        else:
            raw[key] = value
            origins[(key,)] = (path, text, (key,))
    return Document(raw, origins)


def _without(base: Document, own: Document, names: Mapping[str, list[str]]) -> Document:
    """The base without the entries that the difference takes away; a name that is not there is a mistake."""
    raw, origins = dict(base.raw), dict(base.origins)
    for key, gone in names.items():
        known = [_name(entry) for entry in raw.get(key, [])]
        for name in gone:
            if name not in known:
                raise own.mistake(("without", key), f"“{key}”里没有“{name}”，{nearest(name, known)}。")
        kept = [n for n, name in enumerate(known) if name not in gone]
        path, text, there = base.origins[()]
        origins |= {
            (key, new): base.origins.get((key, old), (path, text, (*there, key, old))) for new, old in enumerate(kept)
        }
        raw[key] = [raw[key][n] for n in kept]
    return Document(raw, origins)


def _position(entries: list[Raw], entry: Raw) -> int:
    names = [_name(other) for other in entries]
    return names.index(_name(entry)) if _name(entry) in names else len(entries)


def _name(entry: Raw) -> str:
    return str(entry.get("id", entry.get("code", "")))


def _is_table_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)
