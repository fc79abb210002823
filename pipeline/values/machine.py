"""数据_机读, the sheet by which one office's pipeline speaks to the next: its name, its columns, its marks."""

MACHINE = "数据_机读"
ABOUT = ("edition", "period", "unit", "unit_name", "table", "measure", "source", "version", "status")
MONTH = "month"
LACKS, BORNE = "O", "P"  # missing, in whole or in part; provisional (SDMX CL_OBS_STATUS)


def heading_of(line: str, column: str) -> str:
    """The heading of a number: its line, and its column where it is a cell of a matrix."""
    return f"{line}.{column}" if column else line
