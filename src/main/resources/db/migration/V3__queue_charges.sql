-- Which requests of a queue have been decided about: a place is decided about once, however often it is read. Places that cannot be read
-- again are deleted.
create table queue_charge (
    queue   varchar(320)             not null,
    place   bigint                   not null,
    item    integer                  not null,
    charged boolean                  not null,
    at      timestamp with time zone not null,
    primary key (queue, place, item)
);
