"""The nouns of the business: frozen, standard library only, and unable to exist in a wrong state."""
