-- A key that was revoked before stays as it was. $1 id
update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 returning id;
