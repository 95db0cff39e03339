-- Up Migration
-- Postings that are in no batch yet: to find them among all that ever were would cost more each year. Kept by the
-- database itself, as the tables' owner, so that no version and no way of writing can leave a posting out.
lock table posting, batch_posting in share row exclusive mode;
create table posting_to_export (
  posting_id bigint primary key
);
insert into posting_to_export
  select id from posting where not exists (select 1 from batch_posting where posting_id = posting.id);

create function posting_waits_for_export() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into posting_to_export select id from written;
  return null;
end $$;
create trigger posting_waits_for_export after insert on posting
  referencing new table as written for each statement execute function posting_waits_for_export();

create function posting_is_exported() returns trigger language plpgsql security definer set search_path from current as $$
begin
  delete from posting_to_export using written where posting_to_export.posting_id = written.posting_id;
  return null;
end $$;
create trigger posting_is_exported after insert on batch_posting
  referencing new table as written for each statement execute function posting_is_exported();

-- The economy office's lists: by the day on which a payment was paid or begun, and those not in Koha yet.
create index payment_by_day on payment ((coalesce(paid_at, created_at)));
create index write_back_not_done on write_back (payment_id) where state not in ('done', 'by-hand');

grant select on posting_to_export to kvitt_service;
