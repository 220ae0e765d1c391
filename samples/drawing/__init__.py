"""Draws the sample archive of an invented city: people, papers, ink, scans, and the truth about each."""
