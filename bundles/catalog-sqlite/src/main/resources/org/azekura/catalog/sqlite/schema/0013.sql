-- When policies run by themselves, and what keeps them from it; how their runs went. Times in seconds.

ALTER TABLE policy ADD COLUMN schedule TEXT NOT NULL DEFAULT '';
ALTER TABLE policy ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE policy ADD COLUMN leave_out INTEGER NOT NULL DEFAULT 0 CHECK (leave_out IN (0, 1));
ALTER TABLE policy ADD COLUMN catch_up INTEGER NOT NULL DEFAULT 1 CHECK (catch_up IN (0, 1));
ALTER TABLE policy ADD COLUMN priority INTEGER NOT NULL DEFAULT 50 CHECK (priority BETWEEN 0 AND 100);
ALTER TABLE policy ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0 CHECK (at_once >= 0);
ALTER TABLE policy ADD COLUMN spread_s INTEGER NOT NULL DEFAULT 0 CHECK (spread_s >= 0);
ALTER TABLE policy ADD COLUMN retries INTEGER NOT NULL DEFAULT 2 CHECK (retries >= 0);
ALTER TABLE policy ADD COLUMN retry_after_s INTEGER NOT NULL DEFAULT 600 CHECK (retry_after_s >= 0);
ALTER TABLE policy ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));
ALTER TABLE policy ADD COLUMN keep TEXT NOT NULL DEFAULT '';
ALTER TABLE policy ADD COLUMN scheduled TEXT;

CREATE TABLE policy_blackout (
  policy TEXT NOT NULL REFERENCES policy ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  hours TEXT NOT NULL,
  PRIMARY KEY (policy, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_run (
  policy TEXT NOT NULL REFERENCES policy ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL CHECK (number > 0),
  by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
  due TEXT NOT NULL,
  ended TEXT,
  outcome TEXT NOT NULL,
  why TEXT,
  PRIMARY KEY (policy, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_run_open ON policy_run (policy, number) WHERE ended IS NULL;

-- The job is the last one that was begun for it. What a save set was called stays, also if it is gone.
CREATE TABLE policy_part (
  policy TEXT NOT NULL,
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  client TEXT NOT NULL,
  save_set TEXT NOT NULL,
  job INTEGER,
  attempts INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  failed TEXT,
  why TEXT,
  PRIMARY KEY (policy, run, number),
  FOREIGN KEY (policy, run) REFERENCES policy_run ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

ALTER TABLE job ADD COLUMN policy TEXT;
