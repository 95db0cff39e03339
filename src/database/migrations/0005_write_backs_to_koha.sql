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

-- The credits that we have begun to send. The row is committed before the request leaves: from then on its outcome may
-- be unknown. debit_ids and amounts go together, one amount for each debit.
create table koha_credit (
  id bigint generated always as identity primary key,
  payment_id bigint not null references payment,
  reference text not null,
  amount bigint not null check (amount > 0),
  debit_ids bigint[] not null check (cardinality(debit_ids) > 0),
  amounts bigint[] not null check (cardinality(amounts) = cardinality(debit_ids)),
  library_id text not null,
  state text not null check (state in ('sending', 'booked', 'not-booked')),
  sent_at timestamptz not null,
  koha_id bigint,
  booked_at timestamptz
);
-- A reference is in Koha at most once: another may be sent only when the last is known not to be there.
create unique index one_credit_per_reference on koha_credit (reference) where state <> 'not-booked';
create index koha_credit_of_payment on koha_credit (payment_id);

-- Whose turn it is to write to a patron's account: one at a time, over all instances.
create table koha_turn (
  patron_id bigint primary key,
  holder uuid not null,
  until timestamptz not null
);

grant select, insert, update on write_back, koha_credit to kvitt_service;
grant select, insert, update, delete on koha_turn to kvitt_service;
