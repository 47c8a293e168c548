-- Cartridges that a pool leaves free for what is copied away.

ALTER TABLE media_rules ADD COLUMN reserve INTEGER NOT NULL DEFAULT 1 CHECK (reserve BETWEEN 0 AND 100);
