-- Answers, counted in the transaction that stores their records. A slot is the number of the minute or hour since 1970, in UTC. The rows
-- of account 0 sum up all accounts, so that a chart of all of them reads few rows. Rows outlive their account.
create table usage_minute (
    account     bigint      not null,
    slot        bigint      not null,
    environment varchar(16) not null,
    operation   varchar(16) not null,
    source      varchar(16) not null,
    code        integer     not null,
    answers     bigint      not null,
    primary key (account, slot, environment, operation, source, code)
);

create table usage_hour (
    account     bigint      not null,
    slot        bigint      not null,
    environment varchar(16) not null,
    operation   varchar(16) not null,
    source      varchar(16) not null,
    code        integer     not null,
    answers     bigint      not null,
    primary key (account, slot, environment, operation, source, code)
);

-- How many requests took at most so many microseconds, and longer than the next smaller bucket; 0 has those that took longest. The sums
-- over all nodes.
create table request_time_minute (
    source   varchar(32) not null,
    slot     bigint      not null,
    bucket   bigint      not null,
    requests bigint      not null,
    primary key (source, slot, bucket)
);

create table request_time_hour (
    source   varchar(32) not null,
    slot     bigint      not null,
    bucket   bigint      not null,
    requests bigint      not null,
    primary key (source, slot, bucket)
);

-- The version of the program that a server runs; empty for servers of an earlier version, which do not write it.
alter table node add column version varchar(64) default '' not null;
