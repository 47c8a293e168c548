-- Identifiers are their 16 or 32 bytes, so that they sort as in Java. Times are ISO 8601 in UTC, exact to the nanosecond
-- and readable with any SQLite shell. References are checked at commit: the order within a transaction is free.
-- Job numbers in packs and snapshots refer to nothing: after a rebuild they may name jobs that only the media remember.

CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last number given, per kind of thing.
CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pool (
  name TEXT NOT NULL PRIMARY KEY,
  node TEXT NOT NULL,
  device TEXT NOT NULL,
  driver TEXT NOT NULL,
  chunk_min INTEGER NOT NULL,
  chunk_average INTEGER NOT NULL,
  chunk_max INTEGER NOT NULL,
  compression_level INTEGER NOT NULL,
  live_percent INTEGER NOT NULL CHECK (live_percent BETWEEN 0 AND 100),
  key_ring BLOB NOT NULL,
  created TEXT NOT NULL,
  key_exported TEXT
) STRICT;

CREATE TABLE volume (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  pool TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  label TEXT NOT NULL,
  barcode TEXT,
  state TEXT NOT NULL,
  location TEXT NOT NULL,
  used INTEGER NOT NULL,
  capacity INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX volume_of_pool ON volume (pool);

-- One row per copy.
CREATE TABLE pack (
  id BLOB NOT NULL CHECK (length(id) = 16),
  volume BLOB NOT NULL REFERENCES volume ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  pool TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  job INTEGER,
  tree INTEGER NOT NULL CHECK (tree IN (0, 1)),
  size INTEGER NOT NULL,
  chunks INTEGER NOT NULL,
  position TEXT NOT NULL,
  written_at TEXT NOT NULL,
  verified_at TEXT,
  PRIMARY KEY (id, volume)
) STRICT, WITHOUT ROWID;
CREATE INDEX pack_of_pool ON pack (pool, verified_at);
CREATE INDEX pack_on_volume ON pack (volume);

CREATE TABLE session (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  pool TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX session_of_pool ON session (pool);

CREATE TABLE client (
  name TEXT NOT NULL PRIMARY KEY,
  trust_group BLOB NOT NULL CHECK (length(trust_group) = 16),
  signing_key BLOB,
  last_seen TEXT
) STRICT;

CREATE TABLE snapshot (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  job INTEGER NOT NULL,
  pool TEXT NOT NULL REFERENCES pool DEFERRABLE INITIALLY DEFERRED,
  client TEXT NOT NULL,
  save_set TEXT NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  parent BLOB CHECK (length(parent) = 16),
  started TEXT NOT NULL,
  received TEXT NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  manifest BLOB NOT NULL
) STRICT;
CREATE INDEX snapshot_of_client ON snapshot (client, save_set, pool, id);
CREATE INDEX snapshot_of_pool ON snapshot (pool, id);

-- Snapshots that were deleted.
CREATE TABLE deletion (
  snapshot BLOB NOT NULL PRIMARY KEY CHECK (length(snapshot) = 16),
  pool TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  client TEXT NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deletion_of_pool ON deletion (pool);

CREATE TABLE job (
  id INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  client TEXT,
  pool TEXT,
  started TEXT NOT NULL,
  ended TEXT,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  error TEXT,
  holds BLOB CHECK (length(holds) = 16),
  attempts INTEGER NOT NULL,
  job_order BLOB NOT NULL,
  result BLOB
) STRICT;
CREATE INDEX job_unended ON job (id) WHERE state NOT IN ('DONE', 'WARNED', 'FAILED', 'CANCELLED');

CREATE TABLE job_line (
  number INTEGER NOT NULL PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  at TEXT NOT NULL,
  level TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX line_of_job ON job_line (job, number);
