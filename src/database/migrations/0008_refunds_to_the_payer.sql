-- Up Migration
-- Money given back, or to be given back. The row is committed before the provider is asked.
create table refund (
  id bigint generated always as identity primary key,
  payment_id bigint not null references payment,
  -- "KV-7F3K-9Q2M-4T-R1". The provider gets it as the key that makes a repeat harmless; Koha's debits carry it.
  reference text not null unique,
  -- A person proposed it; it is a surplus given back by itself; or it was made elsewhere, in the provider's own pages.
  cause text not null check (cause in ('person', 'surplus', 'elsewhere')),
  state text not null
    check (state in ('proposed', 'approved', 'sending', 'pending', 'done', 'failed', 'withdrawn')),
  amount bigint not null check (amount > 0),
  reason text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  -- The provider's id of it.
  provider_id text,
  sent_at timestamptz,
  settled_at timestamptz,
  -- How often it has been known done: a refund can come back, and then be done after all.
  times_done integer not null default 0,
  -- When the provider is to be asked, or sent to, next.
  next_try_at timestamptz,
  tries integer not null default 0,
  last_trouble text,
  -- Why a person must look at it; null when nobody must.
  parked text,
  parked_detail text,
  parked_at timestamptz,
  -- Whether what was refunded is owed again in Koha.
  koha text not null default 'none' check (koha in ('none', 'waiting', 'done', 'parked', 'by-hand')),
  koha_next_at timestamptz,
  koha_tries integer not null default 0,
  check (approved_by is null or approved_by <> proposed_by),
  unique (payment_id, provider_id)
);
-- What has an unknown outcome, or is not sent yet, keeps a second one from being made.
create unique index one_refund_on_its_way on refund (payment_id) where state in ('proposed', 'approved', 'sending');
create index refund_of_payment on refund (payment_id, id);
create index refund_due on refund (next_try_at) where next_try_at is not null;
create index refund_due_in_koha on refund (koha_next_at) where koha = 'waiting';
create index refund_proposed on refund (proposed_at) where state = 'proposed';
create index refund_parked on refund (parked_at) where parked is not null;

-- Which lines it gives back: of the surplus that paid nothing in Koha, and of what was credited there.
create table refund_line (
  refund_id bigint not null references refund,
  line_id bigint not null references payment_line,
  surplus bigint not null check (surplus >= 0),
  income bigint not null check (income >= 0),
  primary key (refund_id, line_id),
  check (surplus + income > 0)
);

-- The debits in Koha that we have begun to send; see koha_credit.
create table koha_debit (
  id bigint generated always as identity primary key,
  refund_id bigint not null references refund,
  line_id bigint not null references payment_line,
  reference text not null,
  amount bigint not null check (amount > 0),
  debit_type text not null,
  library_id text not null,
  state text not null check (state in ('sending', 'booked', 'not-booked')),
  sent_at timestamptz not null,
  koha_id bigint,
  booked_at timestamptz
);
create unique index one_debit_per_reference on koha_debit (reference) where state <> 'not-booked';
create index koha_debit_of_refund on koha_debit (refund_id);

-- Each change in what payers' banks hold back of a payment (chargebacks): positive when taken, negative when returned.
create table dispute (
  id bigint generated always as identity primary key,
  payment_id bigint not null references payment,
  -- "KV-7F3K-9Q2M-4T-D1": the cause of its postings.
  reference text not null unique,
  amount bigint not null check (amount <> 0),
  at timestamptz not null
);
create index dispute_of_payment on dispute (payment_id);

-- What a provider tells of money that was paid names the charge and not the checkout.
create index payment_of_charge on payment (provider, charge_id) where charge_id is not null;

-- A paid payment is looked at a few times more; so "still asked about" does not say any more that it is open.
create index payment_open on payment (id) where state in ('created', 'open');

grant select, insert, update on refund, koha_debit to kvitt_service;
grant select, insert on refund_line, dispute to kvitt_service;
