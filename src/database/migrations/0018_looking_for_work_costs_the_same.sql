-- Up Migration
-- Whose earlier payments a write-back must wait for.
create index write_back_of_patron on write_back (patron_id, payment_id) where state = 'waiting';
