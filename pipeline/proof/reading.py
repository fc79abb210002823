"""A report's text as sentences with their figures, and the numbers of which it is not plain what they count."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from pipeline.proof.figure import Figure, Paragraph, Sentence
from pipeline.proof.moments import Moments
from pipeline.proof.roles import Roles
from pipeline.values.numerals import half_width, likely
from schemas.proof import Prose, prose

_SCALE = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
_STOPS = re.compile(r"[。!?]")
_BRACKET = re.compile(r"\([^()]*\)")
_CUT = re.compile(r"[，;:。!?]")
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")
_WIDE = "\ue000"  # stands for “，” while the commas of numbers are found
_THOUSANDS = re.compile(rf"(?<![\d.,{_WIDE}])\d{{1,3}}(?:{_WIDE}\d{{3}})+(?![\d.%{_WIDE}])")
_APART = re.compile(r"(?<![\d., ])[1-9]\d{0,2}(?: \d{3})+(?=\s?[\u4e00-\u9fff])(?!\s?[年月日])")
_WORD = re.compile(r"\s?([\u4e00-\u9fff]{2,3})(?=\s*[，。;:()]|\s*$)")  # behind a number to the end of its clause
_NARROW = {0x2009: 0x20, 0x202F: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x0A: 0x20, 0x09: 0x20}
_CHINESE = "一二三四五六七八九十百千零两〇"
_NO_COUNT = tuple("年月日号时分秒届#")
_REACH = 200  # letters before a figure that say of when it speaks
TURN = Decimal("1.2")  # how far 超过 may go


def plain(text: str) -> str:
    """The text in half-width letters, with “，” for every comma that is not within a number; no character moves.

    21，567 and 21 567 are one number where a word follows; a traditional character is as good as its simple one.
    """
    kept = half_width(text.replace("，", _WIDE).translate(_NARROW)).translate(prose().simple)
    kept = _THOUSANDS.sub(lambda found: found[0].replace(_WIDE, ","), kept)
    kept = _APART.sub(lambda found: found[0].replace(" ", ","), kept)
    return _COMMA.sub("，", kept).replace(_WIDE, "，")


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
            whole = self._passed_over(text)
            for start, end in _between(_STOPS, text):
                found += self._sentence(paragraph, whole[start:end], start, section)
        return found

    def _passed_over(self, text: str) -> str:
        """The text with # for the digits that count nothing, and without the office's own notes."""
        text = self._marks.sub(lambda found: " " * len(found[0]), text)
        return self._skipped.sub(lambda found: re.sub(r"\d", "#", found[0]), text)

    def _sentence(self, paragraph: Paragraph, text: str, start: int, section: tuple[int, int]) -> Iterator[Sentence]:
        asides = [b for b in _BRACKET.finditer(text) if self._has_number(b[0])]
        outside, at = [], 0
        for aside in asides:
            outside += [text[at : aside.start()], " " * len(aside[0])]
            at = aside.end()
        line = "".join(outside) + text[at:]
        figures, unread = self._figures(paragraph, line, start, section)
        ends = [f.end for f in figures]
        inner = []
        for aside in asides:
            kept = self._kept(text, aside)
            inside, begin = kept + " " + text[aside.start() + 1 : aside.end() - 1], start + aside.start() - len(kept)
            before = (
                figures[bisect(ends, start + aside.start()) - 1] if ends and ends[0] <= start + aside.start() else None
            )
            near = before and not _CUT.search(line[before.end - start : aside.start()].removesuffix("，"))
            own, lost = self._figures(paragraph, inside, begin, section)
            inner.append(
                Sentence(
                    paragraph,
                    begin,
                    inside,
                    own,
                    before if near and before and before.role == "count" else None,
                    (),
                    True,
                    lost,
                )
            )
        yield Sentence(paragraph, start, line, figures, None, tuple(inner), False, unread)
        yield from inner

    def _kept(self, text: str, aside: re.Match[str]) -> str:
        """The words before a bracket that go with a number alone in it: 较2014年（52件）."""
        start = aside.start()
        words = re.search(r"[^，;:。!?、()]*$", text[max(0, start - _REACH) : start])
        return words[0] if words and re.match(r"\(\s*\d", aside[0]) and not self._has_unit(words[0]) else ""

    def _has_number(self, text: str) -> bool:
        """Whether a bracket holds more than a numbering: （一）."""
        return any(m["unit"] or m["number"][0] not in _CHINESE for m in self._number.finditer(text))

    def _has_unit(self, text: str) -> bool:
        return any(m["unit"] for m in self._number.finditer(text))

    def _figures(
        self, paragraph: Paragraph, text: str, start: int, section: tuple[int, int]
    ) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
        """The figures of a text that begins at ``start`` of its paragraph, and the numbers that are none."""
        found: list[Figure] = []
        every = [m for m in self._number.finditer(text) if self._is_number(m, text)]
        matches = [m for m in every if self._counts(m, text)]
        units = self._units(matches)
        ends = [0, *(m.end() for m in matches)]
        moments = Moments(self.prose, self.year, text)
        for n, m in enumerate(matches):
            at = m.start("number")
            following = matches[n + 1].start() if n + 1 < len(matches) else len(text)
            gap, after = text[ends[n] : at], text[m.end() : following]
            before = _CUT.split(gap)[-1].lstrip(" 、和及与以")
            value, low, high = self._value(m)
            scaled = value / _SCALE[m["scale"]] if m["scale"] else None
            figure = Figure(
                paragraph, start + at, start + m.end(), value, low, high, units[n], before,
                _CUT.split(after)[0].partition("、")[0], gap, "other", moments.year_at(at), moments.span_at(at),
                section, scaled, "", bool(m["about"] or m["behind"] or m["over"] or m["over2"]),
            )  # fmt: skip
            found.append(replace(figure, role=self._roles.role(figure, found[-1] if found else None)))
        return tuple(found), tuple(m["number"] for m in every if not self._counts(m, text))

    def _is_number(self, match: re.Match[str], text: str) -> bool:
        """Whether it is a number at all: no date, and no numeral that is part of a word."""
        if match["number"][0] in _CHINESE:
            return bool(match["unit"]) and self._is_numeral(match, text)
        return not text[match.end() : match.end() + 3].lstrip().startswith(_NO_COUNT) or bool(match["unit"])

    def _is_numeral(self, match: re.Match[str], text: str) -> bool:
        """Whether characters count something: two at least, or one where nobody writes digits (收到两件)."""
        written = match["number"]
        if text[max(0, match.start() - 4) : match.start()].endswith(self.prose.ordinal) or not likely(
            written + match["unit"]
        ):
            return False
        near = text[max(0, match.start() - _REACH) : match.end() + _REACH]
        return len(written) > 1 or (not re.search(r"\d", near) and written != "一")

    def _counts(self, match: re.Match[str], text: str) -> bool:
        """Whether it is plain that a number counts: by its unit, in a list with units, or as the end of its clause."""
        if match["unit"] or self._of_list.match(text, match.end()):
            return True
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 2]
        return bool(
            re.search(r"[\u4e00-\u9fff”》)][:\s]*$", before) and re.match(r"\s*(?:[，、;。)\u4e00-\u9fff]|$)", after)
        )

    def _units(self, matches: Sequence[re.Match[str]]) -> list[str]:
        """The unit of each number, known or a word of its own (204.6公顷); one without has that of its list."""
        units = [m["unit"] or ((own := _WORD.match(m.string, m.end())) and own[1]) or "" for m in matches]
        last = ""
        for n, unit in reversed(list(enumerate(units))):
            last = last if unit in self.prose.change.times or unit == "%" else unit or last
            units[n] = unit or last
        for n, unit in enumerate(units):
            last = last if unit in self.prose.change.times or unit == "%" else unit or last
            units[n] = unit or (units[n - 1] if n and units[n - 1] != "%" else last)
        return units

    def _value(self, match: re.Match[str]) -> tuple[Decimal, Decimal, Decimal]:
        """The number, and between which numbers the true one lies."""
        digits, scale = match["number"].replace(",", ""), _SCALE[match["scale"] or ""]
        if digits[0] in _CHINESE:
            said = likely(digits + match["unit"])
            digits = said.number if said else "0"
        value = Decimal(digits) * scale
        places = len(digits.partition(".")[2])
        last = Decimal(scale) / 10**places
        if match["over"] or match["over2"]:
            zeros = len(digits) - len(digits.rstrip("0")) if not places else 0
            return value, value, value + last * 10**zeros - Decimal(1) / 100
        if match["about"] in self.prose.upward or match["behind"] in self.prose.upward:
            return value, value, value * TURN
        if match["about"] or match["behind"]:
            return value, value * Decimal("0.9"), value * Decimal("1.1")
        return (value, value, value) if scale == 1 else (value, value - last / 2, value + last)

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self.prose, self.year)

    @cached_property
    def _skipped(self) -> re.Pattern[str]:
        return re.compile("|".join([self.prose.numbering, *self.prose.skip]))

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return re.compile(self.prose.marks)

    @cached_property
    def _of_list(self) -> re.Pattern[str]:
        number = r"\d[\d,]{0,15}(?:\.\d{1,6})?"
        return re.compile(rf"(?:[、和]{number}){{0,12}}[、和]{number}(?:万)?(?:{_any(self.prose.units)})")

    @cached_property
    def _number(self) -> re.Pattern[str]:
        p = self.prose
        return re.compile(
            rf"(?P<about>{_any((*p.upward, *p.about))})?\s?"
            rf"(?P<number>(?<![\d.#])(?:(?<![A-Za-z])|(?<=[A-Za-z]{{3}}))(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|(?<![{_CHINESE}\d#])[{_CHINESE}]+)"
            r"(?![\d#A-Za-z])"
            rf"(?P<over>{_any(p.over)})?(?:\s?(?P<scale>[百千万亿]))?(?P<over2>{_any(p.over)})?\s?"
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
