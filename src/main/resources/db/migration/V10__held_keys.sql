-- Keys that the service holds for packagers. All three columns are null if a client's kek wraps the key.
alter table stored_key add column held_by varchar(16);       -- the id of the storage ring's key that wraps it
alter table stored_key add column track_type integer;        -- as in tokens; may be null for a held key, too
-- A digest of the owner and content_id, because an index of PostgreSQL cannot hold the longest content ids.
alter table stored_key add column content_digest bytea;

create index stored_key_by_holder on stored_key (held_by);
create index stored_key_by_content on stored_key (content_digest);

-- The content whose set of held keys has changed; null if it has not. Here, new held keys leave a row as well.
alter table stored_key_change add column content_digest bytea;

-- The keys in the storage ring of a node.
alter table node add column storage_keys varchar(8000) default '' not null;
