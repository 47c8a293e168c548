-- Pools of a group stand in for each other; what was laid down for a client is kept apart from who it is.

ALTER TABLE pool ADD COLUMN pool_group TEXT;
ALTER TABLE pool ADD COLUMN patience INTEGER NOT NULL DEFAULT 20;

ALTER TABLE job ADD COLUMN detour TEXT;

CREATE TABLE client_terms (
  client TEXT NOT NULL PRIMARY KEY,
  pool TEXT REFERENCES pool ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  pool_group TEXT
) STRICT;
CREATE INDEX client_terms_of_pool ON client_terms (pool);

-- Local times of the day of the server; none: all day.
CREATE TABLE client_limit (
  client TEXT NOT NULL,
  number INTEGER NOT NULL,
  per_second INTEGER NOT NULL,
  begins TEXT,
  ends TEXT,
  PRIMARY KEY (client, number)
) STRICT, WITHOUT ROWID;
