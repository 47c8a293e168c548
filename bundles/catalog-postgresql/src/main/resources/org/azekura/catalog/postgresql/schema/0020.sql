-- What media are told to lock: of a pool in which mode, of a pack until when (seconds since 1970). NULL: nothing was told.

ALTER TABLE retention_lock ADD COLUMN mode WORDS NOT NULL DEFAULT 'governance';

ALTER TABLE pack ADD COLUMN lock_mode WORDS;

ALTER TABLE pack ADD COLUMN locked_until BIGINT;
