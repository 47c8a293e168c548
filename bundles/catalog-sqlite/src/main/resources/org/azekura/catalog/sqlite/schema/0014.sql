-- How long snapshots stay, and which are pinned.

-- Snapshots that stay whatever the rules say.
CREATE TABLE pin (
  snapshot BLOB NOT NULL PRIMARY KEY REFERENCES snapshot ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  since TEXT NOT NULL,
  until TEXT,
  why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- For so many seconds nobody deletes what lies in a pool.
CREATE TABLE retention_lock (
  pool TEXT NOT NULL PRIMARY KEY REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  seconds INTEGER NOT NULL CHECK (seconds > 0)
) STRICT, WITHOUT ROWID;
