-- Up Migration
-- Whose session it is: looked for when a person asks for theirs, and when an operator ends somebody's.
create index session_by_person on session ((sess #>> '{passport,user,identity,id}'));
create index session_by_patron on session ((sess #>> '{passport,user,patronId}'));

-- A request that was on its way when its session was ended must not bring the session back by saving it. Digests, for an
-- hour: no request lives so long.
create table ended_session (
  digest bytea primary key,
  ended_at timestamptz not null default now()
);
create index ended_session_by_age on ended_session (ended_at);

create function remember_ended_sessions() returns trigger language plpgsql as $$
begin
  delete from ended_session where ended_at < now() - interval '1 hour';
  insert into ended_session (digest)
    select sha256(convert_to(sid, 'UTF8')) from gone where expire > now()
    on conflict do nothing;
  return null;
end
$$;
create trigger session_is_remembered_when_ended after delete on session
  referencing old table as gone for each statement execute function remember_ended_sessions();

create function refuse_ended_session() returns trigger language plpgsql as $$
begin
  if exists (select 1 from ended_session where digest = sha256(convert_to(new.sid, 'UTF8'))) then
    return null;
  end if;
  return new;
end
$$;
create trigger session_stays_ended before insert on session
  for each row execute function refuse_ended_session();

grant select, insert, delete on ended_session to kvitt_service;
