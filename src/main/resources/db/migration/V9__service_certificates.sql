-- The certificates for which players encrypt their identity, one for each provider at the licence service. All servers share them, so that
-- a player may get the certificate from one and the licence from another.
create table service_certificate (
    environment     varchar(16)              not null,
    provider        varchar(200)             not null,
    serial          varchar(128)             not null,
    -- That of the certificate before, which players may still use.
    previous_serial varchar(128),
    signed_message  bytea                    not null,
    fetched_at      timestamp with time zone not null,
    -- When a server last set out to fetch it.
    tried_at        timestamp with time zone not null,
    primary key (environment, provider)
);
