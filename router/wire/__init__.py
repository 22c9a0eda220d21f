"""JSON and protobuf shapes <-> domain; nothing else parses or prints them."""
