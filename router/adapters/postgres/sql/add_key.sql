-- $1 id, $2 tenant, $3 SHA-256 of the key, $4 scopes, $5 label, $6 created_at
insert into api_key (id, tenant, digest, scopes, label, created_at) values ($1, $2, $3, $4, $5, $6);
