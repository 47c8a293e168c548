-- Passkeys, and who somebody is at a provider of identities.

CREATE TABLE passkey (
  id TEXT NOT NULL PRIMARY KEY,
  user TEXT NOT NULL REFERENCES user_account (name) ON DELETE CASCADE,
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  credential BLOB NOT NULL UNIQUE,
  key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  synced INTEGER NOT NULL CHECK (synced IN (0, 1)),
  made TEXT NOT NULL,
  used TEXT,
  UNIQUE (user, name)
) STRICT, WITHOUT ROWID;

-- One row at most; each line of grants is role, clients with commas between, value.
CREATE TABLE sign_on (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number = 1),
  name TEXT NOT NULL,
  issuer TEXT NOT NULL,
  client TEXT NOT NULL,
  secret TEXT,
  scopes TEXT NOT NULL,
  claim TEXT NOT NULL,
  grants TEXT NOT NULL,
  domains TEXT NOT NULL,
  passwords INTEGER NOT NULL CHECK (passwords IN (0, 1))
) STRICT;

CREATE TABLE identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  user TEXT NOT NULL UNIQUE REFERENCES user_account (name) ON DELETE CASCADE,
  shown TEXT NOT NULL,
  made TEXT NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
