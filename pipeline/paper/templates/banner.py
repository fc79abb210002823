"""The banner of a return: one sentence that says how far it is, and the colours of marks and sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.paper.theme import CALM_BG, ERR, ERR_BG, NAVY, OK, OK_BG, WARN, WARN_BG
from schemas.edition import Words

Area = tuple[int, int, int, int]

SIGNS = "×○!"
READY = "校验通过，可以报送。"


class Waiting(NamedTuple):
    """What else keeps a return from being sent, on a sheet called ``where``: how many places, as formulas and now."""

    where: str
    must: str
    must_now: int
    asked: str
    asked_now: int


@dataclass(frozen=True)
class Banner:
    """The sentence over the marks that stand in ``areas`` and show ``marks``; ``blank`` where nothing need be 0."""

    printed: Words
    areas: Sequence[str]
    marks: Sequence[str]
    waiting: Waiting | None = None
    blank: bool = False

    def formula(self) -> str:
        """As a formula, with the leading =."""
        wrong, open_, asked = (self._count(sign) for sign in SIGNS)
        said = self._sentences
        text = f'"{READY}"'
        if self.waiting:
            text = self._if(self.waiting.asked, said["asked back"], text)
        text = self._if(asked, said["!"], text)
        text = self._if(open_, said["○"], text)
        if self.waiting:
            text = self._if(self.waiting.must, said["must back"], text)
        return "=" + self._if(wrong, said["×"], text)

    def text(self) -> str:
        """What it shows."""
        wrong, open_, asked = (sum(mark.startswith(sign) for mark in self.marks) for sign in SIGNS)
        back = self.waiting or Waiting("", "", 0, "", 0)
        order = (("×", wrong), ("must back", back.must_now), ("○", open_), ("!", asked), ("asked back", back.asked_now))
        told = next(((key, count) for key, count in order if count), None)
        return str(told[1]).join(self._sentences[told[0]]) if told else READY

    @property
    def _sentences(self) -> dict[str, tuple[str, str]]:
        """Each sentence, before and after its number."""
        where = self.waiting.where if self.waiting else ""
        return {
            "×": ("还不能报送：有", f"处有误，见“{self.printed.check}”栏。"),
            "must back": (f"还不能报送：“{where}”里还有", "处没有改好。"),
            "○": ("请填报：还有", f"项待填。没有发生的{'可以留空' if self.blank else '填 0，不要留空'}。"),
            "!": ("请说明：有", f"处请核对，属实的在“{self.printed.note}”栏写一句原因。"),
            "asked back": (f"请说明：“{where}”里还有", "处请核对。"),
        }

    def _count(self, sign: str) -> str:
        return "+".join(f'COUNTIF({area},"{sign}*")' for area in self.areas)

    @staticmethod
    def _if(count: str, said: tuple[str, str], otherwise: str) -> str:
        return f'IF({count}>0,"{said[0]}"&({count})&"{said[1]}",{otherwise})'


def colour_banner(workbook: Any, sheet: Any, cell: str, area: Area) -> None:
    """Colour a banner by how it begins."""
    colours = {"请填": (CALM_BG, NAVY), "还不": (ERR_BG, ERR), "请说": (WARN_BG, WARN), "校验": (OK_BG, OK)}
    for begins, (back, ink) in colours.items():
        look = workbook.add_format({"bg_color": back, "font_color": ink})
        sheet.conditional_format(*area, {"type": "formula", "criteria": f'=LEFT({cell},2)="{begins}"', "format": look})


def colour_marks(workbook: Any, sheet: Any, area: Area) -> None:
    """Colour marks by the sign that they begin with."""
    for sign, look in (
        ("×", {"font_color": ERR, "bg_color": ERR_BG}),
        ("!", {"font_color": WARN, "bg_color": WARN_BG}),
        ("√", {"font_color": OK}),
    ):
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": workbook.add_format(look)}
        sheet.conditional_format(*area, rule)
