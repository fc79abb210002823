"""The roles that a number has, and the states of cells, returns and findings, as our tables name them."""

ROLES = ("input", "declared", "counted", "computed", "adjustment")
READ_STATES = ("number", "zero", "blank", "unread")
CELL_STATES = (*READ_STATES, "not_applicable")
RETURN_STATES = ("未报", "退回", "待核实", "通过", "核实通过", "暂列", "作废")
IN_FORCE = ("待核实", "通过", "核实通过", "暂列")
SETTLED = ("已改", "已说明", "核实通过", "暂列", "作废", "已遮盖")
FINDING_STATES = ("待改", "待说明", "待确认", *SETTLED, "知悉", "请留意", "试行")
SCOPES, VERDICTS = ("city", "month", "unit-year", "return"), ("一致", "不一致", "已说明", "未判")
