-- who is told of what, and what waits to be told

CREATE TABLE alert (
  code TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  severity TEXT NOT NULL,
  vals TEXT NOT NULL,
  since TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (code, subject_kind, subject)
) STRICT, WITHOUT ROWID;

-- Of a job, or of an alert. What was taken stays where it is needed to know what was told already.
CREATE TABLE happening (
  number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  time TEXT NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1)),
  job INTEGER REFERENCES job ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  state TEXT,
  error TEXT,
  came INTEGER CHECK (came IN (0, 1)),
  code TEXT,
  subject_kind TEXT,
  subject TEXT,
  severity TEXT,
  vals TEXT,
  since TEXT,
  text TEXT
) STRICT;
CREATE INDEX happening_of_job ON happening (job);
CREATE INDEX happening_untaken ON happening (number) WHERE taken = 0;

-- Whoever writes a job or an alert: what happens is noted with it, or neither is.
CREATE TRIGGER job_happens AFTER UPDATE OF state ON job
  WHEN NEW.state <> OLD.state AND NEW.state IN ('PARKED', 'DONE', 'WARNED', 'FAILED', 'CANCELLED')
    AND NOT (NEW.state = 'PARKED' AND EXISTS (SELECT 1 FROM happening WHERE job = NEW.id AND state = 'PARKED' AND error IS NEW.error))
  BEGIN
    INSERT INTO happening (time, job, state, error) VALUES (coalesce(NEW.ended, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), NEW.id, NEW.state, NEW.error);
  END;
CREATE TRIGGER alert_comes AFTER INSERT ON alert BEGIN
  INSERT INTO happening (time, came, code, subject_kind, subject, severity, vals, since, text)
    VALUES (NEW.since, 1, NEW.code, NEW.subject_kind, NEW.subject, NEW.severity, NEW.vals, NEW.since, NEW.text);
END;
CREATE TRIGGER alert_goes AFTER DELETE ON alert BEGIN
  INSERT INTO happening (time, came, code, subject_kind, subject, severity, vals, since, text)
    VALUES (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 0, OLD.code, OLD.subject_kind, OLD.subject, OLD.severity, OLD.vals, OLD.since, OLD.text);
END;

CREATE TABLE notice_target (
  name TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  language TEXT NOT NULL,
  settings TEXT NOT NULL,
  secrets TEXT NOT NULL,
  matches TEXT NOT NULL,
  quiet TEXT NOT NULL,
  made TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
  number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  target TEXT NOT NULL REFERENCES notice_target ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  made TEXT NOT NULL,
  content TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due TEXT,
  problem TEXT NOT NULL
) STRICT;
CREATE INDEX notice_of_target ON notice (target, number);
