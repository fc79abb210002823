"""The pandera models of what was received: files as read and entered, receipts, what a version says differently.

Empty text is "", a missing number is NA.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from schemas.frames import Truth, once
from schemas.states import IN_FORCE, RETURN_STATES

RECEIPT_KINDS = ("电子件", "纸质件")
PAPER_STATES = ("一致", "不一致", "未核对", "已换", "未收到电子件")


class Files(pa.DataFrameModel):
    """One row a file as read: what is not known of it is empty; ``ret`` is its number.

    Of what was forwarded one row a period; ``through`` is the period with which it was due.
    """

    ret: Series[int] = pa.Field(unique=True)
    unit: Series[str]
    period: Series[str]
    file: Series[str]
    sha256: Series[str]
    bytes: Series[int]
    edition: Series[str]
    check_code: Series[str]
    through: Series[str]

    @pa.dataframe_check
    @classmethod
    def form_has_its_unit(cls, files: pd.DataFrame) -> Truth:
        """Of what was read by a form it is known whose it is, and of which month."""
        return (files["edition"] == "") | ((files["unit"] != "") & (files["period"] != ""))


class Items(pa.DataFrameModel):
    """One row a field of a register's item; of a field that is a date ``day`` is its ordinal."""

    ret: Series[int]
    table: Series[str]
    row: Series[int]
    field: Series[str]
    text: Series[str]
    day: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    sheet: Series[str]
    cell: Series[str]
    problem: Series[str]

    @pa.dataframe_check
    @classmethod
    def one_of_each(cls, items: pd.DataFrame) -> Truth:
        """An item has each of its fields once; what is wrong with a whole row has no field."""
        return once(items, "ret", "table", "row", "field") | (items["field"] == "")


class Covers(pa.DataFrameModel):
    """One row a field of a return's cover."""

    ret: Series[int]
    code: Series[str]
    text: Series[str]
    sheet: Series[str]
    cell: Series[str]

    @pa.dataframe_check
    @classmethod
    def one_of_each(cls, covers: pd.DataFrame) -> Truth:
        """A cover has each of its fields once."""
        return once(covers, "ret", "code")


class Arrivals(pa.DataFrameModel):
    """One row a receipt of a file: where it stands in the order of arrival, in which batch, on which day if known."""

    ret: Series[int]
    position: Series[int]
    batch: Series[int]
    received: Series[str]


class Entered(Files):
    """One row a file as the ledger enters it: whether it is a version of its unit's month, and whether it counts.

    ``received`` is the day of its first receipt, ``corrected`` where the office says so, ``typed`` what the office
    filled in from paper; ``again`` is one that came again after what counts now.
    """

    received: Series[str]
    corrected: Series[bool]
    typed: Series[str]
    digest: Series[str]
    excluded: Series[bool]
    copy_of: Series[str]
    provisional: Series[bool]
    rejected: Series[bool]
    days_late: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    version: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    tied: Series[bool]
    in_force: Series[bool]
    again: Series[bool]

    @pa.dataframe_check
    @classmethod
    def one_in_force(cls, files: pd.DataFrame) -> Truth:
        """Of a unit's month one version counts at most."""
        return ~files["in_force"] | ~files[files["in_force"]].duplicated(["unit", "period"], keep=False).reindex(
            files.index, fill_value=False
        )

    @pa.dataframe_check
    @classmethod
    def what_counts_is_accepted(cls, files: pd.DataFrame) -> Truth:
        """What counts is a version by a known form, neither rejected nor excluded, and no other came with it."""
        barred = files["rejected"] | files["excluded"] | files["tied"] | (files["copy_of"] != "")
        return ~files["in_force"] | (files["version"].notna() & (files["edition"] != "") & ~barred)

    @pa.dataframe_check
    @classmethod
    def version_or_copy(cls, files: pd.DataFrame) -> Truth:
        """What is a version is no copy of one; what is borne for the time is not rejected."""
        return ~(files["version"].notna() & (files["copy_of"] != "")) & ~(files["provisional"] & files["rejected"])


class Standing(Entered):
    """One row a file as the ledger settles it: its state, and the findings that count among those of its return."""

    state: Series[str] = pa.Field(isin=RETURN_STATES)
    must: Series[int] = pa.Field(ge=0)
    verify: Series[int] = pa.Field(ge=0)

    @pa.dataframe_check
    @classmethod
    def state_tells_what_counts(cls, files: pd.DataFrame) -> Truth:
        """What is in force has a state of what is, and nothing that was sent back or excluded counts."""
        return ~files["in_force"] | files["state"].isin(IN_FORCE)


class Receipts(pa.DataFrameModel):
    """One row a receipt: a file, or a copy on paper that the office entered (file and sha256 empty).

    ``by`` is the receipts book, or the ruling that says so; ``due``, ``closed`` and ``accepted`` are days of the unit's
    month: when it was due, when it was closed, and when what counts of it came. ``sender``, ``sent_on`` and
    ``message_id`` are what the mail says in which the file came: evidence, by which nothing is decided.
    """

    unit: Series[str]
    period: Series[str]
    file: Series[str]
    sha256: Series[str]
    kind: Series[str] = pa.Field(isin=RECEIPT_KINDS)
    received: Series[str]
    by: Series[str]
    check_code: Series[str]
    version: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    state: Series[str] = pa.Field(isin=(*RETURN_STATES, *PAPER_STATES))
    due: Series[str]
    closed: Series[str]
    accepted: Series[str]
    days_late: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    sender: Series[str]
    sent_on: Series[str]
    message_id: Series[str]

    @pa.dataframe_check
    @classmethod
    def paper_is_no_file(cls, receipts: pd.DataFrame) -> Truth:
        """A copy on paper has no file and a state of its own, a file the state of a return."""
        paper = receipts["kind"] == RECEIPT_KINDS[1]
        return ((receipts["file"] == "") == paper) & (receipts["state"].isin(PAPER_STATES) == paper)


class Changes(pa.DataFrameModel):
    """One row a cell that a version of a return says differently from the version before it.

    Of a register one row an item that came or went (``measure`` item), of which before or after is empty.
    """

    unit: Series[str]
    period: Series[str]
    from_file: Series[str]
    to_file: Series[str]
    from_version: Series[int]
    to_version: Series[int]
    sheet: Series[str]
    cell: Series[str]
    table: Series[str]
    line: Series[str]
    label: Series[str]
    measure: Series[str]
    before: Series[str]
    after: Series[str]
    before_state: Series[str]
    after_state: Series[str]

    @pa.dataframe_check
    @classmethod
    def newer_beside_older(cls, changes: pd.DataFrame) -> Truth:
        """A newer version is held against an older one."""
        return changes["to_version"] > changes["from_version"]
