-- Up Migration
-- Work that a person must look at: of which kind, about what, since when, and how it ended.
create table work_case (
  id bigint generated always as identity primary key,
  -- As the area that opens it names it.
  kind text not null,
  -- What it is about: 'payment' KV-7F3K-9Q2M-4T, 'refund' KV-7F3K-9Q2M-4T-R1.
  subject_kind text not null,
  subject text not null,
  -- The payment that rests meanwhile; null when it is about something else.
  payment_id bigint references payment,
  -- What the kind needs for its sentence: sums in öre, references, others' ids. No personal data.
  facts jsonb not null default '{}',
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  how text,
  why text,
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (how is null))
);
create unique index one_open_case_per_kind on work_case (kind, subject_kind, subject) where closed_at is null;
create index work_case_open on work_case (opened_at, id) where closed_at is null;
create index work_case_of_payment on work_case (payment_id, id);
create index work_case_of_subject on work_case (subject_kind, subject) where closed_at is null;
grant select, insert, update on work_case to kvitt_service;

-- The facts of an event; what is older has its sentence in `detail`.
alter table payment_event add column facts jsonb;

-- A mail of open cases goes to an address at most once a day.
create table case_digest (
  role text not null,
  address text not null,
  day date not null,
  begun_at timestamptz not null,
  sent_at timestamptz,
  primary key (role, address, day)
);
grant select, insert, update on case_digest to kvitt_service;

-- What was parked until now. A refund is parked in its own row, and its payment beside it.
insert into work_case (kind, subject_kind, subject, payment_id, facts, opened_at)
select parked, 'refund', reference, payment_id, jsonb_build_object('old', coalesce(parked_detail, '')), coalesce(parked_at, now())
from refund where parked is not null;

insert into work_case (kind, subject_kind, subject, payment_id, facts, opened_at)
select parked, 'payment', reference, id, jsonb_build_object('old', coalesce(parked_detail, '')), coalesce(parked_at, now())
from payment where parked is not null
  and not exists (select 1 from work_case where work_case.payment_id = payment.id and kind = payment.parked);

-- A write-back that was parked after something else of its payment stood in no list.
insert into work_case (kind, subject_kind, subject, payment_id, facts, opened_at)
select case when exists (select 1 from koha_credit where koha_credit.payment_id = payment.id and koha_credit.state = 'sending')
            then 'koha-undecidable' else 'koha-refuses' end,
       'payment', reference, payment.id, jsonb_build_object('old', coalesce(last_trouble, '')), write_back.created_at
from write_back join payment on payment.id = write_back.payment_id
where write_back.state = 'parked' and not exists (
  select 1 from work_case where work_case.payment_id = payment.id and kind in ('koha-undecidable', 'koha-refuses'));

-- payment.parked and refund.parked are flags from now on: the kind of the oldest open case, kept here. A flag and not a
-- question to work_case: whoever waits for the row's lock reads the row anew, and everything else as it was before.
create function flag_what_has_a_case() returns trigger language plpgsql as $$
begin
  if new.payment_id is not null then
    update payment set parked_detail = null, (parked, parked_at) =
      (select kind, opened_at from work_case where payment_id = new.payment_id and closed_at is null order by opened_at, id limit 1)
      where id = new.payment_id;
  end if;
  if new.subject_kind = 'refund' then
    update refund set parked_detail = null, (parked, parked_at) =
      (select kind, opened_at from work_case
       where subject_kind = 'refund' and subject = new.subject and closed_at is null order by opened_at, id limit 1)
      where reference = new.subject;
  end if;
  return null;
end
$$;
create trigger case_flags_its_subject after insert or update of closed_at on work_case
  for each row execute function flag_what_has_a_case();

-- The version before writes the flags itself: from them the case is opened and closed.
create function open_case_of_the_version_before() returns trigger language plpgsql as $$
declare
  about text := tg_argv[0];
  payment_of_it bigint := case when tg_argv[0] = 'payment' then new.id else (to_jsonb(new) ->> 'payment_id')::bigint end;
begin
  if old.parked is not null then
    update work_case set closed_at = now(), closed_by = 'kvitt', how = 'version-before'
      where subject_kind = about and subject = new.reference and kind = old.parked and closed_at is null;
  end if;
  if new.parked is not null and not exists (
    select 1 from work_case where payment_id = payment_of_it and kind = new.parked and closed_at is null
      and (about = 'payment' or subject = new.reference)) then
    insert into work_case (kind, subject_kind, subject, payment_id, facts, opened_at)
      values (new.parked, about, new.reference, payment_of_it,
              jsonb_build_object('old', coalesce(new.parked_detail, '')), coalesce(new.parked_at, now()));
  end if;
  return null;
end
$$;
create trigger payment_parked_by_the_version_before after update of parked on payment
  for each row when (pg_trigger_depth() = 0 and new.parked is distinct from old.parked)
  execute function open_case_of_the_version_before('payment');
create trigger refund_parked_by_the_version_before after update of parked on refund
  for each row when (pg_trigger_depth() = 0 and new.parked is distinct from old.parked)
  execute function open_case_of_the_version_before('refund');
