-- Up Migration
-- The economy office's lists come newest first by when a payment was paid or begun: a page of any day is read from there
-- and not by walking back from today. Serves what payment_by_day did.
create index payment_by_time_paid on payment (coalesce(paid_at, created_at), id);
drop index payment_by_day;
-- States of few payments. Nearly all are paid, and those are found in the order of time anyway.
create index payment_not_paid on payment (state, coalesce(paid_at, created_at), id) where state <> 'paid';
