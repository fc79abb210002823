"""Why a number changed, and where it stands now: the return or the ruling behind it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.values.rulings import Rulings

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]  # unit, period
Place = tuple[str, str, str, str, str]  # file, sheet, cell, return_sha256, ruling
NOWHERE: Place = ("",) * 5


class Source(NamedTuple):
    """What stands behind a unit's month: the content and the version of a return."""

    digest: str
    version: int


class Causes:
    """The sources of then and now, and the states of what is no longer counted."""

    def __init__(
        self, before: "pd.DataFrame", after: "pd.DataFrame", returns: "pd.DataFrame", rulings: Rulings
    ) -> None:
        self._before, self._after = _sources(before), _sources(after)
        self._states = dict(zip(returns["sha256"], returns["state"], strict=True))
        self._words = {ruling.id: ruling.words for ruling in rulings.every}

    def of(self, key: Key, adjustment: Any) -> str:
        """In words; ``adjustment`` is the fact that is added to the return's number, None where none is."""
        then, now = self._before.get(key), self._after.get(key)
        if then and now and then.digest == now.digest:
            return f"调整：{self._words[adjustment.ruling]}" if adjustment is not None else "原来的调整不再有"
        if then and now:
            return f"第{now.version}版代替第{then.version}版"
        if now:
            return "上报以后收到"
        return f"不再计入：{self._states.get(then.digest, '文件不在收件夹') if then else '没有来源'}"

    def place(self, key: Key, own: Any, adjustment: Any) -> Place:
        """Where the changed number stands now: in the return, or in the ruling that alone changed it."""
        ruled = self._before.get(key) == self._after.get(key) and adjustment is not None
        fact = adjustment if ruled else own
        if fact is None:
            return NOWHERE
        return fact.file, fact.sheet, fact.cell, fact.return_sha256, fact.ruling


def _sources(facts: "pd.DataFrame") -> dict[Key, Source]:
    own = facts[facts["role"] == "input"].drop_duplicates(["unit", "period"])
    columns = own[["unit", "period", "return_sha256", "version"]].itertuples(index=False, name=None)
    return {(unit, period): Source(digest, int(version)) for unit, period, digest, version in columns}
