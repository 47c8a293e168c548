package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.seal.TapeKeys;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.volume.CartridgeKey;
import org.azekura.storagenode.cartridge.volume.Sealing;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cartridges that drives seal. */
class SealingTest {

    private static final byte[] SECRET = Blobs.random(new Random(3), 32);
    private static final int PACK = 1_200_000;

    @TempDir
    Path dir;
    private final Chosen supply = Chosen.ofSix();
    private Cartridges cartridges;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1, supply);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private BlobStore pool(byte[] secret, boolean seals) {
        cartridges.store().sealing(Cartridges.POOL, new Sealing(secret, seals));
        return cartridges.pool(Cartridges.POOL);
    }

    private BlobStore made(boolean seals) throws BackupException {
        Blobs.put(pool(SECRET, seals), "keyring-1", new byte[] {7, 7});
        return cartridges.labelled(Cartridges.POOL);
    }

    private static byte[] put(BlobStore pool, String key) throws BackupException {
        return Blobs.put(pool, key, Blobs.random(new Random(key.hashCode()), PACK));
    }

    /** What a drive that has no key, or this one, reads from the beginning on; a block that it can't open ends it. */
    private List<String> read(String barcode, byte[] key) throws BackupException {
        Drive drive = cartridges.load(barcode, 0);
        drive.encryption(key);
        List<String> read = new ArrayList<>();
        try {
            ByteBuffer into = ByteBuffer.allocate(1 << 20);
            for (ReadResult result = drive.read(into); !(result instanceof ReadResult.EndOfData); result = drive.read(into.clear())) {
                read.add(result.getClass().getSimpleName());
            }
        } catch (BackupException e) {
            read.add(e.failure().code());
        }
        drive.unload();
        return read;
    }

    @Test
    void theLabelAndItsRingsArePlainAndTheRestIsNot() throws Exception {
        byte[] pack = put(made(true), "packs/1");
        assertArrayEquals(pack, Blobs.get(cartridges.pool(Cartridges.POOL), "packs/1", 0, PACK));
        cartridges.close();
        cartridges.open();
        // label, ring, and that both are there, each with a filemark
        assertEquals(List.of("Block", "Filemark", "Block", "Filemark", "Block", "Filemark", "media.key"), read("A00001L8", null));
        assertEquals("media.key", read("A00001L8", SECRET).getLast(), "the secret itself is the key of nothing");
        VolumeId volume = Label.parse(Cartridges.label(Cartridges.POOL)).volume();
        assertEquals("Filemark", read("A00001L8", TapeKeys.cartridge(SECRET, volume)).getLast());
    }

    @Test
    void isReadAfterAStartWithTheSecretAndRefusedWithout() throws Exception {
        byte[] pack = put(made(true), "packs/1");
        cartridges.reopen();
        String why = assertRefused("drive.sealed", () -> cartridges.pool(Cartridges.POOL).size("packs/1")).getMessage();
        assertTrue(why.contains("A00001L8") && why.contains("key import"), why);
        BlobStore again = pool(SECRET, true);
        assertArrayEquals(pack, Blobs.get(again, "packs/1", 0, PACK));
        put(again, "packs/2");
        cartridges.forgetNotes();
        cartridges.reopen();
        assertRefused("drive.sealed", () -> cartridges.pool(Cartridges.POOL).size("packs/1"));
        assertEquals(PACK, pool(SECRET, true).size("packs/2"), "all is read anew");
    }

    @Test
    void aWrongSecretOpensNothingAndHarmsNothing() throws Exception {
        byte[] pack = put(made(true), "packs/1");
        cartridges.reopen();
        BlobStore wrong = pool(Blobs.random(new Random(4), 32), true);
        assertRefused("drive.sealed", () -> wrong.read("packs/1", 0, ByteBuffer.allocate(10)));
        cartridges.reopen();
        assertArrayEquals(pack, Blobs.get(pool(SECRET, true), "packs/1", 0, PACK));
    }

    @Test
    void whatWasSealedIsReadWhenNothingIsSealedAnyMore() throws Exception {
        byte[] sealed = put(made(true), "packs/1");
        cartridges.reopen();
        BlobStore now = pool(SECRET, false);
        byte[] plain = put(now, "packs/2");
        assertArrayEquals(sealed, Blobs.get(now, "packs/1", 0, PACK));
        assertArrayEquals(plain, Blobs.get(now, "packs/2", 0, PACK));
    }

    @Test
    void eachCartridgeOfASetHasAKeyOfItsOwn() throws Exception {
        BlobStore pool = made(true);
        for (int i = 0; i < 9; i++) {
            put(pool, "packs/" + i);
        }
        assertFalse(supply.told().isEmpty(), "a second cartridge was begun");
        VolumeId first = Label.parse(Cartridges.label(Cartridges.POOL)).volume();
        cartridges.reopen();
        assertEquals("media.key", read("A00002L8", TapeKeys.cartridge(SECRET, first)).getLast());
        BlobStore again = pool(SECRET, true);
        for (int i = 0; i < 9; i++) {
            assertEquals(PACK, Blobs.get(again, "packs/" + i, 0, PACK).length);
        }
    }

    @Test
    void aResetOfTheDriveCostsTheKeyAndItIsGivenAnew() throws Exception {
        BlobStore pool = made(true);
        put(pool, "packs/1");
        cartridges.faults("write: reset", "read: reset");
        put(pool, "packs/2");
        cartridges.faults();
        assertEquals(PACK, Blobs.get(pool, "packs/1", 0, PACK).length);
        cartridges.reopen();
        assertEquals("media.key", read("A00001L8", null).getLast());
    }

    @Test
    void whatIsPlainIsReadInADriveThatCannotSealAndNothingIsWrittenThere() throws Exception {
        byte[] plain = put(made(false), "packs/1");
        cartridges.reopen();
        cartridges.watched().cannotSeal();
        BlobStore pool = pool(SECRET, true);
        assertArrayEquals(plain, Blobs.get(pool, "packs/1", 0, PACK));
        cartridges.watched().start();
        assertRefused("device.unsupported", () -> put(pool, "packs/2"));
        assertEquals(0, cartridges.watched().count("write"));
        assertArrayEquals(plain, Blobs.get(pool, "packs/1", 0, PACK));
        cartridges.reopen();
        byte[] sealed = put(pool(SECRET, true), "packs/2");
        cartridges.reopen();
        cartridges.watched().cannotSeal();
        assertRefused("drive.sealed", () -> pool(SECRET, true).size("packs/2"));
        cartridges.reopen();
        assertArrayEquals(sealed, Blobs.get(pool(SECRET, true), "packs/2", 0, PACK));
    }

    @Test
    void aDriveThatCannotSealIsRefusedForWhatIsToBeSealedOnly() throws Exception {
        Drive plain = (Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("capabilities")) {
                return new Drive.Capabilities(1, 1 << 20, true, true, true, true, true, false, true);
            }
            try {
                return method.invoke(cartridges.library().drives().getFirst(), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        VolumeId volume = new VolumeId(1, 2);
        new CartridgeKey(Cartridges.POOL, volume, () -> new Sealing(SECRET, false)).give(plain);
        new CartridgeKey(Cartridges.POOL, volume, () -> null).give(plain);
        CartridgeKey sealed = new CartridgeKey(Cartridges.POOL, volume, () -> new Sealing(SECRET, true));
        sealed.give(plain);
        assertRefused("device.unsupported", () -> sealed.require(plain));
        new CartridgeKey(Cartridges.POOL, volume, () -> new Sealing(SECRET, false)).require(plain);
        new CartridgeKey(Cartridges.POOL, volume, () -> null).require(plain);
        assertEquals("sealed by drives", new Sealing(SECRET, true).toString());
    }
}
