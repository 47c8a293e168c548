-- How much may be stored of a client, in bytes; -1 without a bound.
ALTER TABLE client ADD COLUMN quota INTEGER NOT NULL DEFAULT -1;

-- The client whose quota a pack counts for: the one whose job wrote its chunks first. A copy, and what nobody knows the owner of, counts for none.
ALTER TABLE pack ADD COLUMN client TEXT;
UPDATE pack SET client = (SELECT job.client FROM job WHERE job.id = pack.job AND job.kind = 'BACKUP');
CREATE INDEX pack_of_client ON pack (client, size);
