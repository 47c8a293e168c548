-- What becomes of a pool's cartridges: times in seconds, 0 where nothing was laid down.

ALTER TABLE media_rules ADD COLUMN keep_s INTEGER NOT NULL DEFAULT 0 CHECK (keep_s >= 0);
ALTER TABLE media_rules ADD COLUMN repack INTEGER NOT NULL DEFAULT 40 CHECK (repack BETWEEN 0 AND 100);
ALTER TABLE media_rules ADD COLUMN cut_after_s INTEGER NOT NULL DEFAULT 0 CHECK (cut_after_s >= 0);
ALTER TABLE media_rules ADD COLUMN cut_size INTEGER NOT NULL DEFAULT 0 CHECK (cut_size >= 0);
