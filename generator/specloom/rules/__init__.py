"""The rules that a document is held against, and the table that names them all."""
