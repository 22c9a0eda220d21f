-- In how long there is something to do: at once where a plan waits that may be taken up, else when the first lease
-- runs out.
select case
    when exists (select from next_of_tenant) then interval '0'
    else (
        select lease_expires_at - now()
        from plan
        where status = 'running'
        order by lease_expires_at
        limit 1
    )
end;
