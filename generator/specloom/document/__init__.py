"""The document as its author wrote it: one noun per file."""
