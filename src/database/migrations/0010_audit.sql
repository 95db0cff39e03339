-- Up Migration
-- Who did what, and with what right. Each row carries the hash of the one before it, so that none can be changed, taken
-- out or slipped in without the rest telling; the newest hash is told to the log.
create table audit (
  -- Without gaps: the number is taken under a lock.
  id bigint primary key,
  at timestamptz not null,
  who text not null,
  role text not null,
  act text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  reason text,
  -- From where: the address that the request came from, and the request's id.
  address text,
  request text,
  previous_hash text not null unique,
  hash text not null unique
);
create index audit_by_subject on audit (subject, id);
create index audit_by_who on audit (who, id);

grant select, insert on audit to kvitt_service;
