-- In how long the next news are due.
select min(due_at) - now() from webhook_delivery;
