"""Random sentences of the rule language over the small form, as hypothesis strategies."""

from hypothesis import strategies as st

ONE = ["T1.100", "T1.101", "T1.200", "T1.202", "T2.10", "T2.11", "T2.13", "T2.20"]
MANY = {
    2: ["T1.categories", "T2.11..12", "T1.102..103"],
    3: ["T1.channels", "T2.11..13", "T1.101..103"],
    5: ["T1.*", "T2.*", "T2.10..20"],
}
WHEN = ["", "", "", ":year_to_date", "@-1", ":year_to_date@-12"]


def selections(names: list[str]) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(names), st.sampled_from(WHEN))


def times(quantities: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(["", "", "", "2 * ", "3*", "0 * "]), quantities)


def expressions(terms: st.SearchStrategy[str], first: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signed = st.builds(str.__add__, st.sampled_from([" + ", " - "]), terms)
    return st.builds(lambda start, more: start + "".join(more), first, st.lists(signed, max_size=2))


def comparisons(terms: st.SearchStrategy[str], first: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    right = expressions(terms, st.builds(str.__add__, st.sampled_from(["", "- "]), terms))
    operator = st.sampled_from([" = ", " <= ", " >= "])
    return st.builds("{}{}{}".format, expressions(terms, first), operator, right)


def sentences(prefix: str, terms: st.SearchStrategy[str], first: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    guards = st.lists(comparisons(terms, terms), max_size=2).map(" and ".join)
    claims = comparisons(terms, first)
    return st.builds(lambda claim, guard: f"{prefix}{claim}{guard and f' when {guard}'}", claims, guards)


def each_part_of(length: int) -> st.SearchStrategy[str]:
    parts = times(selections(MANY[length]))
    return sentences("each part of ", parts | SINGLE, parts)


LINES = times(selections(ONE))
SUMS = times(selections([name for names in MANY.values() for name in names]).map("sum({})".format))
NUMBERS = st.integers(0, 300).map(str)
SINGLE = LINES | SUMS | NUMBERS
RULES = sentences("", SINGLE, LINES | SUMS) | st.sampled_from(list(MANY)).flatmap(each_part_of)
