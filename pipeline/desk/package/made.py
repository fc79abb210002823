"""A form packed: the edition with those that it extends, its word templates, its dictionary, and what each must be."""

import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from pipeline import VERSION
from pipeline.desk.edition.subject import Subject, subject_of
from pipeline.desk.office.forms import duties_of, lists_of
from pipeline.desk.package.contents import DICTIONARY, FORMAT, FORMS, KIND, MANIFEST, Manifest, check_name, part_of
from pipeline.desk.package.dictionary import dictionary_of
from pipeline.values.zips import new_part
from schemas.draft import folders_of
from schemas.mistake import CannotRun
from schemas.office import Office


def packed(edition: str, office: Office) -> tuple[str, bytes]:
    """The package of an edition (an id, or the path of a .toml): its id, and the zip, the same bytes each time.

    Raises CannotRun, Mistake where the edition does not load, or has a name that no package can have.
    """
    subject = subject_of(edition, office)
    parts = dict(sorted(_parts(subject)))
    manifest = _manifest(subject, parts)
    listed = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, data in {MANIFEST: listed, **parts}.items():
            check_name(name)
            archive.writestr(new_part(name), data)
    return manifest.edition, made.getvalue()


def _parts(subject: Subject) -> Iterator[tuple[str, bytes]]:
    """The files of a package but for its manifest."""
    names: dict[str, Path] = {}
    for path in subject.document.files:
        name = f"{subject.form.edition.id}.toml" if path == subject.file else path.name
        base = tomllib.loads(path.read_text("utf-8")).get("extends", "")
        if "/" in base or "\\" in base:
            raise CannotRun(f"“{path.name}”的 extends 写了路径“{base}”，别的办公室没有。请只写编号，两份放在一起。")
        if names.setdefault(name, path) != path:
            raise CannotRun(f"“{path}”和“{names[name]}”同名，装不进一个表式包。请把其中一个改名。")
        yield f"{FORMS}/{name}", path.read_bytes()
    yield from ((f"{FORMS}/{path.parent.name}/{path.name}", path.read_bytes()) for path in _templates(subject))
    yield DICTIONARY, dictionary_of(subject.form)


def _templates(subject: Subject) -> list[Path]:
    """The word templates that lie beside the form, or beside the one that it extends."""
    folders = folders_of(subject.office, subject.form.edition)
    there = next((folder for folder in folders if folder.is_dir()), None)
    return sorted(there.glob("*.docx")) if there else []


def _manifest(subject: Subject, parts: dict[str, bytes]) -> Manifest:
    edition = subject.form.edition
    return Manifest(
        kind=KIND,
        format=FORMAT,
        program=VERSION,
        edition=edition.id,
        title=edition.title,
        period=edition.period,
        valid=(edition.valid.first or "", edition.valid.last or ""),
        lists=tuple(lists_of([edition])),
        duties=tuple(sorted(duties_of([edition]))),
        files=tuple(part_of(name, data) for name, data in parts.items()),
    )
