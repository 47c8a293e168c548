-- Volumes of a pool that lie within another pool's volume, for copies: each has a row in pool that is in no list.
CREATE TABLE replica (
  pool TEXT NOT NULL PRIMARY KEY REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  source TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  within TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (source, within)
) STRICT, WITHOUT ROWID;
CREATE INDEX replica_within ON replica (within);

-- Whole copies of snapshots. A row stays when its snapshot is deleted, until the manifest is off the medium.
CREATE TABLE snapshot_copy (
  snapshot BLOB NOT NULL CHECK (length(snapshot) = 16),
  replica TEXT NOT NULL REFERENCES replica ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  job INTEGER NOT NULL,
  at TEXT NOT NULL,
  damaged INTEGER NOT NULL CHECK (damaged IN (0, 1)),
  PRIMARY KEY (snapshot, replica)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_in_replica ON snapshot_copy (replica, snapshot);
