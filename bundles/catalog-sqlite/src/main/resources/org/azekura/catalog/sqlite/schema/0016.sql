-- What drills proved, when they are due, and how much was read back.

-- Refers to nothing: what was proven stays proven when its job, its snapshot or its pool goes. Without a seed all of the snapshot was restored.
CREATE TABLE proof (
  job INTEGER NOT NULL PRIMARY KEY,
  snapshot BLOB NOT NULL CHECK (length(snapshot) = 16),
  received TEXT NOT NULL,
  client TEXT NOT NULL,
  save_set TEXT NOT NULL,
  pool TEXT NOT NULL,
  host TEXT NOT NULL,
  seed INTEGER,
  chosen INTEGER NOT NULL,
  chosen_of INTEGER NOT NULL,
  began TEXT NOT NULL,
  ended TEXT NOT NULL,
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  differences INTEGER NOT NULL,
  waiting_ms INTEGER NOT NULL,
  restoring_ms INTEGER NOT NULL,
  comparing_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  told TEXT NOT NULL
) STRICT;
CREATE INDEX proof_of_save_set ON proof (client, save_set, pool, outcome, job);

CREATE TABLE drill_plan (
  name TEXT NOT NULL PRIMARY KEY,
  per_million INTEGER NOT NULL CHECK (per_million BETWEEN 0 AND 1000000),
  files INTEGER NOT NULL CHECK (files >= 0),
  client TEXT,
  schedule TEXT NOT NULL,
  zone TEXT NOT NULL,
  leave_out INTEGER NOT NULL CHECK (leave_out IN (0, 1)),
  catch_up INTEGER NOT NULL CHECK (catch_up IN (0, 1)),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 100),
  at_once INTEGER NOT NULL CHECK (at_once >= 0),
  spread_s INTEGER NOT NULL CHECK (spread_s >= 0),
  retries INTEGER NOT NULL CHECK (retries >= 0),
  retry_after_s INTEGER NOT NULL CHECK (retry_after_s >= 0),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  scheduled TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE drill_plan_save_set (
  plan TEXT NOT NULL REFERENCES drill_plan ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  client TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (plan, number),
  FOREIGN KEY (client, name) REFERENCES save_set DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_plan_of_save_set ON drill_plan_save_set (client, name);

CREATE TABLE drill_plan_copy (
  plan TEXT NOT NULL REFERENCES drill_plan ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  pool TEXT NOT NULL,
  PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE drill_plan_blackout (
  plan TEXT NOT NULL REFERENCES drill_plan ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  hours TEXT NOT NULL,
  PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

-- As the runs of policies.
CREATE TABLE drill_run (
  plan TEXT NOT NULL REFERENCES drill_plan ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL CHECK (number > 0),
  by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
  due TEXT NOT NULL,
  ended TEXT,
  outcome TEXT NOT NULL,
  why TEXT,
  PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_run_open ON drill_run (plan, number) WHERE ended IS NULL;

CREATE TABLE drill_part (
  plan TEXT NOT NULL,
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  client TEXT NOT NULL,
  save_set TEXT NOT NULL,
  job INTEGER,
  attempts INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  failed TEXT,
  why TEXT,
  PRIMARY KEY (plan, run, number),
  FOREIGN KEY (plan, run) REFERENCES drill_run ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- A row a day.
CREATE TABLE coverage (
  pool TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  day TEXT NOT NULL,
  packs INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  month INTEGER NOT NULL,
  year INTEGER NOT NULL,
  never INTEGER NOT NULL,
  unread TEXT,
  PRIMARY KEY (pool, day)
) STRICT, WITHOUT ROWID;
