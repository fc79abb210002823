"""Totals against their parts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED, TENFOLD
from pipeline.proof.figure import Doubt, Figure, Group
from pipeline.proof.ratio import fits
from pipeline.proof.reading import plain
from schemas.proof import Prose

ROUNDING = Decimal("0.1")  # of a share in percent
AROUND = 120  # letters around a list that may explain it
FAR = Decimal("0.3")  # how far the sum may be from a total that only an earlier sentence names
WILD = 2  # times a total that parts may be of it
NEARLY = Decimal("0.85")  # of its total that an open list reaches where two digits exchanged make it whole
FEW = 2  # parts that a sum has
TEN_THOUSAND = Decimal(10_000)


def sums(groups: Sequence[Group], shares: Mapping[Figure, Figure], prose: Prose) -> Iterator[Doubt]:
    """Every group whose parts cannot make its total under the reading that the text or the edition gives it."""
    for group in (g for g in groups if _is_of_one_time(g, prose)):
        too_large = [part for part in group.parts if part.low > group.total.high and not _is_sibling(group, part)]
        wild = _is_wild(group, *total_of(group.parts))
        if too_large and group.sure and not wild and not (group.closed and len(group.parts) > 1):
            part = max(too_large, key=lambda one: one.value)
            facts = {"part": part.words, "total": group.total.words}
            yield Doubt("exceed", part.paragraph, (part, group.total, *group.parts), facts, suspects(group))
        elif kind := _broken(group, shares, prose):
            yield _told(kind, group)


def _broken(group: Group, shares: Mapping[Figure, Figure], prose: Prose) -> str:
    """The kind of doubt, "" where there is none; a total that the text does not name itself must look like a slip."""
    low, high = total_of(group.parts)
    if _is_wild(group, low, high) or len(group.parts) < FEW:
        return ""
    if not (group.sure or group.overlap or suspects(group)):
        return ""
    if _explained(group, low, high, prose):
        return ""
    if high < group.total.low and not _left_open(group, shares):
        swapped = plainly(group) and group.sure and _called_alike(group)
        if group.closed or swapped or _is_all(group, shares) or _meant_to_reach(group, high, prose):
            return "overlap" if group.overlap else "sum"
        return ""
    apart = not (group.closed or comes_near(group.total, group.parts) or suspects(group))
    return "sum" if low > group.total.high and not group.overlap and not apart else ""


def _is_sibling(group: Group, part: Figure) -> bool:
    """Whether a part that is too large may stand beside the total: 医师312人，其中高级职称86人，护士486人."""
    first = part is group.parts[0] or len(group.parts) == 1
    room = group.total.value - sum((other.value for other in group.parts if other is not part), Decimal(0))
    return not first and not any(number <= max(room, Decimal(0)) for number in swaps(part))


def swaps(figure: Figure) -> Iterator[int]:
    """A whole number as it would be with two digits beside each other exchanged."""
    printed = str(int(figure.value)) if figure.exact and figure.value % 1 == 0 and figure.scaled is None else ""
    for n in range(1, len(printed)):
        if printed[n - 1] != printed[n]:
            yield int(printed[: n - 1] + printed[n] + printed[n - 1] + printed[n + 1 :])


def _is_of_one_time(group: Group, prose: Prose) -> bool:
    """Whether no part is of another time than its total, or than the others: 网站3,012条、累计11,203条."""
    total = group.total
    if is_split(group.parts, prose) and not total.span:
        return all(part.year == total.year for part in group.parts)
    said = [bool(prose.another_span.search(part.before)) for part in group.parts]
    if any(said[1:]) and not all(said):
        return False
    return all(set(part.span) <= set(total.span) and part.year == total.year for part in group.parts)


def is_split(parts: Sequence[Figure], prose: Prose) -> bool:
    """Whether counts are of the halves or the quarters of one year."""
    found = [re.findall(prose.time.split, part.before) for part in parts]
    return all(len(words) == 1 for words in found) and len({words[0] for words in found}) == len(parts) > 1


def tail_of(names: Sequence[str]) -> str:
    """The letters in which all names end, but not whole names."""
    least = min(map(len, names))
    return next((names[0][-n:] for n in range(least - 1, 0, -1) if len({name[-n:] for name in names}) == 1), "")


def _called_alike(group: Group) -> bool:
    """Whether the parts are called alike, by two letters at their ends or beginnings: 行政编制 and 事业编制."""
    names = [re.sub(r"[^\u4e00-\u9fff]|其中", "", part.before) for part in group.parts]
    return all(names) and max(len(tail_of(names)), len(tail_of([name[::-1] for name in names]))) > 1


def _is_wild(group: Group, low: Decimal, high: Decimal) -> bool:
    """Whether parts are so much more or less than their total that they are hardly its own, and no slip tells why."""
    total, first = group.total, group.parts[0]
    scaled = total.scaled == low or total.value * TEN_THOUSAND == low
    wild = low > total.high * WILD or high * WILD < total.low
    if not wild or group.overlap or scaled or suspects(group):
        return False
    text = first.paragraph.text[min(total.end, first.start) : max(total.end, first.start)]
    return total.paragraph is not first.paragraph or bool(re.search("[。！？]", text))


def _explained(group: Group, low: Decimal, high: Decimal, prose: Prose) -> bool:
    """Whether the paragraph tells the difference as what was carried over, withdrawn or counted apart."""
    here = [figure for figure in (group.total, *group.parts) if figure.paragraph is group.total.paragraph]
    start = max(0, min(figure.start for figure in here) - AROUND)
    text = plain(group.total.paragraph.text[start : max(figure.end for figure in here) + AROUND])
    own = {figure.start - start for figure in here}
    gap = low - group.total.high if low > group.total.high else group.total.low - high
    said = (m for m in re.finditer(prose.apart, text) if m.start(1) not in own)
    return gap > 0 and any(Decimal(m[1].replace(",", "")) == gap for m in said)


def _left_open(group: Group, shares: Mapping[Figure, Figure]) -> bool:
    """Whether the shares of several parts confirm the total, and no slip of another part would make it."""
    told = [part for part in group.parts if part in shares]
    sound = all(group.total.value and fits(shares[p], p.value / group.total.value * 100) for p in told)
    apart = sum((shares[part].value for part in told), Decimal(0)) < 100 - ROUNDING * len(told)
    some = 1 < len(told) < len(group.parts)
    return some and sound and apart and not any(f in group.parts and f not in told for f, _ in suspects(group))


def _is_all(group: Group, shares: Mapping[Figure, Figure]) -> bool:
    """Whether the text gives shares of all parts, and they make a hundred."""
    told = [shares[part].value for part in group.parts if part in shares]
    return len(told) == len(group.parts) > 1 and abs(sum(told, Decimal(0)) - 100) <= ROUNDING * len(told)


def _meant_to_reach(group: Group, reached: Decimal, prose: Prose) -> bool:
    """Whether an open list falls so little short of its total that a slip of the pen is likelier than a rest."""
    total = group.total.value
    if group.overlap or len(group.parts) < 2 or total * 2 < prose.near_from:
        return False
    if total < prose.near_from and len(group.parts) < FEW + 1:
        return False
    if any(n == f.value * TEN_THOUSAND for f, n in suspects(group) if f is not group.total):
        return True
    if reached >= total * Decimal(str(prose.near)):
        return bool(suspects(group))
    swapped = [f for f, n in suspects(group) if f is not group.total and slip(f.digits, _digits(f, n)) == SWAPPED]
    if plainly(group) and len(group.parts) > FEW and reached >= total * NEARLY:
        return True
    return len(swapped) == 1 and reached >= total / 2


def suspects(group: Group) -> tuple[tuple[Figure, int], ...]:
    """The figures of a group that one slip of the pen may have spoilt, each with what it would have to be."""
    gap = group.total.value - sum(p.value for p in group.parts)
    able = [(group.total, group.total.value - gap), *((part, part.value + gap) for part in group.parts)]
    whole = [(f, int(n)) for f, n in able if not f.rough and f.value == int(f.value) and n == int(n) and n >= 0]
    return tuple((f, n) for f, n in whole if slip(f.digits, _digits(f, n)))


def plainly(group: Group) -> bool:
    """Whether two digits exchanged, or a 0 too many, would explain the difference: which chance seldom does."""
    return any(slip(f.digits, _digits(f, n)) in {SWAPPED, TENFOLD} for f, n in suspects(group))


def _digits(figure: Figure, value: int) -> int:
    """A value as the digits that would be printed in place of the figure's; else the value itself."""
    ratio = Decimal(figure.digits) / figure.value if figure.value else Decimal(1)
    scaled = value * ratio
    return int(scaled) if scaled == int(scaled) else value


