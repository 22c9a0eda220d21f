-- $1 id, $2 token, $3 for how long
update webhook_delivery set due_at = now() + $3::interval, token = null where id = $1 and token = $2 returning id;
