/**
 * The tables of a fleet, in the schema `runbook`; the queue has its own, `runbook_queue`. A change of
 * the tables is one more entry of `upgrades`; an entry that was released is never edited.
 */

export const queueSchema = 'runbook_queue'

const first = `
create table runbook.pages (
  hash text primary key,
  text text not null
);
create table runbook.runs (
  run text primary key,
  at timestamptz not null default now(),
  started_by text not null,
  request json not null,
  cancelled boolean not null default false
);
create table runbook.lanes (
  run text not null references runbook.runs on delete cascade,
  lane integer not null,
  host text not null,
  key text not null,
  state text not null check (state in ('waiting', 'running', 'ended')),
  epoch integer not null default 0,
  owner text,
  renewed timestamptz,
  job uuid,
  task json,
  ends json,
  primary key (run, lane)
);
create table runbook.events (
  id bigint generated always as identity,
  run text not null,
  lane integer not null,
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  body json not null,
  primary key (run, lane, seq),
  foreign key (run, lane) references runbook.lanes on delete cascade
);
create index events_of_run on runbook.events (run, id);
`

/** By version, from 1. */
export const upgrades: readonly string[] = [first]

/** Only statements without values: applied in one transaction, each version once. */
export function upgradeSql(from: number): string {
  const later = upgrades.slice(from).map((sql, index) => {
    const version = from + index + 1
    return `${sql.trim()}\ninsert into runbook.versions (version) values (${version});`
  })
  const base =
    from === 0
      ? [
          'create schema if not exists runbook;',
          'create table if not exists runbook.versions (version integer primary key, at timestamptz not null default now());',
          'create table if not exists runbook.settings (name text primary key, value text not null);',
        ]
      : []
  return [...base, ...later].map((sql) => `${sql}\n`).join('')
}
