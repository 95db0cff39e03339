-- Up Migration
create table webhook (
  id bigint generated always as identity primary key,
  provider text not null,
  event text not null,
  event_id text not null,
  checkout_id text,
  body bytea not null,
  received_at timestamptz not null default now(),
  -- Set when the payment it hints at has been asked about.
  handled_at timestamptz,
  outcome text,
  unique (provider, event, event_id)
);
create index webhook_waiting on webhook (id) where handled_at is null;
create index webhook_of_checkout on webhook (provider, checkout_id);

grant select, insert, update on webhook to kvitt_service;
