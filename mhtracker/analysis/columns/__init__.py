"""The manager's figures counted from whole columns, for very many people.

What each figure means is told one person at a time in the modules of the same names beside this package; a test holds
these to give exactly the same, with the same people behind them. Days are proleptic ordinals (`date.toordinal`).
"""
