-- Up Migration
-- One row is one posting: balanced by construction, because debit and credit are two columns of the same row.
create table posting (
  id bigint generated always as identity primary key,
  booked_at timestamptz not null,
  -- The day it belongs to in the books, local time.
  book_date date not null,
  -- What caused it and which part of the cause; a cause is booked once per kind.
  cause text not null,
  kind text not null,
  part bigint not null,
  debit_account text not null,
  credit_account text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  cost_centre text not null,
  activity text,
  project text,
  counterparty text,
  vat text not null,
  text text not null,
  reverses bigint unique references posting,
  unique (cause, kind, part),
  check (debit_account <> credit_account)
);
create index posting_by_date on posting (book_date, id);

grant select, insert on posting to kvitt_service;
