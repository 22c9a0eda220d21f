"""The HTTP skin: handlers parse, call a verb of the service, and answer."""
