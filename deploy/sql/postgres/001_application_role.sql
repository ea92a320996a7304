-- What the service's login role is granted: it reads and writes, and changes no table. Each table's script grants its own rights.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lipsync_app') THEN
        CREATE ROLE lipsync_app NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server made it meanwhile
END
$$;

GRANT SELECT ON schema_migrations TO lipsync_app;
