-- $1 id, $2 token, $3 why
update webhook_delivery set due_at = null, token = null, failure = $3 where id = $1 and token = $2 returning id;
