package org.azekura.storagenode.cartridge.blob;

import org.azekura.api.BackupException;

/**
 * A blob, or a deletion, that waits to be written, and what came of it. One thread at a time: who made it; from when it is in the list of others that wait
 * ({@link Turns}, the drain of a spool), who takes it from there or ends it there; and who made it again, once that says that it is done.
 */
public final class Waiting {

    private final String key;
    private final Content content;
    private final boolean anyhow;
    private boolean begun;
    private boolean done;
    private BackupException problem;

    /** @param content null for a deletion */
    public Waiting(String key, Content content) {
        this(key, content, false);
    }

    private Waiting(String key, Content content, boolean anyhow) {
        this.key = key;
        this.content = content;
        this.anyhow = anyhow;
    }

    /** A deletion that is written also though there is no such blob. */
    public static Waiting mark(String key) {
        return new Waiting(key, null, true);
    }

    /** A blob that may be on the cartridges already: somebody wrote it who could not tell. */
    public static Waiting again(String key, Content content) {
        Waiting one = new Waiting(key, content);
        one.begin();
        return one;
    }

    public boolean isMark() {
        return anyhow;
    }

    public String key() {
        return key;
    }

    public boolean isDeletion() {
        return content == null;
    }

    /** Whether it is the deletion of a pack, or of a manifest that keeps packs: without these no room is won, ever. */
    public boolean frees() {
        return isDeletion() && (Keys.isPack(key) || Keys.isManifest(key));
    }

    public long size() {
        return content == null ? 0 : content.size();
    }

    public Content content() {
        return content;
    }

    /** Blocks of it may be on the cartridge. */
    public void begin() {
        begun = true;
    }

    public boolean hasBegun() {
        return begun;
    }

    public boolean isDone() {
        return done;
    }

    public void written() {
        done = true;
    }

    public void failed(BackupException why) {
        if (!done) {
            done = true;
            problem = why;
        }
    }

    /** @throws BackupException what came of it, if it is not written */
    public void result() throws BackupException {
        if (problem != null) {
            // Each of those who waited has a trace of its own.
            throw new BackupException(problem.failure(), problem);
        }
    }
}
