"""The views of what is called: clients, sources of tokens, pages, streams, webhooks."""
