"""From folders to a database with findings: the only room that knows the order."""
