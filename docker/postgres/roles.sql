-- Per database an owner role (migrations) and an app role (rows only); one role for backups, one for monitoring.
-- No service connects as superuser: postgres has no password and is reached over the socket only.

CREATE ROLE finity_auth_owner LOGIN PASSWORD :'auth_owner';
CREATE ROLE finity_auth_app LOGIN PASSWORD :'auth_app';
CREATE ROLE finity_api_owner LOGIN PASSWORD :'api_owner';
CREATE ROLE finity_api_app LOGIN PASSWORD :'api_app';
CREATE ROLE finity_replication LOGIN REPLICATION PASSWORD :'replication';
CREATE ROLE finity_monitor LOGIN PASSWORD :'monitor';
GRANT pg_monitor TO finity_monitor;

CREATE DATABASE finity_auth OWNER finity_auth_owner;
CREATE DATABASE finity_db OWNER finity_api_owner;
REVOKE ALL ON DATABASE finity_auth, finity_db FROM PUBLIC;
GRANT CONNECT ON DATABASE finity_auth TO finity_auth_app, finity_monitor;
GRANT CONNECT ON DATABASE finity_db TO finity_api_app, finity_monitor;

\connect finity_auth
ALTER SCHEMA public OWNER TO finity_auth_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE finity_auth_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO finity_auth_app;
ALTER DEFAULT PRIVILEGES FOR ROLE finity_auth_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO finity_auth_app;

\connect finity_db
ALTER SCHEMA public OWNER TO finity_api_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE finity_api_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO finity_api_app;
ALTER DEFAULT PRIVILEGES FOR ROLE finity_api_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO finity_api_app;
