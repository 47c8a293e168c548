-- Dangerous acts that wait for another person and for their time. Orders and answers are sealed by a key of the home.

CREATE TABLE request (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  state TEXT NOT NULL,
  operation TEXT NOT NULL,
  object TEXT NOT NULL,
  hash TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  origin TEXT NOT NULL,
  asked TEXT NOT NULL,
  persons INTEGER NOT NULL CHECK (persons IN (1, 2)),
  delay_s INTEGER NOT NULL CHECK (delay_s >= 0),
  confirmed_by TEXT,
  due TEXT NOT NULL,
  ended TEXT,
  why TEXT,
  wanted TEXT NOT NULL,
  answer TEXT
) STRICT;
CREATE INDEX request_open ON request (number) WHERE ended IS NULL;
