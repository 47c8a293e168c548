package org.azekura.server.pool;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionBookTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final TrustGroup OURS = new TrustGroup(1, 1);
    private static final TrustGroup THEIRS = new TrustGroup(2, 2);

    private final RecipientKey key = RecipientKey.generate();
    private final KeyRing ring = KeyRing.create(List.of(Recipient.of("appliance", key)));

    @TempDir
    Path home;

    private CatalogDoor door;
    private Pool pool;
    private PoolVault vault;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        pool = Records.with(Rows.pool("main"), "keyRing", ring.encoded());
        catalog().write(edit -> {
            edit.putPool(pool);
            return null;
        });
        vault = new PoolVault(home.resolve("keys"), catalog());
        vault.keep(MAIN, key);
    }

    @AfterEach
    void close() throws Exception {
        door.close();
    }

    private CatalogStore catalog() {
        return door.catalog();
    }

    /** @param group null: made before sealed keys said whose they are */
    private Session sealed(TrustGroup group) {
        try (Sealer sealer = Sealer.open(group, ring.epoch(), ring.epochPublicKey())) {
            return new Session(sealer.session(), MAIN, sealer.sealedKey());
        }
    }

    private void named(Session session, TrustGroup by) throws BackupException {
        catalog().write(edit -> {
            SessionBook.enter(edit, session, by);
            return null;
        });
    }

    private void found(Session session) throws BackupException {
        catalog().write(edit -> {
            SessionBook.enter(edit, session);
            return null;
        });
    }

    private TrustGroup group(Session session) throws BackupException {
        return catalog().read(view -> view.session(session.id())).orElseThrow().group();
    }

    private Optional<Session> row(Session session) throws BackupException {
        return catalog().read(view -> view.session(session.id()));
    }

    @Test
    void nobodyNamesASessionOfAnotherGroup() throws Exception {
        for (Session theirs : List.of(sealed(THEIRS), sealed(null))) {
            named(theirs, THEIRS);
            named(theirs, THEIRS);
            assertRefused("session.foreign", () -> named(theirs, OURS));
            assertEquals(THEIRS, group(theirs));
        }
    }

    @Test
    void nobodyNamesASessionOfAnotherGroupThatWasForgotten() throws Exception {
        Session theirs = sealed(THEIRS);
        assertRefused("session.foreign", () -> named(theirs, OURS));
        assertEquals(Optional.empty(), row(theirs));
    }

    @Test
    void nobodyNamesASessionOfWhichIsNotKnownWhoseItIs() throws Exception {
        Session old = sealed(null);
        found(old);
        assertRefused("session.foreign", () -> named(old, OURS));
        assertNull(group(old));
    }

    @Test
    void aSessionComesWithItsOwnKeyOrNotAtAll() throws Exception {
        Session theirs = sealed(THEIRS);
        Session forged = new Session(theirs.id(), MAIN, sealed(OURS).sealed());
        assertRefused("session.corrupt", () -> named(forged, OURS));
        found(forged);
        found(new Session(theirs.id(), MAIN, new byte[] {1, 2, 3}));
        assertEquals(Optional.empty(), row(theirs));
        found(theirs);
        assertArrayEquals(theirs.sealed(), row(theirs).orElseThrow().sealed());
        assertEquals(THEIRS, group(theirs));
    }

    /** Old copies of packs are out of reach of a prune. */
    @Test
    void whatIsForgottenCanStillNotBeClaimed() throws Exception {
        Session theirs = sealed(THEIRS);
        Session old = sealed(null);
        Session nobodys = sealed(null);
        named(theirs, THEIRS);
        named(old, THEIRS);
        found(nobodys);
        catalog().write(edit -> {
            for (Session session : List.of(theirs, old, nobodys)) {
                SessionBook.forget(edit, session.id());
            }
            return null;
        });
        assertEquals(Optional.empty(), row(theirs));
        assertEquals(Optional.empty(), row(nobodys));
        for (Session session : List.of(theirs, old)) {
            assertRefused("session.foreign", () -> named(session, OURS));
        }
    }

    @Test
    void noKeyLeavesItsGroupWhateverTheRowSays() throws Exception {
        Session theirs = sealed(THEIRS);
        Session old = sealed(null);
        Session unknown = sealed(null);
        named(old, THEIRS);
        catalog().write(edit -> {
            edit.putSession(new Session(theirs.id(), MAIN, theirs.sealed(), OURS));
            edit.putSession(unknown);
            return null;
        });
        for (Session session : List.of(theirs, old)) {
            assertNotNull(vault.session(pool, session.id(), THEIRS));
            assertRefused("session.foreign", () -> vault.session(pool, session.id(), OURS));
        }
        assertNotNull(vault.session(pool, unknown.id(), OURS));
        catalog().write(edit -> {
            SessionBook.judge(edit, unknown.id(), THEIRS);
            SessionBook.judge(edit, old.id(), OURS);
            return null;
        });
        assertRefused("session.foreign", () -> vault.session(pool, unknown.id(), OURS));
        assertEquals(THEIRS, group(old));
    }
}
