-- Up Migration
create table write_back (
  payment_id bigint primary key references payment,
  patron_id bigint not null,
  state text not null check (state in ('waiting', 'done', 'parked')),
  tries integer not null default 0,
  next_try_at timestamptz,
  last_trouble text,
  -- Money taken for debts that had shrunk or gone when we came to credit them.
  surplus bigint not null default 0 check (surplus >= 0),
  created_at timestamptz not null,
  done_at timestamptz
);
create index write_back_waiting on write_back (next_try_at) where state = 'waiting';

-- The credits that Koha is to get, planned and committed before the first is sent.
create table koha_credit (
  id bigint generated always as identity primary key,
  payment_id bigint not null references payment,
  reference text not null unique,
  amount bigint not null check (amount > 0),
  debit_ids bigint[] not null check (cardinality(debit_ids) > 0),
  library_id text not null,
  state text not null check (state in ('planned', 'sending', 'booked')),
  sent_at timestamptz,
  koha_id bigint,
  booked_at timestamptz
);
create index koha_credit_of_payment on koha_credit (payment_id);

-- Whose turn it is to write to a patron's account: one at a time, over all instances.
create table koha_turn (
  patron_id bigint primary key,
  holder uuid not null,
  until timestamptz not null
);

grant select, insert, update on write_back, koha_credit to kvitt_service;
grant select, insert, update, delete on koha_turn to kvitt_service;
