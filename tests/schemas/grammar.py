"""Random sentences of the rule language over the small form, as hypothesis strategies."""

from typing import NamedTuple

from hypothesis import strategies as st


class Numbers(NamedTuple):
    """Numbers that may stand in one comparison: by name, and as ranges by how many lines they have."""

    one: list[str]
    many: dict[int, list[str]]
    when: list[str]


COUNTS = Numbers(
    ["T1.100", "T1.101", "T1.200", "T1.202", "T2.10", "T2.11", "T2.13", "T2.20"],
    {
        2: ["T1.categories", "T2.11..12", "T1.102..103"],
        3: ["T1.channels", "T2.11..13", "T1.101..103"],
        5: ["T1.*", "T2.*", "T2.10..20"],
    },
    ["", "", "", ":year_to_date", "@-1", ":year_to_date@-12"],
)
MONEY = Numbers(
    ["T8.801_charged", "T8.802_charged", "T8.total_charged", "T8.802_waived", "T8.total_waived"],
    {2: ["T8.charged", "T8.waived"]},
    ["", "", "", "@-1", "@-12"],
)


def selections(names: list[str], when: list[str]) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(names), st.sampled_from(when))


def times(quantities: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(["", "", "", "2 * ", "3*", "0 * "]), quantities)


def expressions(terms: st.SearchStrategy[str], first: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signed = st.builds(str.__add__, st.sampled_from([" + ", " - "]), terms)
    return st.builds(lambda start, more: start + "".join(more), first, st.lists(signed, max_size=2))


def comparisons(terms: st.SearchStrategy[str], first: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    right = expressions(terms, st.builds(str.__add__, st.sampled_from(["", "- "]), terms))
    operator = st.sampled_from([" = ", " <= ", " >= "])
    return st.builds("{}{}{}".format, expressions(terms, first), operator, right)


def lines(numbers: Numbers) -> st.SearchStrategy[str]:
    return times(selections(numbers.one, numbers.when))


def sums(numbers: Numbers) -> st.SearchStrategy[str]:
    ranges = [name for names in numbers.many.values() for name in names]
    return times(selections(ranges, numbers.when).map("sum({})".format))


def single(numbers: Numbers) -> st.SearchStrategy[str]:
    return lines(numbers) | sums(numbers) | st.integers(0, 300).map(str)


def sentences(prefix: str, claims: st.SearchStrategy[str], guards: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(guards, max_size=2).map(" and ".join)
    return st.builds(lambda claim, guard: f"{prefix}{claim}{guard and f' when {guard}'}", claims, joined)


def whole(numbers: Numbers) -> st.SearchStrategy[str]:
    claims = comparisons(single(numbers), lines(numbers) | sums(numbers))
    return sentences("", claims, GUARDS)


def each_part_of(numbers: Numbers, length: int) -> st.SearchStrategy[str]:
    """Guards of the other kind of number are lines alone: they do not have as many parts."""
    parts = times(selections(numbers.many[length], numbers.when))
    either = parts | single(numbers)
    return sentences("each part of ", comparisons(either, parts), comparisons(either, either) | GUARDS)


def rules(numbers: Numbers) -> st.SearchStrategy[str]:
    return whole(numbers) | st.one_of([each_part_of(numbers, length) for length in numbers.many])


GUARDS = comparisons(single(COUNTS), single(COUNTS)) | comparisons(single(MONEY), single(MONEY))
OF_COUNTS, OF_MONEY = rules(COUNTS), rules(MONEY)
RULES = OF_COUNTS | OF_COUNTS | OF_MONEY
