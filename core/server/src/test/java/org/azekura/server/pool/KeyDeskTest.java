package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.api.server.Keys;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.TapeKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Who can read what, before and after each change; among it scenario 23: wrong key, revoked recipient, lost passphrase with a sheet. */
class KeyDeskTest {

    private static final PoolName OPEN = new PoolName("default");
    private static final PoolName SEALED = new PoolName("vault");

    @TempDir
    Path home;
    private final FewRows rows = new FewRows();
    private final List<Integer> onVolume = new ArrayList<>();
    private final RecipientKey owner = RecipientKey.generate();
    private final RecipientKey appliance = RecipientKey.generate();
    private PoolVault vault;
    private KeyDesk desk;

    @BeforeEach
    void start() throws BackupException {
        restart();
        vault.keep(OPEN, appliance);
        put(OPEN, KeyRing.create(List.of(Recipient.of("appliance", appliance))), null);
        byte[] idKey = PoolKeys.newIdKey();
        vault.keepIdKey(SEALED, idKey);
        put(SEALED, KeyRing.create(List.of(Recipient.of("owner", owner)), idKey), Instant.EPOCH);
    }

    private void put(PoolName name, KeyRing ring, Instant exported) {
        rows.pools.put(name, new Pool(name, new NodeName("host"), new DeviceName(name.value()), "disk", ChunkSizes.DEFAULT, 3, 50, ring.encoded(),
                Instant.EPOCH, exported));
    }

    /** The vault as a new process finds it. */
    private void restart() throws BackupException {
        vault = new PoolVault(home.resolve("keys"), rows.store());
        desk = new KeyDesk(rows.store(), vault, pool -> onVolume.add(ring(pool.name()).number()));
    }

    private Pool pool(PoolName name) {
        return rows.pools.get(name);
    }

