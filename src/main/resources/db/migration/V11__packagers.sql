-- Whether packagers may ask for keys of an account, in each environment.
alter table account add column packaging boolean default false not null;
alter table account add column packaging_in_test boolean default false not null;

-- The use of an authenticator: tokens or packaging. Neither serves for the other.
alter table authenticator add column purpose varchar(16) default 'tokens' not null;

-- Signers of packagers' requests. Key and iv of AES are wrapped by the key of the storage ring that held_by names; of RSA, only the public
-- key is known. A signer goes with its account.
create table signer (
    account    bigint                   not null references account (number) on delete cascade,
    name       varchar(200)             not null,
    kind       varchar(8)               not null,
    held_by    varchar(64),
    secret     bytea,
    public_key bytea,
    created_at timestamp with time zone not null,
    primary key (account, name),
    check (kind = 'aes' and held_by is not null and secret is not null or kind = 'rsa' and public_key is not null)
);
