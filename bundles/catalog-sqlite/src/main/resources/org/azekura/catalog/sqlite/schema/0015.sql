-- Who may do what, and what was done.

CREATE TABLE user_account (
  name TEXT NOT NULL PRIMARY KEY,
  role TEXT NOT NULL,
  clients TEXT NOT NULL,
  password TEXT NOT NULL,
  once INTEGER NOT NULL CHECK (once IN (0, 1)),
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  factor_required INTEGER NOT NULL CHECK (factor_required IN (0, 1)),
  factor TEXT,
  factor_step INTEGER NOT NULL,
  recovery TEXT NOT NULL,
  made TEXT NOT NULL,
  seen TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE api_token (
  name TEXT NOT NULL PRIMARY KEY,
  role TEXT NOT NULL,
  clients TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  made TEXT NOT NULL,
  made_by TEXT NOT NULL,
  expires TEXT,
  used TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  time TEXT NOT NULL,
  machine TEXT NOT NULL,
  who TEXT NOT NULL,
  origin TEXT NOT NULL,
  operation TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- What was done stays done. Whoever has the file can drop these; then the chain of hashes says so.
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not deleted'); END;
