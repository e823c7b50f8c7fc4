"""Merging: two records of one person made one."""
