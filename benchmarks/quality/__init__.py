"""How good the plans are: our search beside OR-Tools, PyVRP and VROOM, equal seconds, one core each."""
