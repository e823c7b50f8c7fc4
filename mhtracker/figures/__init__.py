"""Pictures as reportlab drawings, shared by screen and paper."""
