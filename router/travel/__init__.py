"""From place to place: roads on land, sailings over water."""
