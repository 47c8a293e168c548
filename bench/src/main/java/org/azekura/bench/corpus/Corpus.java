package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.file.Path;

/** A tree of files that stands for a kind of work. The same scale and seed give the same names, contents and times of files, on both days. */
public interface Corpus {

    String name();

    /** What it is and how large, for the report. */
    String what();

    /** Fills an empty folder. */
    void make(Path folder) throws IOException;

    /**
     * Changes the tree as a day of work does; {@link #make} came before.
     *
     * @return bytes that are new or other than the day before
     */
    long nextDay(Path folder) throws IOException;

    /** So large that it is measured in the first warm round only, and not on the next day. */
    default boolean once() {
        return false;
    }

    /** A file, by its path in the folder, that is there on both days. */
    Path one();
}
