select id, tenant, scopes, label, created_at, revoked_at from api_key order by created_at, id;