def _told(kind: str, group: Group) -> Doubt:
    total, parts = group.total, group.parts
    like = total if all(part.scale == total.scale for part in parts) else None
    added = sum((part.value for part in parts), Decimal(0))
    gap = total.value - added
    facts = {
        "total": total.words,
        "sum": as_printed(added, like),
        "more": "多" if gap > 0 else "少",
        "gap": as_printed(abs(gap), like),
        "parts": "＋".join(as_printed(part.value, like) for part in parts),
    }
    return Doubt(kind, total.paragraph, (total, *parts), facts, suspects(group))


def as_printed(value: Decimal, like: Figure | None) -> str:
    """A number as it is said to people, in 万 or 亿 where the figures beside it are."""
    if like is None or like.scale < TEN_THOUSAND or not value or abs(value) * 100 < like.scale:
        return number(value)
    return f"{number(value / like.scale)}{'万' if like.scale == TEN_THOUSAND else '亿'}"


def total_of(parts: Sequence[Figure]) -> tuple[Decimal, Decimal]:
    """Between which numbers the sum lies."""
    return sum((p.low for p in parts), Decimal(0)), sum((p.high for p in parts), Decimal(0))


def comes_near(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the sum of the parts is near the total."""
    low, high = total_of(parts)
    return total.low * (1 - FAR) <= high and low <= total.high * (1 + FAR)


def is_near(group: Group) -> bool:
    """Whether the parts come near a total that the sentence does not name; channels that overlap may pass it far."""
    if group.overlap and len(group.parts) > 1:
        return group.total.high * (1 + FAR) >= max(part.low for part in group.parts)
    return comes_near(group.total, group.parts)


def number(value: Decimal) -> str:
    """A number as it is said to people."""
    return f"{value.normalize():,f}"
