-- Up Migration
-- Whether the person had to prove anew who they are.
alter table sign_in_request add column fresh boolean not null default false;

-- The last good metadata of each identity provider, as it was signed. It is checked again whenever it is read.
create table idp_metadata (
  entity_id text primary key,
  xml text not null,
  fetched_at timestamptz not null
);

grant select, insert, update, delete on idp_metadata to kvitt_service;
