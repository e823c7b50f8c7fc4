"""How anything is put on paper: pages, type, tables, pictures, the PDF itself."""
