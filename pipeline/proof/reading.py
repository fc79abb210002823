"""A report's text as sentences with their figures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from pipeline.proof.figure import Figure, Paragraph, Sentence
from pipeline.proof.roles import Roles
from pipeline.values.numerals import half_width
from schemas.proof import Prose

_SCALE = {"": 1, "千": 1000, "万": 10_000, "亿": 10**8}
_STOPS = re.compile(r"[。!?]")
_BRACKET = re.compile(r"\([^()]*\)")
_CUT = re.compile(r"[，;:。!?]")
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


def plain(text: str) -> str:
    """The text in half-width letters, with “，” for every comma that is not within a number; no character moves."""
    kept = half_width(text.replace("，", "\ue000"))
    return _COMMA.sub("，", kept).replace("\ue000", "，")


@dataclass(frozen=True)
class Reader:
    """Reads the paragraphs of a report on ``year`` with the vocabulary of its prose."""

    prose: Prose
    year: int

    def sentences(self, paragraphs: Iterable[Paragraph]) -> list[Sentence]:
        """The sentences in order; what stands in brackets follows the sentence it stands in."""
        found: list[Sentence] = []
        section = (0, 0)
        for paragraph in paragraphs:
            text = plain(paragraph.text)
            if re.match(self.prose.first_heading, text):
                section = (section[0] + 1, 0)
            elif re.match(self.prose.second_heading, text):
                section = (section[0], section[1] + 1)
            for start, end in _between(_STOPS, text):
                found += self._sentence(paragraph, self._passed_over(text)[start:end], start, section)
        return found

    def _passed_over(self, text: str) -> str:
        """The text with # for the digits that count nothing."""
        return self._skipped.sub(lambda found: re.sub(r"\d", "#", found[0]), text)

    def _sentence(self, paragraph: Paragraph, text: str, start: int, section: tuple[int, int]) -> Iterator[Sentence]:
        asides = [b for b in _BRACKET.finditer(text) if self._number.search(b[0])]
        outside = text
        for aside in asides:
            outside = outside[: aside.start()] + " " * len(aside[0]) + outside[aside.end() :]
        figures = self._figures(paragraph, outside, start, section)
        inner = []
        for aside in asides:
            inside = self._inside(text, aside)
            before = [f for f in figures if f.end <= start + aside.start()]
            near = before and not _CUT.search(outside[before[-1].end - start : aside.start()])
            own = self._figures(paragraph, inside, start, section)
            inner.append(Sentence(paragraph, start, inside, own, before[-1] if near else None))
        whole = Sentence(paragraph, start, outside, figures, None, tuple(inner))
        yield from (whole, *inner) if figures or inner else (whole,)

    def _inside(self, text: str, aside: re.Match[str]) -> str:
        """What stands in brackets, in its place; a number alone goes with the words before it: 较2014年（52件）."""
        start = aside.start()
        words = re.search(r"[^，;:。!?、()]*$", text[:start])
        kept = words[0] if words and re.match(r"\(\s*\d", aside[0]) and not self._has_unit(words[0]) else ""
        return " " * (start - len(kept)) + kept + " " + text[start + 1 : aside.end() - 1]

    def _has_unit(self, text: str) -> bool:
        return any(m["unit"] for m in self._number.finditer(text))

    def _figures(self, paragraph: Paragraph, text: str, start: int, section: tuple[int, int]) -> tuple[Figure, ...]:
        found: list[Figure] = []
        matches = [m for m in self._number.finditer(text) if m["unit"] or self._listed(text, m)]
        ends = [0, *(m.end() for m in matches)]
        for n, m in enumerate(matches):
            following = matches[n + 1].start() if n + 1 < len(matches) else len(text)
            gap, after = text[ends[n] : m.start("number")], text[m.end() : following]
            unit = m["unit"] or next((later["unit"] for later in matches[n:] if later["unit"]), "")
            before = _CUT.split(gap)[-1].lstrip(" 、和及与以")
            value, low, high = self._value(m)
            figure = Figure(
                paragraph, start + m.start("number"), start + m.end(), value, low, high, unit,
                before, _CUT.split(after)[0].partition("、")[0], gap, "other", self._year(text[: m.start("number")]),
                self._span(text[: m.start("number")]), section,
            )  # fmt: skip
            found.append(replace(figure, role=self._roles.role(figure, found)))
        return tuple(found)

    def _listed(self, text: str, match: re.Match[str]) -> bool:
        """Whether a number without a unit stands in a list whose last number has one: 1、2、3件."""
        return bool(self._of_list.match(text, match.end())) and not re.match(r"[.年月日]", text[match.end() :])

    def _value(self, match: re.Match[str]) -> tuple[Decimal, Decimal, Decimal]:
        """The number, and between which numbers the true one lies."""
        digits, scale = match["number"].replace(",", ""), _SCALE[match["scale"] or ""]
        value = Decimal(digits) * scale
        places = len(digits.partition(".")[2])
        last = Decimal(scale) / 10**places
        if match["over"] or match["over2"]:
            zeros = len(digits) - len(digits.rstrip("0")) if not places else 0
            return value, value, value + last * 10**zeros - Decimal(1) / 100
        if match["about"] in self.prose.upward or match["behind"] in self.prose.upward:
            return value, value, value * Decimal("1.2")
        if match["about"] or match["behind"]:
            return value, value * Decimal("0.9"), value * Decimal("1.1")
        return (value, value, value) if scale == 1 else (value, value - last / 2, value + last)

    def _year(self, text: str) -> int:
        """The year of which the words before a figure speak last, but for those it is compared with."""
        every = re.finditer(r"(?<!\d)(20\d\d)年", text)
        own = [int(m[1]) for m in every if not text[: m.start()].endswith(self.prose.time.against)]
        return own[-1] if own else self.year

    def _span(self, text: str) -> tuple[str, ...]:
        """The words before a figure that speak of another span than the year."""
        clause = re.split(r"[;]", text)[-1]
        return tuple(m[0] for m in self._other.finditer(clause))

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self.prose, self.year)

    @cached_property
    def _skipped(self) -> re.Pattern[str]:
        return re.compile("|".join([self.prose.numbering, *self.prose.skip]))

    @cached_property
    def _other(self) -> re.Pattern[str]:
        return re.compile("|".join([*self.prose.dates, *map(re.escape, self.prose.time.other)]))

    @cached_property
    def _of_list(self) -> re.Pattern[str]:
        return re.compile(r"(?:[、和]\d[\d,.]*)*[、和]\d[\d,.]*(?:万)?(?:" + _any(self.prose.units) + ")")

    @cached_property
    def _number(self) -> re.Pattern[str]:
        p = self.prose
        return re.compile(
            rf"(?P<about>{_any((*p.upward, *p.about))})?\s*"
            r"(?P<number>(?<![\d.#])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d#])"
            rf"(?P<over>{_any(p.over)})?(?P<scale>[千万亿])?(?P<over2>{_any(p.over)})?\s*"
            rf"(?P<unit>{_any(p.units)})?(?P<behind>{_any((*p.upward, *p.about))})?"
        )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _between(stops: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in stops.finditer(text):
        yield start, stop.end()
        start = stop.end()
    if text[start:].strip():
        yield start, len(text)
