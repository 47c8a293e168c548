package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people have done in a library, while pools use it. */
class OperatorTest {

    private static final Barcode A1 = new Barcode("A00001L8");
    private static final Barcode A2 = new Barcode("A00002L8");
    private static final Barcode CLEANER = new Barcode("CLN001CU");

    @TempDir
    Path dir;
    private Cartridges cartridges;

    private Operator open(int drives, String... faults) throws Exception {
        cartridges = new Cartridges(dir, drives, faults);
        return operator();
    }

    private Operator operator() {
        return cartridges.store().operator();
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private LibraryAnswer.ElementFound of(Barcode barcode) throws Exception {
        return operator().elements().elements().stream().filter(element -> barcode.equals(element.barcode())).findFirst().orElseThrow();
    }

    private int free(Element.Kind kind) throws Exception {
        return operator().elements().elements().stream().filter(element -> element.kind() == kind && element.filling() == Element.Filling.EMPTY).findFirst()
                .orElseThrow().address();
    }

    private int drive(int number) throws Exception {
        return operator().elements().elements().stream().filter(element -> element.drive() == number).findFirst().orElseThrow().address();
    }

    private void move(int from, int to) throws Exception {
        operator().move(new ElementAddress(from), new ElementAddress(to));
    }

    @Test
    void tellsWhereEverythingIsAndWhoseItWas() throws Exception {
        open(2);
        cartridges.labelled(Cartridges.POOL);
        LibraryAnswer.Elements all = operator().elements();
        assertTrue(all.changer());
        assertEquals(cartridges.store().location(), all.location());
        assertEquals(List.of(1, 2, 2, 8), List.of(Element.Kind.PICKER, Element.Kind.MAIL_SLOT, Element.Kind.DRIVE, Element.Kind.SLOT).stream()
                .map(kind -> (int) all.elements().stream().filter(element -> element.kind() == kind).count()).toList());
        LibraryAnswer.ElementFound first = of(A1);
        assertEquals(Element.Kind.DRIVE, first.kind());
        assertEquals(Cartridges.POOL, first.pool());
        assertEquals(1000, first.source());
        assertEquals(null, of(A2).pool());
        assertFalse(first.used());
    }

    @Test
    void labelsABlankCartridgeOnceAndPutsItBack() throws Exception {
        open(1);
        byte[] label = Cartridges.prepared(Cartridges.POOL, 1);
        LibraryAnswer.CartridgeFound made = operator().label(A2, label);
        assertTrue(made.written() && !made.more(), made.toString());
        assertEquals(Element.Kind.SLOT, of(A2).kind());
        assertEquals(1001, of(A2).address());
        assertEquals(Element.Filling.EMPTY, operator().elements().elements().stream().filter(element -> element.drive() >= 0).findFirst().orElseThrow().filling());
        LibraryAnswer.CartridgeFound again = operator().label(A2, Cartridges.label(Cartridges.OTHER));
        assertFalse(again.written());
        assertArrayEquals(label, again.label());
        assertEquals(LibraryAnswer.Beginning.LABELLED, operator().look(A2).beginning());
        assertEquals(LibraryAnswer.Beginning.BLANK, operator().look(A1).beginning());
    }

    @Test
    void aVolumeThatIsGivenUpMakesRoomForAnotherPool() throws Exception {
        open(1);
        BlobStore old = cartridges.labelled(Cartridges.POOL);
        Blobs.put(old, "packs/1", Blobs.random(new Random(1), 10_000));
        VolumeId volume = cartridges.store().members(Cartridges.POOL).getFirst().volume();
        byte[] label = Cartridges.prepared(Cartridges.OTHER, 1);
        assertFalse(operator().label(A1, label, Cartridges.OTHER, Optional.of(new VolumeId(99, 99))).written());
        assertTrue(operator().label(A1, label, Cartridges.OTHER, Optional.of(volume)).written());
        BlobStore pool = cartridges.store().pool(Cartridges.OTHER, Optional.of(A1));
        Blobs.put(pool, Keys.LABEL, Cartridges.label(Cartridges.OTHER));
        byte[] pack = Blobs.put(pool, "packs/2", Blobs.random(new Random(2), 10_000));
        cartridges.reopen();
        assertArrayEquals(pack, Blobs.get(cartridges.pool(Cartridges.OTHER), "packs/2", 0, pack.length));
        assertEquals(A1, cartridges.store().barcode(Cartridges.OTHER).orElseThrow());
    }

    @Test
    void aLabelThatStandsAloneKeepsOthersAwayAndIsNotTakenForAVolume() throws Exception {
        open(1);
        operator().label(A1, Cartridges.prepared(Cartridges.OTHER, 1));
        cartridges.labelled(Cartridges.POOL);
        assertEquals(Element.Kind.DRIVE, of(A2).kind());
        cartridges.labelled(Cartridges.OTHER);
        byte[] pack = Blobs.put(cartridges.pool(Cartridges.OTHER), "packs/1", Blobs.random(new Random(1), 10_000));
        assertEquals(new Barcode("A00003L8"), cartridges.store().barcode(Cartridges.OTHER).orElseThrow());
        cartridges.reopen();
        cartridges.forgetNotes();
        assertFalse(operator().look(A1).more());
        assertTrue(operator().look(A2).more());
        assertArrayEquals(pack, Blobs.get(cartridges.pool(Cartridges.OTHER), "packs/1", 0, pack.length));
    }

    @Test
    void neverWritesWhatIsNotBlank() throws Exception {
        open(1);
        Drive drive = cartridges.load("A00001L8", 0);
        Tapes.write(drive, 1000, 1, 2);
        Tapes.sync(drive);
        drive.unload();
        cartridges.reopen();
        LibraryAnswer.CartridgeFound found = operator().label(A1, Cartridges.label(Cartridges.POOL));
        assertEquals(LibraryAnswer.Beginning.OTHER, found.beginning());
        assertFalse(found.written() || found.what().isEmpty());
        assertRefused("volume.missing", () -> operator().label(CLEANER, Cartridges.label(Cartridges.POOL)));
        assertRefused("volume.missing", () -> operator().look(new Barcode("A00099L8")));
        assertRefused("volume.quarantined", () -> operator().label(A2, new byte[4096]));
        assertEquals(LibraryAnswer.Beginning.BLANK, operator().look(A2).beginning());
        cartridges.faults("protect A00002L8");
        assertEquals(LibraryAnswer.Beginning.OTHER, operator().label(A2, Cartridges.label(Cartridges.POOL)).beginning());
    }

    @Test
    void saysIfALabelWasNotReadBack() throws Exception {
        open(1, "write of A00001L8: flip bit 77");
        assertRefused("volume.label", () -> operator().label(A1, Cartridges.label(Cartridges.POOL)));
        assertEquals(Element.Kind.SLOT, of(A1).kind());
    }

    @Test
    void takesTheCartridgeOfAPoolAwayOnlyWhenItsBytesAreOnTheTape() throws Exception {
        open(1);
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        byte[] pack = Blobs.put(pool, "packs/1", Blobs.random(new Random(1), 500_000));
        int mail = free(Element.Kind.MAIL_SLOT);
        move(of(A1).address(), mail);
        assertEquals(mail, of(A1).address());
        assertRefused("volume.missing", () -> Blobs.put(pool, "packs/2", pack));
        move(mail, free(Element.Kind.SLOT));
        assertArrayEquals(pack, Blobs.get(pool, "packs/1", 0, pack.length));
        assertArrayEquals(Blobs.put(pool, "packs/3", pack), Blobs.get(pool, "packs/3", 0, pack.length));
    }

    @Test
    void movesWhileAPoolIsWrittenTearNothingOut() throws Exception {
        open(1);
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        byte[] pack = Blobs.random(new Random(1), 300_000);
        Together.run(2, number -> {
            for (int i = 0; number == 0 && i < 12; i++) {
                Blobs.put(pool, "packs/" + i, pack);
            }
            for (int i = 0; number == 1 && i < 4; i++) {
                operator().look(A2);
                LibraryAnswer.ElementFound at = of(A1);
                if (at.kind() == Element.Kind.DRIVE) {
                    move(at.address(), free(Element.Kind.SLOT));
                }
            }
            return null;
        });
        cartridges.crash();
        for (int i = 0; i < 12; i++) {
            assertArrayEquals(pack, Blobs.get(cartridges.pool(Cartridges.POOL), "packs/" + i, 0, pack.length), "packs/" + i);
        }
    }

    @Test
    void passesOnWhatTheRobotRefuses() throws Exception {
        open(2);
        assertRefused("changer.empty", () -> move(free(Element.Kind.SLOT), drive(0)));
        assertRefused("changer.taken", () -> move(of(A1).address(), of(A2).address()));
        assertRefused("changer.address", () -> move(of(A1).address(), 9999));
        move(of(A1).address(), drive(0));
        move(drive(0), drive(1));
        assertEquals(drive(1), of(A1).address());
        assertEquals(LibraryAnswer.Beginning.BLANK, operator().look(A1).beginning());
        assertEquals(drive(1), of(A1).address());
    }

    @Test
    void seesWhatHandsHaveDone() throws Exception {
        open(1);
        cartridges.faults("take A00002L8", "insert A00009L8");
        LibraryAnswer.Elements all = operator().inventory(true);
        assertTrue(all.elements().stream().noneMatch(element -> A2.equals(element.barcode())));
        assertEquals(Element.Kind.MAIL_SLOT, of(new Barcode("A00009L8")).kind());
        assertRefused("volume.missing", () -> operator().look(A2));
    }

    @Test
    void cleansADriveAndPutsAllBack() throws Exception {
        open(1);
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        byte[] pack = Blobs.put(pool, "packs/1", Blobs.random(new Random(1), 10_000));
        int home = of(CLEANER).address();
        LibraryAnswer.DriveCleaned cleaned = operator().clean(0);
        assertEquals(new LibraryAnswer.DriveCleaned(CLEANER, ""), cleaned);
        assertEquals(home, of(CLEANER).address());
        assertEquals(1000, of(A1).address());
        assertArrayEquals(pack, Blobs.get(pool, "packs/1", 0, pack.length));
        assertRefused("device.unknown", () -> operator().clean(1));
        move(home, free(Element.Kind.MAIL_SLOT));
        assertRefused("cleaning.none", () -> operator().clean(0));
    }

    @Test
    void saysThatACleaningCartridgeIsUsedUp() throws Exception {
        open(1);
        LibraryAnswer.DriveCleaned last = operator().clean(0);
        for (int i = 0; i < 60 && last.problem().isEmpty(); i++) {
            last = operator().clean(0);
        }
        assertTrue(last.problem().contains("used up"), last.problem());
        assertEquals(Optional.of(Element.Kind.SLOT), Optional.of(of(CLEANER).kind()));
    }
}
