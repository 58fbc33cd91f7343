"""Operations, webhooks and callbacks: parameters, contents, answers, servers, credentials."""
