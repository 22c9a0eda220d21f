"""The command line: what people type, see and get back."""