    private KeyRing ring(PoolName name) {
        try {
            return KeyRing.parse(pool(name).keyRing());
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    /** What a client does when a backup begins. */
    private Session session(PoolName pool) {
        try (Sealer sealer = Sealer.open(ring(pool).epoch(), ring(pool).epochPublicKey())) {
            Session session = new Session(sealer.session(), pool, sealer.sealedKey());
            rows.sessions.put(session.id(), session);
            return session;
        }
    }

    private static String refused(Executable call) {
        return assertThrows(BackupException.class, call).failure().code();
    }

    @Test
    void aSealedPoolCanBeFilledAndNotRead() throws BackupException {
        Session session = session(SEALED);
        assertEquals(32, vault.idKey(pool(SEALED)).length);
        assertTrue(vault.canFill(pool(SEALED)));
        assertFalse(vault.opens(pool(SEALED)));
        assertEquals("key.missing", refused(() -> vault.session(pool(SEALED), session.id())));
        assertEquals("key.missing", refused(() -> desk.addRecipient(SEALED, Recipient.of("x", appliance).text())));
        assertEquals("key.missing", refused(() -> desk.forgetKey(SEALED)));
        assertTrue(desk.state(SEALED).sealed());
    }

    @Test
    void theOwnersKeyOpensASealedPoolUntilItIsTakenAwayAgain() throws BackupException {
        Session session = session(SEALED);
        assertEquals(List.of(SEALED), desk.importKey(null, RecoveryFile.owner(owner).text()));
        assertNotNull(vault.session(pool(SEALED), session.id()).chunkKey(new ChunkId(1, 2, 3, 4)));
        restart();
        assertNotNull(vault.session(pool(SEALED), session.id()));
        desk.forgetKey(SEALED);
        assertEquals("key.missing", refused(() -> vault.session(pool(SEALED), session.id())));
        restart();
        assertEquals("key.missing", refused(() -> vault.keys(pool(SEALED))));
        assertTrue(vault.canFill(pool(SEALED)));
    }

    @Test
    void keyFilesCanBeReadByTheirOwnerOnly() throws Exception {
        try (Stream<Path> files = Files.walk(home.resolve("keys"))) {
            for (Path file : files.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------", mode, file.toString());
            }
        }
    }

    @Test
    void oneMoreRecipientReadsOldAndNew() throws BackupException {
        Session before = session(OPEN);
        Keys.State state = desk.addRecipient(OPEN, Recipient.of("Ann", owner).text());
        assertEquals(List.of("appliance", "Ann"), state.recipients().stream().map(Keys.Reader::name).toList());
        assertEquals(List.of(true, false), state.recipients().stream().map(Keys.Reader::here).toList());
        assertEquals(List.of(2), onVolume);
        PoolKeys owners = ring(OPEN).unlock(owner);
        assertNotNull(owners.session(before.sealed()));
        assertNotNull(owners.session(session(OPEN).sealed()));
        assertNotNull(vault.session(pool(OPEN), before.id()));
    }

    @Test
    void aRevokedRecipientIsRefusedOnWhatIsWrittenAfter() throws BackupException {
        desk.addRecipient(OPEN, Recipient.of("Ann", owner).text());
        KeyRing kept = ring(OPEN);
        Session before = session(OPEN);
        desk.removeRecipient(OPEN, owner.id());
        Session after = session(OPEN);

        assertEquals("key.wrong", refused(() -> ring(OPEN).unlock(owner)));
        PoolKeys revoked = KeyRing.unlockNewest(List.of(kept, ring(OPEN)), owner);
        assertNotNull(revoked.session(before.sealed()));
        assertEquals("key.epoch", refused(() -> revoked.session(after.sealed())));
        assertEquals("key.wrong", refused(() -> desk.importKey(OPEN, RecoveryFile.owner(owner).text())));
        // the one who stays opens both
        assertNotNull(vault.session(pool(OPEN), before.id()));
        assertNotNull(vault.session(pool(OPEN), after.id()));
        restart();
        assertNotNull(vault.session(pool(OPEN), after.id()));
        assertEquals(List.of(2, 3), onVolume);
    }

    @Test
    void aRecoveryFileThatAPassphraseClosesIsOpenedWithIt() throws BackupException {
        session(SEALED);
        String file = RecoveryFile.owner(owner).protectedBy("a word".toCharArray()).text();
        assertEquals("key.passphrase", refused(() -> desk.importKey(null, file)));
        assertEquals("key.passphrase", refused(() -> desk.importKey(null, file, "another")));
        assertFalse(vault.opens(pool(SEALED)));
        assertEquals(List.of(SEALED), desk.importKey(null, file, "a word"));
        assertTrue(vault.opens(pool(SEALED)));
        assertEquals(List.of(SEALED), desk.importKey(null, RecoveryFile.owner(owner).text(), "of no use"));
    }

    @Test
    void aNewEpochWantsANewRecoveryFile() throws BackupException {
        desk.importKey(OPEN, RecoveryFile.of(OPEN, appliance, ring(OPEN)).text());
        assertNotNull(pool(OPEN).keyExported(), "who brings a recovery file has one");
        desk.addRecipient(OPEN, Recipient.of("Ann", owner).text());
        assertNotNull(pool(OPEN).keyExported());
        desk.removeRecipient(OPEN, owner.id());
        assertNull(pool(OPEN).keyExported());
        assertEquals("key.unexported", refused(() -> desk.forgetKey(OPEN)));
        assertTrue(vault.opens(pool(OPEN)));
    }

    @Test
    void aServerThatRemovesItselfGoesOnFilling() throws BackupException {
        byte[] idKey = vault.idKey(pool(OPEN));
        desk.addRecipient(OPEN, Recipient.of("Ann", owner).text());
        Session before = session(OPEN);
        assertTrue(desk.removeRecipient(OPEN, appliance.id()).sealed());
        assertArrayEquals(idKey, vault.idKey(pool(OPEN)));
        assertEquals("key.missing", refused(() -> vault.session(pool(OPEN), before.id())));
        restart();
        assertArrayEquals(idKey, vault.idKey(pool(OPEN)));
        assertNotNull(ring(OPEN).unlock(owner).session(before.sealed()));
    }

    @Test
    void aChangeThatTheCatalogDoesNotTakeChangesNothing() throws BackupException {
        desk.addRecipient(OPEN, Recipient.of("Ann", owner).text());
        rows.fault = BackupException.device("catalog.io", "", "disk full", null);
        assertEquals("catalog.io", refused(() -> desk.removeRecipient(OPEN, appliance.id())));
        assertEquals(2, ring(OPEN).number());
        assertTrue(vault.opens(pool(OPEN)));
        restart();
        assertTrue(vault.opens(pool(OPEN)));
        assertEquals(List.of(2), onVolume);
    }

    @Test
    void aRingMadeElsewhereMustFollowAndBeGenuine() throws BackupException {
        KeyRing ring = ring(SEALED);
        PoolKeys keys = ring.unlock(owner);
        KeyRing next = ring.with(keys, Recipient.of("Bob", appliance));
        desk.replaceRing(SEALED, next.encoded());
        assertEquals(2, ring(SEALED).number());
        assertEquals("keyring.order", refused(() -> desk.replaceRing(SEALED, next.encoded())));
        // a stranger's ring of the right number: he has opened one of his own
        KeyRing strangers = KeyRing.create(List.of(Recipient.of("stranger", appliance)));
        for (int i = 0; i < 2; i++) {
            strangers = strangers.with(strangers.unlock(appliance), Recipient.of("again", appliance));
        }
        byte[] forged = strangers.encoded();
        assertEquals("keyring.forged", refused(() -> desk.replaceRing(SEALED, forged)));
        assertEquals("keyring.corrupt", refused(() -> desk.replaceRing(SEALED, new byte[10])));
        assertEquals(List.of(2), onVolume);
    }

    @Test
    void aKeyThatComesBeforeItsPoolOpensWhatDrivesHaveSealed() throws BackupException {
        PoolName later = new PoolName("tape");
        RecipientKey key = RecipientKey.generate();
        byte[] idKey = PoolKeys.newIdKey();
        String file = RecoveryFile.of(later, key, KeyRing.create(List.of(Recipient.of("appliance", key)), idKey)).text();
        assertEquals("pool.unknown", refused(() -> desk.importKey(later, file)));
        assertEquals(List.of(later), desk.importKey(null, file));
        restart();
        assertArrayEquals(TapeKeys.secret(idKey), vault.tapeSecret(later));
        assertNull(vault.tapeSecret(OPEN));
        vault.forget(later);
        assertNull(vault.tapeSecret(later));
        rows.snapshots = 1;
        assertEquals("key.wrong", refused(() -> desk.importKey(null, file)));
        assertNull(vault.tapeSecret(later));
    }

    @Test
    void theWrongKeyIsRefused() throws BackupException {
        RecipientKey wrong = RecipientKey.generate();
        assertEquals("key.wrong", refused(() -> desk.importKey(null, RecoveryFile.owner(wrong).text())));
        assertEquals("key.wrong", refused(() -> desk.importKey(SEALED, RecoveryFile.of(OPEN, appliance, ring(OPEN)).text())));
        assertEquals("pool.unknown", refused(() -> desk.importKey(new PoolName("none"), RecoveryFile.owner(owner).text())));
        assertEquals("recovery.corrupt", refused(() -> desk.importKey(null, "hello")));
        assertFalse(vault.opens(pool(SEALED)));
    }

    @Test
    void aForgedRingOfTheSameNameIsNotOpened() throws BackupException {
        String recovery = RecoveryFile.of(OPEN, appliance, ring(OPEN)).text();
        vault.forget(OPEN);
        put(OPEN, KeyRing.create(List.of(Recipient.of("appliance", appliance))), null);
        assertEquals("keyring.forged", refused(() -> desk.importKey(null, recovery)));
    }

    @Test
    void whoLostThePassphraseRestoresWithTheSheet() throws BackupException {
        Session session = session(OPEN);
        String sheet = RecoveryFile.of(OPEN, appliance, ring(OPEN)).sheetLines();
        String closed = RecoveryFile.of(OPEN, appliance, ring(OPEN)).protectedBy("lost".toCharArray()).text();
        vault.forget(OPEN);
        restart();
        assertFalse(vault.canFill(pool(OPEN)));
        assertEquals("key.passphrase", refused(() -> desk.importKey(null, closed)));
        assertEquals("key.passphrase", refused(() -> RecoveryFile.parse(closed).key("guessed".toCharArray())));
        assertEquals(List.of(OPEN), desk.importKey(null, sheet));
        assertNotNull(vault.session(pool(OPEN), session.id()));
    }
}
