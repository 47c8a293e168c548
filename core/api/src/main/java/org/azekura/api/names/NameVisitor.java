package org.azekura.api.names;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;

/** Sees what a search comes upon. Called in the thread of the search. */
public interface NameVisitor {

    /** Which lines are searched at all; asked once for each. */
    boolean wants(NameLine line) throws BackupException;

    /** What to do with a name. */
    enum Next {
        /** Show the paths that end with it. */
        TAKE,
        PASS,
        /** End the search before it. */
        STOP
    }

    Next name(byte[] name) throws BackupException;

    /**
     * One path, with every state it had, oldest first; at least one.
     *
     * @return whether it was taken; if not, the search ends before it
     */
    boolean path(NameLine line, RawPath path, List<NameSpan> spans) throws BackupException;
}
