-- Up Migration
grant kvitt_service to current_user;
grant usage on schema public to kvitt_service;

-- The shape is connect-pg-simple's own.
create table session (
  sid text primary key,
  sess json not null,
  expire timestamptz not null
);
create index session_expire on session (expire);

-- One sign-in under way: which identity provider was asked, by which browser, and where the person wanted to go.
create table sign_in_request (
  id text primary key,
  idp text not null,
  nonce_hash bytea not null,
  return_to text not null,
  expires_at timestamptz not null
);
create index sign_in_request_expiry on sign_in_request (expires_at);

-- Assertions that have signed somebody in: each does so once, over all instances.
create table used_assertion (
  id text primary key,
  expires_at timestamptz not null
);

grant select, insert, update, delete on session, sign_in_request, used_assertion to kvitt_service;
