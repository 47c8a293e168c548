-- What drives counted with cartridges, mount by mount, and what cartridges tell of their whole life; -1 where nobody told. Whether drives seal what they write of
-- a pool is one of its rules.

CREATE TABLE drive_mount (
  barcode TEXT NOT NULL,
  drive TEXT NOT NULL,
  loaded TEXT NOT NULL,
  written INTEGER NOT NULL,
  read INTEGER NOT NULL,
  write_corrected INTEGER NOT NULL,
  read_corrected INTEGER NOT NULL,
  uncorrected INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held IN (0, 1)),
  PRIMARY KEY (barcode, drive, loaded)
) STRICT, WITHOUT ROWID;

CREATE TABLE cartridge_life (
  barcode TEXT NOT NULL PRIMARY KEY,
  mounts INTEGER NOT NULL CHECK (mounts >= 0),
  seen TEXT NOT NULL,
  loads INTEGER NOT NULL,
  written INTEGER NOT NULL,
  read INTEGER NOT NULL,
  uncorrected INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How often cleaning cartridges were used.
INSERT INTO cartridge_life (barcode, mounts, seen, loads, written, read, uncorrected)
  SELECT substr(name, length('cleaning.') + 1), CAST(value AS INTEGER), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), -1, -1, -1, -1 FROM setting
  WHERE name LIKE 'cleaning.%' AND name NOT LIKE 'cleaning.spent.%';
DELETE FROM setting WHERE name LIKE 'cleaning.%' AND name NOT LIKE 'cleaning.spent.%';

ALTER TABLE media_rules ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1));
ALTER TABLE media_rules ADD COLUMN error_factor INTEGER NOT NULL DEFAULT 10 CHECK (error_factor >= 0);
INSERT INTO media_rules (pool, blank, scratch, sealed)
  SELECT pool.name, 1, 1, 1 FROM pool JOIN setting ON setting.name = 'pool.sealed.' || pool.name WHERE true
  ON CONFLICT (pool) DO UPDATE SET sealed = 1;
DELETE FROM setting WHERE name LIKE 'pool.sealed.%';
