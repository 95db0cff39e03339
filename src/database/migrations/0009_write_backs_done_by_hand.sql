-- Up Migration
-- A person has seen to it in Koha; who and why stands in payment_event.
alter table write_back drop constraint write_back_state_check;
alter table write_back add constraint write_back_state_check
  check (state in ('waiting', 'done', 'parked', 'by-hand'));
