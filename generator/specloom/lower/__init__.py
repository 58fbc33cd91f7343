"""From the document as written to what it means."""
