"""Reads of the register: plain functions that take a store."""
