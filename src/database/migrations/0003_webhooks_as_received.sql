-- Up Migration
-- What providers have told us, once each, as it came; never changed.
create table webhook (
  id bigint generated always as identity primary key,
  provider text not null,
  event text not null,
  event_id text not null,
  checkout_id text,
  body bytea not null,
  received_at timestamptz not null default now(),
  unique (provider, event, event_id)
);
create index webhook_of_checkout on webhook (provider, checkout_id);

-- Those that nobody has acted on yet. A table of its own, so that acting moves a few bytes and not the whole message.
create table webhook_waiting (
  webhook_id bigint primary key references webhook,
  provider text not null,
  checkout_id text not null,
  received_at timestamptz not null default now(),
  -- A webhook may come before the answer that tells us its checkout: then it waits for it.
  try_after timestamptz not null default now()
);
create index webhook_due on webhook_waiting (try_after);

grant select, insert on webhook to kvitt_service;
grant select, insert, update, delete on webhook_waiting to kvitt_service;
