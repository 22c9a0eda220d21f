-- $1 tenant
select webhook_secret from tenant where id = $1;
