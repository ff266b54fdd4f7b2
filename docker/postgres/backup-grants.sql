-- What the role of the backups may do beyond replication. Run again by each release that changes it.
GRANT pg_read_all_settings, pg_read_all_stats, pg_checkpoint TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_backup_start(text, boolean) TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_backup_stop(boolean) TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_create_restore_point(text) TO finity_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO finity_replication;
GRANT SET, ALTER SYSTEM ON PARAMETER synchronous_standby_names TO finity_replication;
