"""What touches the world outside. Each adapter implements a port; adapters do not know each other."""
