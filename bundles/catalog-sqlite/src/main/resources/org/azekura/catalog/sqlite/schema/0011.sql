-- Media sets of a pool behind its first, which is the pool itself: each has a row in pool that is in no list. Times in seconds, 0 where nothing was laid down.

CREATE TABLE media_set (
  pool TEXT NOT NULL PRIMARY KEY REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  source TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL CHECK (number > 1),
  UNIQUE (source, number)
) STRICT, WITHOUT ROWID;

ALTER TABLE media_rules ADD COLUMN set_after_s INTEGER NOT NULL DEFAULT 0 CHECK (set_after_s >= 0);
ALTER TABLE media_rules ADD COLUMN set_size INTEGER NOT NULL DEFAULT 0 CHECK (set_size >= 0);
