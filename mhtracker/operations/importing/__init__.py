"""Import: from a sheet's cells to the records of one operation."""
