"""A manager's papers: the monthly report, a provider's sheet, explained figures, workbooks."""
