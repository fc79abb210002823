"""Make the table of faults in SECURITY.md from the counts in this folder."""

from tests.faults import PAGE, rows, table, with_table

PAGE.write_text(with_table(PAGE.read_text("utf-8"), table(rows())), encoding="utf-8")
