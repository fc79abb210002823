"""Before anything leaves: everything that would travel is searched, and what was found is asked of the office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.judge.leaks import search
from pipeline.outbox.guard.few import few
from pipeline.outbox.guard.places import place_of
from pipeline.outbox.guard.typed import typed
from pipeline.outbox.guard.walk import Spoken, spoken
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import COVERED, WAIVED, Finding, tell
from pipeline.values.leaks import Hit, Leaks
from pipeline.values.reasons import is_reason
from pipeline.values.rulings import Cover, Ruling, Waive
from schemas.mistake import CannotRun

if TYPE_CHECKING:
    from pipeline.values.taken import Taken

TEXTS = ("W-LEAK-01", "W-LEAK-02")  # what can be covered
NO_REASON = "处理意见里写的理由没有说明为什么可以公开。"
NO_TEXT = "处理意见里写的“遮盖”没有执行：数字不能遮盖。"
IDLE = "N-RUL-01"  # told of a ruling before it was known that it is about something found here


@dataclass(frozen=True)
class _Found:
    """One thing that was found, and each text that it stands in."""

    hit: Hit
    there: list[Spoken]


def guarded(outcome: Outcome, taken: "Taken", rulings: Iterable[Ruling]) -> Outcome:
    """The outcome with what was found in its texts and tables as questions, each with what the office ruled.

    ``taken`` tells the cells that texts came from.
    """
    hits, found = _search(outcome)
    asked = [*(_question(one, taken) for one in found), *typed(outcome), *few(outcome)]
    answers = {ruling.finding: ruling for ruling in rulings if isinstance(ruling, Cover | Waive)}
    known = [answers[finding.id] for finding in asked if finding.id in answers]
    settled = [_ruled(finding, answers.get(finding.id)) for finding in asked]
    obeyed = {ruling.id for ruling in known}
    others = (f for f in outcome.findings if not (f.rule == IDLE and f.value in obeyed))
    passed = frozenset(finding.id for finding in settled if finding.state == WAIVED)
    return replace(outcome, findings=(*others, *settled), leaks=Leaks(hits, passed))


def _search(outcome: Outcome) -> tuple[dict[str, tuple[Hit, ...]], list[_Found]]:
    """What each text gives away; what quotes a marked text is marked by it, and not by itself."""
    texts: dict[str, Spoken] = {}
    for one in spoken(outcome):
        texts.setdefault(one.text, one)
    hits = {text: own for text in texts if (own := search(text))}
    marked = sorted((text for text, own in hits.items() if any(hit.whole for hit in own)), key=len)
    for n, text in enumerate(marked):
        origin = next((one for one in marked[:n] if one in text), text)
        hits[text] = tuple(replace(hit, secret=origin) if hit.whole else hit for hit in hits[text])
    found: dict[tuple[str, str], _Found] = {}
    for text, own in hits.items():
        for hit in own:
            found.setdefault((hit.kind, hit.secret), _Found(hit, [])).there.append(texts[text])
    return hits, list(found.values())


def _question(found: _Found, taken: "Taken") -> Finding:
    """What is asked of the office: at the first place where it stands, with how many others there are."""
    more = len({one.text for one in found.there}) - 1
    rule = "W-LEAK-02" if found.hit.whole else "W-LEAK-01"
    here = "文件名" if found.there[0].file else "这里"
    told = {"here": here, "name": found.hit.name, "more": f"（另有{more}处）" if more else ""}
    finding = tell(rule, place_of(found.there, taken), value=found.hit.partly, **told)
    return replace(finding, id=found.hit.id)


def _ruled(finding: Finding, ruling: Ruling | None) -> Finding:
    """A question with the office's ruling: what may leave needs a reason in words, and no number is covered."""
    if isinstance(ruling, Waive):
        if is_reason(ruling.reason):
            return finding.ruled(WAIVED, ruling.words)
        return replace(finding, message=f"{finding.message}{NO_REASON}")
    if isinstance(ruling, Cover) and finding.rule in TEXTS:
        return finding.ruled(COVERED, ruling.words)
    return replace(finding, message=f"{finding.message}{NO_TEXT}") if ruling else finding


def told_by_hand(text: str) -> None:
    """Raises CannotRun where a text that is to be printed as it is gives something away."""
    names = _names(search(text))
    if names:
        raise CannotRun(f"“{text}”里有{'、'.join(names)}，会印在封面上送到上级。请改写后再运行一次。")


def _names(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.name for hit in hits))
