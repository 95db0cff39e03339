-- Up Migration
-- Numbered without gaps: the number is taken in the transaction that makes the batch.
create table batch (
  number integer primary key check (number > 0),
  series text not null,
  made_at timestamptz not null,
  made_by text not null,
  first_day date not null,
  last_day date not null,
  postings integer not null check (postings > 0),
  total bigint not null check (total > 0)
);

create table batch_posting (
  posting_id bigint primary key references posting,
  batch_number integer not null references batch
);
create index batch_posting_of_batch on batch_posting (batch_number);

-- The very bytes that were handed over.
create table batch_file (
  batch_number integer not null references batch,
  format text not null,
  name text not null,
  content bytea not null,
  sha256 text not null,
  primary key (batch_number, format)
);

create table batch_download (
  id bigint generated always as identity primary key,
  batch_number integer not null references batch,
  format text not null,
  at timestamptz not null,
  by text not null
);

grant select, insert on batch, batch_posting, batch_file, batch_download to kvitt_service;
