"""Where facts are kept: SQLite, its views, its dictionary and its exports."""
