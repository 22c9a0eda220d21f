-- One at a time migrates: others wait here until the transaction ends. The number is ours ('selat' in ASCII).
select pg_advisory_xact_lock(x'73656c6174'::bigint);
