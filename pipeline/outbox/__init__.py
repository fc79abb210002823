"""Everything that is written: workbook, drafts, run report, returned files, data, and the record of what is ours."""
