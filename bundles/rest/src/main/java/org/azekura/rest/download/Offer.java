package org.azekura.rest.download;

import java.util.Objects;
import org.azekura.api.access.Session;
import org.azekura.api.catalog.Snapshot;
import org.azekura.rest.call.Door;

/**
 * What somebody may download for a while.
 *
 * @param id      nobody guesses it
 * @param who     it is for
 * @param session in which; null if he shows a token each time
 * @param name    of the file
 * @param size    in bytes; -1 of an archive
 */
record Offer(String id, String who, String session, Snapshot snapshot, Selection selection, Form form, String name, long size) {

    boolean isFor(Door.Entry entry) {
        return who.equals(entry.caller().name()) && Objects.equals(session, session(entry.session()));
    }

    static String session(Session session) {
        return session == null ? null : session.id();
    }
}
