-- Save sets and policies as configuration. Lists keep their order by number, from 0.

CREATE TABLE save_set (
  client TEXT NOT NULL,
  name TEXT NOT NULL,
  via TEXT,
  one_file_system INTEGER NOT NULL CHECK (one_file_system IN (0, 1)),
  pre TEXT,
  post TEXT,
  dump TEXT,
  PRIMARY KEY (client, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE save_set_root (
  client TEXT NOT NULL,
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  path BLOB NOT NULL,
  PRIMARY KEY (client, name, number),
  FOREIGN KEY (client, name) REFERENCES save_set ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE save_set_rule (
  client TEXT NOT NULL,
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  include INTEGER NOT NULL CHECK (include IN (0, 1)),
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (client, name, number),
  FOREIGN KEY (client, name) REFERENCES save_set ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE policy (
  name TEXT NOT NULL PRIMARY KEY,
  pool TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_save_set (
  policy TEXT NOT NULL REFERENCES policy ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  client TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (policy, number),
  FOREIGN KEY (client, name) REFERENCES save_set DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_of_save_set ON policy_save_set (client, name);

CREATE TABLE policy_copy (
  policy TEXT NOT NULL REFERENCES policy ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  pool TEXT NOT NULL,
  PRIMARY KEY (policy, number)
) STRICT, WITHOUT ROWID;
