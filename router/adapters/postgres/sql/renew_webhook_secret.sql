-- $1 tenant, $2 secret
update tenant set webhook_secret = $2 where id = $1 returning webhook_secret;
