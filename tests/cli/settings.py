"""The office's settings in a folder of our own: each recipe of CONTRIBUTING makes its one edit there."""

import shutil
from pathlib import Path

from schemas.edition import EDITIONS
from schemas.office import OFFICES, read_office
from tests.builders import Desk
from tests.publish.reading import load, shown


class Settings:
    """An office and its editions, and the desk that is set up by them."""

    def __init__(self, folder: Path) -> None:
        self.office = shutil.copytree(OFFICES / "jyg", folder / "office")
        self.editions = shutil.copytree(EDITIONS, folder / "editions")
        self.folder = folder

    def append(self, file: str, text: str) -> "Settings":
        """The one edit: a text at the end of one file."""
        with self._path(file).open("a", encoding="utf-8") as end:
            end.write(text)
        return self

    def put_before(self, file: str, mark: str, text: str) -> "Settings":
        """The one edit: a text before a line that is there once."""
        path = self._path(file)
        whole = path.read_text(encoding="utf-8")
        assert whole.count(mark) == 1
        path.write_text(whole.replace(mark, text + mark), encoding="utf-8")
        return self

    def desk(self) -> Desk:
        """The desk of an office with these settings."""
        return Desk(self.folder, read_office(self.office, self.editions))

    def _path(self, file: str) -> Path:
        return (self.editions if file.endswith(".toml") else self.office) / file


def papers_beside(workbook: Path) -> Path:
    """The working papers that lie beside the consolidated workbook."""
    (path,) = workbook.parent.glob("*工作底稿.xlsx")
    return path


def sheet_of(workbook: Path, number: str) -> list[list[object]]:
    """The rows of an annual table, or another sheet of the workbook, as text and numbers."""
    book = load(workbook)
    (name,) = (name for name in book.sheetnames if name.split()[0] == number)
    values = shown(workbook)
    return [[values.get((name, cell.coordinate)) for cell in row] for row in book[name]]
