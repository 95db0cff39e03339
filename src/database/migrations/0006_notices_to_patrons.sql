-- Up Migration
create table notice (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('receipt')),
  payment_id bigint not null references payment,
  -- A person may ask for the receipt again: each time is a round.
  round integer not null,
  address text not null,
  language text not null check (language in ('sv', 'en')),
  message_id text not null unique,
  state text not null check (state in ('waiting', 'sent', 'given-up')),
  tries integer not null default 0,
  next_try_at timestamptz,
  last_trouble text,
  created_at timestamptz not null,
  sent_at timestamptz,
  unique (payment_id, kind, round)
);
create index notice_waiting on notice (next_try_at) where state = 'waiting';

grant select, insert, update on notice to kvitt_service;
