package org.azekura.client.job;

import java.util.concurrent.atomic.AtomicLong;

/** How far a job is. Safe for any number of threads. */
public final class Tally {

    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();

    public void file() {
        files.incrementAndGet();
    }

    /** What earlier attempts did counts, too. */
    public void earlier(long earlierFiles, long earlierBytes) {
        files.addAndGet(earlierFiles);
        bytes.addAndGet(earlierBytes);
    }

    /** Content was written, whether its file is complete or not. */
    public void written(long more) {
        written.addAndGet(more);
    }

    public long written() {
        return written.get();
    }

    public void bytes(long more) {
        bytes.addAndGet(more);
    }

    public void stored(long more) {
        stored.addAndGet(more);
    }

    /** Something was done that the other numbers do not show. */
    public void step() {
        steps.incrementAndGet();
    }

    public long steps() {
        return steps.get();
    }

    public long files() {
        return files.get();
    }

    public long bytes() {
        return bytes.get();
    }

    public long stored() {
        return stored.get();
    }
}
