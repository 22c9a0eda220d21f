-- A role without rights above row-level security; made by allow_service_role.
set role selat_service;
