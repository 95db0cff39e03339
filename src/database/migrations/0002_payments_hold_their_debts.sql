-- Up Migration
create table payment (
  id bigint generated always as identity primary key,
  reference text not null unique,
  patron_id bigint not null,
  state text not null check (state in ('created', 'open', 'paid', 'declined', 'cancelled', 'expired', 'failed')),
  amount bigint not null check (amount > 0),
  currency text not null,
  language text not null check (language in ('sv', 'en')),
  receipt_email text,
  provider text not null,
  checkout_id text,
  checkout_url text,
  charge_id text,
  paid_with jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- When money was taken, by the provider's clock.
  paid_at timestamptz,
  -- When we learnt it, or learnt that it never will be.
  settled_at timestamptz,
  -- When the provider is to be asked next; null when nothing is left to ask.
  look_at timestamptz,
  -- Why: by plan, or because a webhook came.
  look_for text not null default 'plan' check (look_for in ('plan', 'news')),
  looks integer not null default 0,
  looks_began timestamptz,
  looks_this_hour integer not null default 0,
  -- Why a person must look at it; null when nobody must.
  parked text,
  parked_detail text,
  parked_at timestamptz,
  unique (provider, checkout_id)
);
create index payment_of_patron on payment (patron_id, id desc);
create index payment_to_look_at on payment (look_at) where look_at is not null;
create index payment_parked on payment (parked_at) where parked is not null;
create index payment_by_time on payment (created_at);

create table payment_line (
  id bigint generated always as identity primary key,
  payment_id bigint not null references payment,
  debit_id bigint not null,
  amount bigint not null check (amount > 0),
  debit_type text not null,
  library_id text,
  item_id bigint,
  item_type text,
  -- What the borrower saw. Stays here: it goes neither to the provider nor into the journal.
  title text,
  barcode text,
  coding jsonb not null,
  -- True while no other payment may take this debt.
  holds boolean not null
);
create index payment_line_of_payment on payment_line (payment_id);
create unique index one_payable_payment_per_debt on payment_line (debit_id) where holds;

-- What happened to a payment, in order; never changed.
create table payment_event (
  id bigint generated always as identity primary key,
  payment_id bigint not null references payment,
  at timestamptz not null,
  what text not null,
  by text not null,
  detail text
);
create index payment_event_of_payment on payment_event (payment_id, id);

grant select, insert, update on payment, payment_line to kvitt_service;
grant select, insert on payment_event to kvitt_service;
