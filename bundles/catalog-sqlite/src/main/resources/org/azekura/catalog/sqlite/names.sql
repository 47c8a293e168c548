-- Names of one pool. The file is made anew whenever this script has changed: raise the number in NamesFile with it.

-- What the file is, so that what was given out of another is told from what is in this one; what a sweep has to do.
CREATE TABLE book (generation INTEGER NOT NULL, forgotten INTEGER NOT NULL, sweep_phase INTEGER NOT NULL, sweep_at INTEGER NOT NULL);

-- A save set. Its snapshots are numbered from 1 in the order in which they came; newest and root are those of the last whole one.
CREATE TABLE line (id INTEGER PRIMARY KEY AUTOINCREMENT, client TEXT NOT NULL, save_set TEXT NOT NULL, number INTEGER NOT NULL, newest BLOB, root BLOB,
    partial BLOB, up_to BLOB, UNIQUE (client, save_set));

-- The snapshots that are whole and were not forgotten. What is of a number that is not here is of no snapshot.
CREATE TABLE day (line INTEGER NOT NULL, number INTEGER NOT NULL, snapshot BLOB NOT NULL, PRIMARY KEY (line, number)) WITHOUT ROWID;

CREATE TABLE problem (line INTEGER NOT NULL, path BLOB NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (line, path)) WITHOUT ROWID;

-- Directories. The root of a line is none of them: its number is that of the line, negative.
CREATE TABLE dir (id INTEGER PRIMARY KEY, line INTEGER NOT NULL, parent INTEGER NOT NULL, name INTEGER NOT NULL);
CREATE UNIQUE INDEX dir_place ON dir (parent, name);

CREATE TABLE name (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL UNIQUE);

-- What a name in a directory was from one number to another; the last one is null as long as it is so. Clustered by name, as it is searched.
CREATE TABLE version (name INTEGER NOT NULL, dir INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER, type INTEGER NOT NULL, size INTEGER NOT NULL,
    seconds INTEGER, nanos INTEGER, look INTEGER NOT NULL, PRIMARY KEY (name, dir, first)) WITHOUT ROWID;

-- The trigrams of each folded name, by its id; case was folded before.
CREATE VIRTUAL TABLE gram USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1');
INSERT INTO gram (gram, rank) VALUES ('hashsize', 8388608);
