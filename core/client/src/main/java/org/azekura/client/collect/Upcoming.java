package org.azekura.client.collect;

import java.util.concurrent.FutureTask;
import org.azekura.api.RawPath;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.posix.FileStat;

/** A name that somebody looks at before it is its turn. Written by one reader; the walk reads it when {@link #task} is done. */
final class Upcoming {

    final byte[] name;
    /** What the parent snapshot says of it, null if nothing. */
    final CachedEntry before;
    /** Null if no rule wants to know it. */
    final RawPath path;
    final FutureTask<Void> task;
    /** Null if it is no file, or could not be looked up. */
    FileStat stat;
    /** Null if it was not read. */
    ReadFile content;
    long room;
    long busyNanos;

    Upcoming(byte[] name, CachedEntry before, RawPath path, Look look) {
        this.name = name;
        this.before = before;
        this.path = path;
        this.task = new FutureTask<>(() -> look.at(this), null);
    }

    /** What is done with it. */
    @FunctionalInterface
    interface Look {
        void at(Upcoming upcoming);
    }
}
