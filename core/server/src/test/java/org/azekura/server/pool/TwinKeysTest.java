package org.azekura.server.pool;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.TwinSeal;
import org.azekura.engine.volume.SigningKey;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two homes on one catalog: which keys of pools each of them has. */
@Timeout(120)
class TwinKeysTest {

    private static final PoolName MAIN = new PoolName("main");

    @TempDir
    Path dir;

    private final RecipientKey key = RecipientKey.generate();
    private CatalogDoor door;
    private boolean shared = true;
    private PoolVault first;
    private PoolVault second;
    private PoolVault bringer;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(dir);
        Files.createDirectory(dir.resolve("one"));
        first = vault("one");
        Files.createDirectory(dir.resolve("two"));
        Files.copy(dir.resolve("one/signing-key"), dir.resolve("two/signing-key"));
        second = vault("two");
    }

    @AfterEach
    void close() {
        door.close();
    }

    private PoolVault vault(String home) throws BackupException {
        return vault(home, door.catalog());
    }

    private PoolVault vault(String home, CatalogStore catalog) throws BackupException {
        SigningKey signer = SigningKey.loadOrCreate(dir.resolve(home).resolve("signing-key"));
        return new PoolVault(dir.resolve(home).resolve("keys"), catalog, new TwinShelf(catalog, new TwinSeal(signer.secretFor("keys of pools")), () -> shared));
    }

    private Pool pool(KeyRing ring) throws BackupException {
        Pool pool = Records.with(Rows.pool(MAIN.value()), "keyRing", ring.encoded());
        door.change(edit -> edit.putPool(pool));
        return pool;
    }

    private Pool pool() throws BackupException {
        return pool(KeyRing.create(List.of(Recipient.of("appliance", key))));
    }

    private List<String> shelf() throws BackupException {
        return List.copyOf(door.catalog().read(view -> view.settings("pool.key/")).values());
    }

    private Path file(String home, String name) {
        return dir.resolve(home).resolve("keys").resolve(name);
    }

    @Test
    void theKeyOfAPoolThatIsMadeLaterComesToTheOther() throws Exception {
        first.keep(MAIN, key);
        Pool pool = pool();
        assertFalse(second.opens(pool));
        second.follow();
        assertTrue(second.opens(pool));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file("two", "main"))));
        KeyRing ring = KeyRing.parse(pool.keyRing());
        try (Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            Session session = new Session(sealer.session(), MAIN, sealer.sealedKey());
            door.change(edit -> edit.putSession(session));
            assertNotNull(second.session(pool, session.id()));
        }
    }

    @Test
    void keysFromBeforeTheOtherCameAreSharedWhenItComes() throws Exception {
        shared = false;
        first.keep(MAIN, key);
        Pool pool = pool();
        assertEquals(List.of(), shelf(), "nobody else is to have it");
        shared = true;
        first.share();
        second.follow();
        assertTrue(second.opens(pool));
        String before = shelf().getFirst();
        first.share();
        assertEquals(before, shelf().getFirst(), "nothing had changed");
        first.shareNothing();
        assertEquals(List.of(), shelf(), "the other is gone for good");
    }

    @Test
    void whoHasTheDatabaseAloneHasNoKey() throws Exception {
        first.keep(MAIN, key);
        first.keepIdKey(MAIN, PoolKeys.newIdKey());
        String row = shelf().getFirst();
        String seed = HexFormat.of().formatHex(key.seed());
        byte[] bytes = Base64.getDecoder().decode(row);
        assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains(seed));
        assertFalse(HexFormat.of().formatHex(bytes).contains(seed));
        TwinSeal other = new TwinSeal(SigningKey.loadOrCreate(dir.resolve("other-key")).secretFor("keys of pools"));
        assertRefused("secret.damaged", () -> other.open(row, "pool.key/main"));
        TwinSeal own = new TwinSeal(SigningKey.loadOrCreate(dir.resolve("one/signing-key")).secretFor("keys of pools"));
        assertRefused("secret.damaged", () -> own.open(row, "pool.key/other"));
        assertRefused("secret.damaged", () -> own.open(row.substring(0, 12), "pool.key/main"));
    }

    @Test
    void aKeyThatIsTakenAwayGoesFromTheOtherToo() throws Exception {
        Pool pool = pool();
        first.keep(MAIN, key);
        second.follow();
        byte[] idKey = first.idKey(pool);
        first.keepIdKey(MAIN, idKey);
        first.seal(MAIN);
        second.follow();
        assertFalse(second.opens(pool));
        assertFalse(Files.exists(file("two", "main")));
        assertTrue(second.canFill(pool));
        assertArrayEquals(idKey, second.idKey(pool));
        first.keep(MAIN, key);
        second.follow();
        assertTrue(second.opens(pool), "it was brought again");
    }

    @Test
    void aPoolThatIsSealedFromTheBeginningIsFilledByTheOtherAndNotRead() throws Exception {
        byte[] idKey = PoolKeys.newIdKey();
        Pool pool = pool(KeyRing.create(List.of(Recipient.of("owner", RecipientKey.generate())), idKey));
        first.keepIdKey(MAIN, idKey);
        second.follow();
        assertTrue(second.canFill(pool));
        assertFalse(second.opens(pool));
    }

    @Test
    void nothingOldTakesTheKeyOfANewPoolAway() throws Exception {
        byte[] former = PoolKeys.newIdKey();
        first.keep(MAIN, RecipientKey.generate());
        first.keepIdKey(MAIN, former);
        second.follow();
        String old = shelf().getFirst();
        first.forget(MAIN);
        String gone = shelf().getFirst();
        second.follow();
        assertFalse(Files.exists(file("two", "main")) || Files.exists(file("two", "_id/main")));

        first.keep(MAIN, key);
        Pool pool = pool();
        second.follow();
        for (String replayed : List.of(old, gone, "nonsense")) {
            door.change(edit -> edit.putSetting("pool.key/main", replayed));
            second.follow();
            assertTrue(second.opens(pool), replayed);
            assertFalse(Files.exists(file("two", "_id/main")), "that of the pool before would name chunks");
        }
        first.share();
        assertNotEquals("nonsense", shelf().getFirst());
        assertTrue(first.opens(pool) && second.opens(pool));
    }

    /** A pool was deleted and made anew while the other was away, and its home has the key of before. Nobody wrote down that it went: that was a release before. */
    @Test
    void whoTakesOverWithTheKeyOfThePoolBeforeTakesTheRightOneFromNobody() throws Exception {
        RecipientKey former = RecipientKey.generate();
        Files.writeString(file("two", "main"), HexFormat.of().formatHex(former.seed()));
        first.keep(MAIN, key);
        Pool pool = pool();
        second.follow();
        second.share();
        first.follow();
        assertTrue(first.opens(pool) && second.opens(pool));
        assertEquals(HexFormat.of().formatHex(key.seed()), Files.readString(file("one", "main")));
        assertEquals(HexFormat.of().formatHex(former.seed()), Files.readString(file("two", "_aside/main." + TwinKey.nameOf(former.seed()))), "no key is ever overwritten");
    }

    /** The same where the one with the former key leads before it has seen anything. */
    @Test
    void whoLeadsWithAKeyThatThePoolDoesNotNameSharesNone() throws Exception {
        Files.writeString(file("two", "main"), HexFormat.of().formatHex(RecipientKey.generate().seed()));
        shared = false;
        first.keep(MAIN, key);
        Pool pool = pool();
        shared = true;
        second.share();
        assertEquals(List.of(), shelf());
        first.share();
        second.follow();
        second.share();
        first.follow();
        assertTrue(first.opens(pool) && second.opens(pool));
    }

    /** Deleted and made anew before the other came: what went is written down all the same. */
    @Test
    void theKeyOfADeletedPoolGoesFromOneThatComesLater() throws Exception {
        shared = false;
        first.keep(MAIN, key);
        pool();
        Files.copy(file("one", "main"), file("two", "main"));
        first.forget(MAIN);
        door.change(edit -> edit.deletePool(MAIN));
        shared = true;
        second.follow();
        assertFalse(Files.exists(file("two", "main")));
    }

    @Test
    void aPoolThatWasSealedWhileTheOtherWasAwayStaysSealed() throws Exception {
        shared = false;
        Pool pool = pool();
        first.keep(MAIN, key);
        Files.copy(file("one", "main"), file("two", "main"));
        first.keepIdKey(MAIN, first.idKey(pool));
        first.seal(MAIN);
        shared = true;
        second.follow();
        second.share();
        first.follow();
        assertFalse(first.opens(pool));
        first.share();
        second.follow();
        assertFalse(second.opens(pool));
        assertArrayEquals(first.idKey(pool), second.idKey(pool));
    }

    /** It was sealed by a release that wrote nothing down. Whoever begins first. */
    @Test
    void aPoolThatWasSealedBeforeKeysWereSharedStaysSealed() throws Exception {
        Pool pool = pool();
        Files.writeString(file("two", "main"), HexFormat.of().formatHex(key.seed()));
        Files.writeString(file("one", "_id/main"), HexFormat.of().formatHex(KeyRing.parse(pool.keyRing()).unlock(key).idKey()));
        second.share();
        first.follow();
        first.share();
        assertFalse(first.opens(pool), "the other's key is no act");
        door.change(edit -> edit.deleteSetting("pool.key/main"));
        first.share();
        second.follow();
        second.share();
        first.follow();
        assertFalse(first.opens(pool));
        assertTrue(second.opens(pool), "nobody said that this key goes");
        first.keep(MAIN, key);
        assertTrue(first.opens(pool));
    }

    /** Sealed once, and opened again, before keys were shared. */
    @Test
    void bothKeysOfAHomeFromBeforeCome() throws Exception {
        Pool pool = pool();
        Files.writeString(file("one", "main"), HexFormat.of().formatHex(key.seed()));
        Files.writeString(file("one", "_id/main"), HexFormat.of().formatHex(KeyRing.parse(pool.keyRing()).unlock(key).idKey()));
        first.share();
        second.follow();
        assertTrue(second.opens(pool));
        assertTrue(Files.exists(file("two", "_id/main")));
    }

    /** A database that was restored from an older dump. */
    @Test
    void aShelfThatWasSetBackTakesNothingAway() throws Exception {
        Pool pool = pool();
        first.keep(MAIN, key);
        second.follow();
        first.keepIdKey(MAIN, first.idKey(pool));
        first.seal(MAIN);
        second.follow();
        String before = shelf().getFirst();
        first.keep(MAIN, key);
        second.follow();
        assertTrue(first.opens(pool) && second.opens(pool));
        door.change(edit -> edit.putSetting("pool.key/main", before));
        second.follow();
        vault("one").share();
        assertTrue(first.opens(pool) && second.opens(pool));
        Files.delete(file("two", "main"));
        vault("two").follow();
        assertTrue(second.opens(pool), "who leads has put it right");
    }

    @Test
    void aKeyThatIsSealedWhenTheShelfIsSetBackStaysSealed() throws Exception {
        Pool pool = pool();
        first.keep(MAIN, key);
        second.follow();
        String before = shelf().getFirst();
        first.keepIdKey(MAIN, first.idKey(pool));
        first.seal(MAIN);
        second.follow();
        door.change(edit -> edit.putSetting("pool.key/main", before));
        first.share();
        second.follow();
        assertFalse(first.opens(pool) || second.opens(pool));
    }

    @Test
    void oneDamagedKeyKeepsNoOtherFromBeingShared() throws Exception {
        first.keep(MAIN, key);
        pool();
        door.change(edit -> edit.putPool(Records.with(Rows.pool("a"), "keyRing", KeyRing.create(List.of(Recipient.of("appliance", key))).encoded())));
        shared = false;
        first.shareNothing();
        shared = true;
        Files.writeString(file("one", "a"), "garbage");
        assertRefused("key.corrupt", first::share);
        assertEquals(1, shelf().size());
        second.follow();
        assertTrue(Files.exists(file("two", "main")));
        assertEquals("garbage", Files.readString(file("one", "a")));
    }

    /** Killed when the new ring was in the catalog, and the key that it does not name was here still. */
    @Test
    void aRevokedKeyGoesAtTheNextStart() throws Exception {
        first.keep(MAIN, key);
        Recipient owner = Recipient.of("owner", RecipientKey.generate());
        pool(KeyRing.create(List.of(Recipient.of("appliance", key), owner)));
        second.follow();
        KeyDesk desk = new KeyDesk(KeysDoor.killedAfterWriting(door.catalog()), first, pool -> {});
        assertThrows(IllegalStateException.class, () -> desk.removeRecipient(MAIN, TwinKey.nameOf(key.seed())));
        assertTrue(Files.exists(file("one", "main")));
        second.follow();
        vault("one").follow();
        assertFalse(Files.exists(file("one", "main")) || Files.exists(file("two", "main")));
        assertTrue(second.canFill(door.catalog().read(view -> view.pool(MAIN)).orElseThrow()));
    }

    private interface Meanwhile {
        void run() throws Exception;
    }

    /** Does something once, behind the first read. */
    private CatalogStore looked(Meanwhile then) {
        AtomicBoolean done = new AtomicBoolean();
        return (CatalogStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {CatalogStore.class}, (proxy, method, arguments) -> {
            Object answer = method.invoke(door.catalog(), arguments);
            if (method.getName().equals("read") && done.compareAndSet(false, true)) {
                then.run();
            }
            return answer;
        });
    }

    /** A key is brought while another thread looks at a shelf that says it is gone. */
    @Test
    void aKeyThatIsBroughtMeanwhileStays() throws Exception {
        Pool pool = pool();
        first.keep(MAIN, key);
        second.follow();
        first.keepIdKey(MAIN, first.idKey(pool));
        first.seal(MAIN);
        AtomicReference<Thread> bringing = new AtomicReference<>();
        PoolVault looking = vault("two", looked(() -> {
            CountDownLatch begun = new CountDownLatch(1);
            bringing.set(Thread.startVirtualThread(() -> {
                begun.countDown();
                assertDoesNotThrow(() -> bringer.keep(MAIN, key));
            }));
            begun.await();
            while (bringing.get().getState() != Thread.State.TERMINATED && bringing.get().getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }));
        bringer = looking;
        looking.follow();
        bringing.get().join();
        assertTrue(vault("two").opens(pool));
    }

    /** Killed when the shelf said so, and the file was there still. */
    @Test
    void whatWasToGoGoesAtTheNextStart() throws Exception {
        pool();
        first.keep(MAIN, key);
        byte[] kept = Files.readAllBytes(file("one", "main"));
        door.change(edit -> edit.deletePool(MAIN));
        first.forget(MAIN);
        Files.write(file("one", "main"), kept);
        vault("one").share();
        assertFalse(Files.exists(file("one", "main")));
    }

    @Test
    void noExportAndNoCheckpointHasThem() throws Exception {
        pool();
        door.change(edit -> edit.putSetting("site.main", "Tokyo"));
        List<Object> said = said();
        first.keep(MAIN, key);
        assertEquals(1, shelf().size());
        assertEquals(said, said());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        door.catalog().exportTo(file);
        String text = file.toString(StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("site.main"));
        assertFalse(text.contains("pool.key/") || text.contains(shelf().getFirst()));
    }

    private List<Object> said() throws BackupException {
        return door.catalog().read(view -> {
            List<Object> all = new ArrayList<>(WrittenPrivate.of(view));
            all.addAll(WrittenConfiguration.of(view, KeyRing.parse(view.pool(MAIN).orElseThrow().keyRing())));
            return all;
        });
    }
}
