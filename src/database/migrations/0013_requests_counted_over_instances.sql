-- Up Migration
-- Requests per address and minute, where several instances must count together. The key is a digest. Losing the counts
-- in a crash is harmless, so nobody waits for the disk.
create unlogged table request_count (
  key text primary key,
  hits integer not null,
  ends_at timestamptz not null
);
create index request_count_by_end on request_count (ends_at);

grant select, insert, update, delete on request_count to kvitt_service;
