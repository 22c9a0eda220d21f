"""Plans in PostgreSQL: the store, the queue, the migrations, and a server for those who have none."""
