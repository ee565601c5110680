"""Measures of the signed graph."""
