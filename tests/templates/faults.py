"""What a unit may do wrong in a return that a form can see: each with what the form's bar must come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

Item = dict[str, str | date]
Change = Callable[[list[Item]], object]


@dataclass(frozen=True)
class Fault:
    """How a return differs from a sound one: numbers by line, the cover, 说明, what is done to its register.

    ``level`` is what it comes to ("": nothing), ``rule`` the finding that a run has of it.
    """

    level: str = ""
    rule: str = ""
    changes: Mapping[str, int | str | None] = field(default_factory=dict)
    cover: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    register: Change | None = None
    again: bool = False  # last month's numbers
    idle: bool = False  # nothing is filled in: a zero report
    blank: bool = False  # the unit's last month was never sent: it fills in 本年累计 itself


def first(**fields: str | date) -> Change:
    """Other fields in the first item."""
    return lambda items: items[0].update(fields)


NOTHING = {"zero": "是"}
FAULTS: Sequence[Fault] = (
    Fault(),
    Fault("must", "E-NUM-02", {"T2.05": "很多"}),
    Fault("must", "E-MIS-02", {"T2.05": None}),
    Fault("must", "E-NEG-01", {"T2.07": -1}),
    Fault("must", "T2-02", {"T2.02": 11 + 90}),
    Fault("must", "T3-302", {"T3.302": 3, "T3.301": 3, "T3.303": 2}),
    Fault("must", "A-02", {"T1.202": 9 + 90}),
    Fault("must", "T4-401", {"T2.32": 1}),
    Fault("verify", "T2-03", {"T2.03": 30}),
    Fault("", "T2-03", {"T2.03": 30}, notes={"T2.03": "含往年文件，已经核对"}),
    Fault("verify", "A-03", register=lambda items: items.pop()),
    Fault("verify", "A-03", register=list.clear),
    Fault("verify", "A-06", {"T3.301": 4, "T3.305": 4}),
    Fault("", "A-06", {"T3.301": 4, "T3.305": 4}, notes={"T3.301": "上月一件补登记，已核对"}),
    Fault("must", "E-REG-02", register=first(title="")),
    Fault("must", "E-REG-03", register=first(category="其他别的")),
    Fault("must", "E-REG-04", register=first(disclosed="六月里")),
    Fault("must", "T6-01", register=first(reviewed=date(2012, 5, 13))),
    Fault("must", "T6-02", register=first(made=date(2012, 5, 13))),
    Fault(
        "verify",
        "W-REG-02",
        register=first(reviewed=date(2012, 5, 1), made=date(2012, 5, 1), disclosed=date(2013, 7, 9)),
    ),
    Fault("ask", "P-TEN-01", {"T2.05": 1600}),
    Fault("ask", "P-USU-01", {"T2.05": 4321}),
    Fault("", "P-USU-01", {"T2.05": 4321}, notes={"T2.05": "新网站开通，访问量增加"}),
    Fault("ask", "P-USU-03", {"T2.04": 300}),
    Fault("ask", "P-SIL-02", {"T2.05": 0, "T1.103": 0}),
    Fault("verify", "W-DUP-01", again=True),
    Fault("ask", "P-SIL-01", cover=NOTHING, idle=True),
    Fault("must", "E-ZER-01", cover=NOTHING, changes={"T2.05": 7}),
    Fault("must", "E-COV-01", cover={"filler": ""}),
    Fault("must", "E-COV-02", cover={"zero": "也许"}),
    Fault("must", "E-MIS-02", blank=True),
)

SAME = "情况没有大的变化，已经逐项核对"
# What a run asks and no form can: it needs other units' returns, all earlier months, or every pair of rows.
ELSEWHERE: Sequence[Fault] = (
    Fault("verify", "W-REG-01", register=lambda items: items[1].update(items[0])),
    Fault("verify", "W-NOT-01", notes={f"T2.{n:02}": SAME for n in range(1, 36)}),
)
