-- $1 SHA-256 of the key
select tenant, scopes from api_key where digest = $1 and revoked_at is null;
