"""A file becomes a record: what the document is, whom it cites, what it orders."""
