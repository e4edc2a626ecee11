-- Operators search the records of all accounts. The indexes have the order of their pages. Only blocks are written, many records in each.
create index record_block_by_time on record_block (newest desc, id desc);

create index record_by_time on record (at desc, id desc);
