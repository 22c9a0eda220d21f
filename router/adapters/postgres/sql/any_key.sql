-- Whether a key was ever made, revoked or not.
select exists (select from api_key);
