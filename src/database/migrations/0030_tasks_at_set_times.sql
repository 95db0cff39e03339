-- Up Migration
-- What happens at set times, once over all instances: a row for each task, claimed when it is due.
create table task (
  name text primary key,
  -- The plan that next_at was reckoned from: when it changes, next_at is reckoned anew.
  cron text not null,
  -- When it is due; while an instance has it in hand, until when.
  next_at timestamptz not null,
  -- How often it has been begun for this time without coming to its end.
  tries integer not null default 0
);

grant select, insert, update, delete on task to kvitt_service;
-- The schema pgboss, where the timetable was before, stays: instances of the version before still look into it while this
-- one starts beside them. A later migration drops it.
