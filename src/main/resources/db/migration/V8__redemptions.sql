-- How often tokens with a limit were redeemed: a row for each that ever was, until the token has expired. Tokens outlive their account,
-- and so do these rows. The row of a token is locked by all that follows.
create table redemption (
    token_id   varchar(32) primary key,
    used       integer                  not null check (used >= 0),
    expires_at timestamp with time zone not null
);

create index redemption_by_end on redemption (expires_at);

-- Redemptions of these tokens that are under way, and those of the last minute, by a hash of the challenge. One that is under way is in
-- force while its row exists, and its row may be deleted once it has ended. One that is confirmed is counted above.
create table redemption_reservation (
    token_id  varchar(32)              not null references redemption (token_id) on delete cascade,
    challenge bytea                    not null,
    holders   integer                  not null,
    confirmed boolean                  not null,
    ends_at   timestamp with time zone not null,
    primary key (token_id, challenge)
);
