package org.azekura.server.pool;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Session;
import org.azekura.engine.seal.SealedKey;

/**
 * Whose sessions are. Whoever could name one of another trust group as his own would be given the keys of what that has sealed; its id and its sealed
 * key are no secret of anybody who has the packs.
 */
public final class SessionBook {

    private SessionBook() {}

    /**
     * What a client names as a session of its own, itself or in a pack.
     *
     * @param by the client's group
     * @throws BackupException {@code session.foreign} if it is another group's, or was here before it was known whose; {@code session.corrupt} if the key is
     *                         not the one that the id comes from
     */
    public static void enter(CatalogEdit edit, Session named, TrustGroup by) throws BackupException {
        SealedKey key = SealedKey.parse(named.sealed());
        if (!key.session().equals(named.id())) {
            throw BackupException.corrupt("session.corrupt", named.id().toString(), "session " + named.id() + " came with the sealed key of session " + key.session());
        }
        Session there = edit.session(named.id()).orElse(null);
        TrustGroup group = there == null ? key.group() == null ? by : key.group() : there.group();
        if (!by.equals(group)) {
            throw foreign(named.id(), by);
        }
        if (there == null) {
            edit.putSession(new Session(named.id(), named.pool(), named.sealed(), by));
        }
    }

    /** What stands in a pack that no client is asked about. The first word counts, and a key that is none, or another session's, says nothing. */
    public static void enter(CatalogEdit edit, Session found) throws BackupException {
        if (edit.session(found.id()).isEmpty()) {
            Session session = known(found.id(), found.pool(), found.sealed());
            if (session != null) {
                edit.putSession(session);
            }
        }
    }

    /** A session as its sealed key tells of it; null if that is none, or another session's. */
    public static Session known(SessionId id, PoolName pool, byte[] sealed) {
        try {
            SealedKey key = SealedKey.parse(sealed);
            return key.session().equals(id) ? new Session(id, pool, sealed, key.group()) : null;
        } catch (BackupException e) {
            return null;
        }
    }

    /** Whose it is, of which that was not known: a snapshot of that group was made in it. */
    public static void judge(CatalogEdit edit, SessionId id, TrustGroup group) throws BackupException {
        Session session = edit.session(id).orElse(null);
        if (session != null && session.group() == null) {
            edit.putSession(new Session(id, session.pool(), session.sealed(), group));
        }
    }

    /**
     * Nothing that is kept needs it. One whose group is known to the catalog alone stays: whoever has an old copy of its packs could else name it as his own.
     */
    public static void forget(CatalogEdit edit, SessionId id) throws BackupException {
        Session session = edit.session(id).orElse(null);
        Session said = session == null ? null : known(id, session.pool(), session.sealed());
        if (said == null || said.group() != null || session.group() == null) {
            edit.deleteSession(id);
        }
    }

    static BackupException foreign(SessionId id, TrustGroup group) {
        return BackupException.operator("session.foreign", id.toString(), "session " + id + " is not of trust group " + group
                + ": nothing that it sealed counts as a chunk of that group, and no key of it is handed out");
    }
}
