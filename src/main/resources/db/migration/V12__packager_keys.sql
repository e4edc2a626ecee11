-- Keys that packagers asked for, beside the stored keys. The identity is a digest of that by which a packager names a key, other than its
-- key id: content, type, video feature and crypto period. It is null if the packager chose the key id itself. The content is a digest, too.
-- There is no reference to stored_key, because a row is inserted before its key: whoever inserts the identity first, inserts the key.
create table packager_key (
    account     bigint      not null references account (number) on delete cascade,
    environment varchar(16) not null,
    kid         bytea       not null,
    identity    bytea,
    content     bytea       not null,
    type        varchar(64) not null,
    period      bigint,
    primary key (account, environment, kid),
    unique (account, environment, identity)
);

create index packager_key_by_content on packager_key (account, environment, content);
