-- $1 id, $2 token
delete from webhook_delivery where id = $1 and token = $2 returning id;
