-- What the role of the backups may do beyond replication, and the ledger that its drills look for. One statement a line; run again by each release that changes it.
GRANT pg_read_all_settings, pg_read_all_stats, pg_checkpoint TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_backup_start(text, boolean) TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_backup_stop(boolean) TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_create_restore_point(text) TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO finity_replication;
GRANT SET, ALTER SYSTEM ON PARAMETER synchronous_standby_names TO finity_replication;
GRANT pg_read_all_data TO finity_replication;
GRANT CONNECT ON DATABASE finity_auth, finity_db TO finity_replication;
CREATE TABLE IF NOT EXISTS public.backup_ledger (id uuid PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
GRANT SELECT, INSERT, DELETE ON public.backup_ledger TO finity_replication;
