-- Up Migration
alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check check (kind in ('receipt', 'refund'));
-- The refund that a notice tells of.
alter table notice add column refund_id bigint references refund;
alter table notice add constraint a_notice_of_a_refund_names_it check ((kind = 'refund') = (refund_id is not null));
