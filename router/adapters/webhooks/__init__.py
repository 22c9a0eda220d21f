"""Webhooks: signed messages to addresses that callers name, and that must not lead into our own network."""
