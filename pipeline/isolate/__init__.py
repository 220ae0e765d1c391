"""One forked child per document: whatever a document does to its reader, only its own answer is lost."""
