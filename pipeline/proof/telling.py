"""What proof found, as findings: where, what is printed, what it should be, and which slip of the pen it looks like."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import says_little
from pipeline.proof.figure import Doubt, Figure
from pipeline.proof.sums import number
from pipeline.proof.tables import Known, differs
from pipeline.values.findings import Finding, Place, make
from schemas.proof import Prose

MANY = 3  # more slips than these help nobody


def findings(
    doubts: Sequence[Doubt], matches: Mapping[Figure, Known], file: str, year: int, prose: Prose
) -> Iterator[Finding]:
    """One finding a cause: what another one already says of a figure and the tables is not said again."""
    said = {figure for doubt in doubts if doubt.kind != "table" for figure in doubt.figures}
    for doubt in doubts:
        if doubt.kind == "table" and doubt.figures[0] in said:
            continue
        saying = prose.says[doubt.kind]
        slips = _slips(doubt, matches, prose)
        message = saying.says.format(**doubt.facts) + slips + _tables(doubt, matches, prose, also=not slips)
        place = Place("", str(year), file, "", doubt.place.place)
        written = doubt.figures[0].written if doubt.figures else doubt.words
        yield make("verify", f"T-{doubt.kind}", place, written, message, saying.remedy)


def _slips(doubt: Doubt, matches: Mapping[Figure, Known], prose: Prose) -> str:
    """The slips that would explain the difference; one that the tables refute is named as refuted."""
    able = [(f, n, slip(int(f.value), n)) for f, n in doubt.suspects]
    able = [(f, n, how) for f, n, how in able if how]
    sound = [one for one in able if not says_little(one[2], int(one[0].value))] or (able if len(able) == 1 else [])
    refuted = [one for one in sound if one[0] in matches and not differs(one[0], matches[one[0]])]
    likely = [one for one in sound if one not in refuted]
    told = [prose.says["slip"].says.format(words=f.words, expected=f"{n:,}", how=how) for f, n, how in likely]
    if 0 < len(told) <= MANY:
        return f"{prose.says['slip'].title}{'；或'.join(told)}。"
    if refuted and not told and doubt.kind in {"sum", "overlap"}:
        f, n, how = refuted[0]
        return prose.says["slip"].remedy.format(words=f.words, expected=f"{n:,}", how=how)
    return ""


def _tables(doubt: Doubt, matches: Mapping[Figure, Known], prose: Prose, *, also: bool) -> str:
    """What the tables have for the figures of a doubt within the text, and (``also``) by which slip it differs."""
    if doubt.kind in {"table", "missing", "year"}:
        return ""
    there = [(figure, matches[figure]) for figure in dict.fromkeys(doubt.figures) if figure in matches]
    apart = []
    for figure, one in ((figure, one) for figure, one in there if differs(figure, one)):
        slipped = slip(int(figure.value), int(one.value)) if also and figure.exact else ""
        how = f"（“{figure.words}”{prose.says['slip'].title}{slipped}）" if slipped else ""
        apart.append(prose.says["tables"].says.format(table=one.where, expected=number(one.value), how=how))
    if apart:
        return "".join(apart)
    whole = len(there) == len(set(doubt.figures)) and doubt.kind in {"sum", "overlap"}
    return prose.says["tables"].remedy if whole else ""
