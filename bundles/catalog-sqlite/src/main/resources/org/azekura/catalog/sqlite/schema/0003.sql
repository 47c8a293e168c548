-- Hosts that have joined, in each of their roles. Names of a certificate are separated by spaces, which no name has.
CREATE TABLE certificate (
  serial TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  replaced TEXT,
  revoked TEXT
) STRICT, WITHOUT ROWID;

-- Codes by which hosts can join. The codes themselves are nowhere.
CREATE TABLE invitation (
  id TEXT NOT NULL PRIMARY KEY,
  role TEXT,
  name TEXT,
  code_key BLOB NOT NULL CHECK (length(code_key) = 32),
  expires TEXT NOT NULL,
  holder BLOB CHECK (length(holder) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  peer TEXT NOT NULL PRIMARY KEY,
  last_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
