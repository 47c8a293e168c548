package org.azekura.api.content;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is in one snapshot, while a job answers. Paths are absolute, as saved. What is read is compared with what was saved: bytes that differ are never given. One thread
 * asks at a time; any may close.
 */
@ProviderType
public interface Content extends AutoCloseable {

    /** What the job that answers is ordered with; good for one. */
    long stream();

    /**
     * Waits until it can be read.
     *
     * @return false if it can't be yet
     * @throws BackupException why it never will
     */
    boolean await(Duration most) throws BackupException;

    /** @return null if there is no such thing */
    Saved look(RawPath path) throws BackupException;

    /**
     * A page of a directory, by name; empty for what is none.
     *
     * @param after only names behind this one; empty for all
     * @param most  1 to 1000
     */
    Page list(RawPath directory, byte[] after, int most) throws BackupException;

    /**
     * Bytes of a file. Waits five minutes for a medium at most.
     *
     * @param length 1 to 2^20
     * @return fewer than asked for only at the file's end
     * @throws BackupException {@code chunk.damaged} if any of them can't be read; {@code job.cancelled} and the like, and nothing can be read any more
     */
    byte[] read(RawPath file, long from, int length) throws BackupException;

    /** @param more whether others come behind the last */
    record Page(List<Saved> entries, boolean more) {}

    /** The job ends as failed, for this reason, when this is closed. */
    void fail(BackupException why);

    /** The job ends. */
    @Override
    void close();
}
