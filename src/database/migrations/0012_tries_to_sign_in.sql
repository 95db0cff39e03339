-- Up Migration
-- Wrong tries with card and password, counted over all instances. The key is a digest: no card number stands here.
create table sign_in_attempt (
  key text primary key,
  failures integer not null,
  last_at timestamptz not null,
  wait_until timestamptz not null
);
create index sign_in_attempt_by_age on sign_in_attempt (last_at);

grant select, insert, update, delete on sign_in_attempt to kvitt_service;
