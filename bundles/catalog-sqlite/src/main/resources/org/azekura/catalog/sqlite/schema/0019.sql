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
