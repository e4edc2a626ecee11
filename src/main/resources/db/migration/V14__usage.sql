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

-- The same per minute, for charts of all accounts, which need a row for each minute. A key of one number is the fastest in H2.
create table usage_total (
    slot                bigint primary key,
    tokens              bigint not null,
    tokens_refused      bigint not null,
    licenses            bigint not null,
    renewals            bigint not null,
    releases            bigint not null,
    redemptions_refused bigint not null
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
