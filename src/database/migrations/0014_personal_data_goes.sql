-- Up Migration
-- When the titles and addresses of a payment were removed, and when the payment was made nobody's (patron 0).
alter table payment add column titles_removed_at timestamptz;
alter table payment add column anonymised_at timestamptz;
create index payment_with_titles on payment (settled_at) where titles_removed_at is null;
create index payment_of_somebody on payment (settled_at) where anonymised_at is null;
-- When the body was emptied.
alter table webhook add column emptied_at timestamptz;
-- These two columns and no other of what was received may be changed.
grant update (body, emptied_at) on webhook to kvitt_service;
create index webhook_with_body on webhook (received_at) where emptied_at is null;
