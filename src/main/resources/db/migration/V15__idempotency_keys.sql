-- Idempotency keys of the admin API, for a day, with the answers to the requests that had them. The id and the hash of the request are
-- keyed hashes, and the answer is encrypted. All three keys are derived from the credential of the request and its idempotency key.
create table idempotency_key (
    id         varchar(64) primary key,
    request    bytea                    not null,
    answer     bytea                    not null,
    created_at timestamp with time zone not null
);

create index idempotency_key_by_time on idempotency_key (created_at);
