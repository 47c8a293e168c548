-- Volumes of a set, why a volume is in its state, and what is known of cartridges and drives.

ALTER TABLE volume ADD COLUMN set_id BLOB CHECK (length(set_id) = 16);
UPDATE volume SET set_id = id;
ALTER TABLE volume ADD COLUMN number INTEGER NOT NULL DEFAULT 1 CHECK (number >= 0);
ALTER TABLE volume ADD COLUMN labelled TEXT;
ALTER TABLE volume ADD COLUMN written TEXT;
ALTER TABLE volume ADD COLUMN why TEXT;
ALTER TABLE volume ADD COLUMN errors INTEGER NOT NULL DEFAULT 0;
ALTER TABLE volume ADD COLUMN was TEXT;
CREATE INDEX volume_by_barcode ON volume (barcode);

-- What a node was told to label. A row goes when the label was read back.
CREATE TABLE pending_volume (
  pool TEXT NOT NULL REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL CHECK (number > 0),
  volume BLOB NOT NULL CHECK (length(volume) = 16),
  set_id BLOB NOT NULL CHECK (length(set_id) = 16),
  label TEXT NOT NULL,
  barcode TEXT,
  made TEXT NOT NULL,
  overwrites BLOB CHECK (length(overwrites) = 16),
  PRIMARY KEY (pool, number)
) STRICT, WITHOUT ROWID;

-- Cartridges of pools that are gone, or of sets that are needed no more: whoever needs one may have it labelled anew.
CREATE TABLE scratch_volume (
  volume BLOB NOT NULL PRIMARY KEY CHECK (length(volume) = 16),
  label TEXT NOT NULL,
  barcode TEXT NOT NULL,
  since TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE media_rules (
  pool TEXT NOT NULL PRIMARY KEY REFERENCES pool ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  blank INTEGER NOT NULL CHECK (blank IN (0, 1)),
  scratch INTEGER NOT NULL CHECK (scratch IN (0, 1))
) STRICT, WITHOUT ROWID;

-- One row for each drive and each cartridge that had errors in it: who is to blame shows in pairs.
CREATE TABLE drive_errors (
  drive TEXT NOT NULL,
  barcode TEXT NOT NULL,
  errors INTEGER NOT NULL,
  last TEXT NOT NULL,
  what TEXT NOT NULL,
  PRIMARY KEY (drive, barcode)
) STRICT, WITHOUT ROWID;

CREATE TABLE drive_health (
  drive TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
