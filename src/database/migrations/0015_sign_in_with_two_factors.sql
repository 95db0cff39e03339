-- Up Migration
-- Whether the person had to prove who they are by more than one factor.
alter table sign_in_request add column mfa boolean not null default false;
