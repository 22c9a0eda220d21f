"""What happens, counted for Prometheus."""
