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
     * Asked now and then while nothing is come upon: pieces of the query may be in very many names, and never in one.
     *
     * @return whether to look on; if not, the search ends there, and may go on later
     */
    default boolean looksOn() throws BackupException {
        return true;
    }

    /**
     * One path, with every state it had, oldest first; at least one.
     *
     * @return whether it was taken; if not, the search ends before it
     */
    boolean path(NameLine line, RawPath path, List<NameSpan> spans) throws BackupException;
}
