-- Content keys of accounts, wrapped. They go with their account.
create table stored_key (
    account     bigint                   not null references account (number) on delete cascade,
    environment varchar(16)              not null,
    kid         bytea                    not null,
    ek          bytea                    not null,
    kek_id      varchar(1024)            not null,
    info        varchar(1024),
    content_id  varchar(1024),
    expiration  timestamp with time zone,
    last_update timestamp with time zone not null,
    primary key (account, environment, kid)
);

-- One row: the revision of the last change or deletion of any stored key. Nodes poll it.
create table stored_key_revision (
    revision bigint not null
);

insert into stored_key_revision (revision) values (0);

-- The changes and deletions of the last hour, so that nodes learn of them. New keys leave no row.
create table stored_key_change (
    revision    bigint primary key,
    account     bigint                   not null,
    environment varchar(16)              not null,
    kid         bytea                    not null,
    changed_at  timestamp with time zone not null
);

create index stored_key_change_by_time on stored_key_change (changed_at);
