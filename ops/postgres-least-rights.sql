-- Rights of the role that the service runs with (DB_USERNAME). The owner of the tables (DB_MIGRATION_USERNAME) runs this
-- with psql after the first start, or after the first migration by hand, and again after an upgrade that adds tables:
--
--   create role voice_routing_app login password '...';
--
-- Its statements may be repeated. Replace "public" if the tables are in another schema.
grant usage on schema public to voice_routing_app;
grant select, insert, update, delete on all tables in schema public to voice_routing_app;
-- New tables of later migrations:
alter default privileges in schema public grant select, insert, update, delete on tables to voice_routing_app;
-- Rows of the audit log are written, read, and deleted after the retention; nobody changes one.
revoke update on audit_log from voice_routing_app;
revoke insert, update, delete on flyway_schema_history from voice_routing_app;
