"""OAuth 2.0: which operations and flows give tokens, and for which grants."""
