"""Small honest scripts that do the least with the same files, to measure ours against."""
