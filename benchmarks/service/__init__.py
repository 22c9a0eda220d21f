"""What the service adds to the search: how long a plan waits, how soon calls are answered, who gets the processor."""
