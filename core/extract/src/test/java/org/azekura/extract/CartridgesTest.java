package org.azekura.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.TapeKeys;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a volume from cartridges, as it is read from its folder. */
class CartridgesTest {

    @TempDir
    static Path shared;

    private static Path key;
    private static List<String> sound;
    private static Reel reel;

    @TempDir
    Path dir;

    /** Nobody writes on them. */
    @BeforeAll
    static void make() throws Exception {
        VolumeMaker.make(shared, 30);
        key = shared.resolve("recovery.txt");
        Called.with(shared.resolve("volume"), "--key", key, "--to", shared.resolve("sound")).exits(0);
        sound = Restored.list(shared.resolve("sound"));
        reel = Reel.of(shared.resolve("volume"), shared);
    }

    @Test
    void aRobotBringsAllOfThem() throws Exception {
        Path to = dir.resolve("to");
        Called.on(reel.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--key", key, "--to", to).exits(0);
        assertEquals(sound, Restored.list(to));
    }

    @Test
    void onlyThoseThatAreNamedAreTouched() throws Exception {
        Path to = dir.resolve("to");
        Called.on(reel.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--barcode", "A00001L8,A00002L8,A00003L8,A00004L8", "--key", key, "--to", to)
                .exits(0);
        assertEquals(sound, Restored.list(to));
        Called missing = Called.on(reel.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--barcode", "A00007L8", "--key", key, "--to", to).exits(1);
        assertTrue(missing.err().contains("blank"), missing::toString);
    }

    @Test
    void theKeyOfAPoolOpensEachOfItsMediaSets() throws Exception {
        Reel second = Reel.ofSet(2, shared.resolve("volume"), Files.createDirectories(dir.resolve("second")));
        Path to = dir.resolve("to");
        Called.on(second.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--key", key, "--to", to).exits(0);
        assertEquals(sound, Restored.list(to));
    }

    @Test
    void aHandIsAskedForOneAfterTheOther() throws Exception {
        Path to = dir.resolve("to");
        try (Reel.Hand hand = new Reel.Hand(reel, "A00002L8")) {
            Called called = Called.on(hand, "/dev/sg1", "--key", key, "--to", to).exits(0);
            assertEquals(sound, Restored.list(to), called::toString);
            assertTrue(hand.asked.get(1).contains("number 1 of the set of \"golden-2\"") && hand.asked.get(2).contains("follows number 2"), hand.asked::toString);
        }
    }

    @Test
    void nobodyIsAskedForOneThatHasLeft() throws Exception {
        Path left = Files.createDirectories(dir.resolve("left"));
        String last = Reel.leaving(shared.resolve("volume"), left, 2);
        Path to = dir.resolve("to");
        try (Reel.Hand hand = new Reel.Hand(new Reel(left), last)) {
            Called called = Called.on(hand, "/dev/sg1", "--key", key, "--to", to).exits(0);
            assertEquals(sound, Restored.list(to), called::toString);
            assertTrue(hand.asked.stream().anyMatch(one -> one.contains("number 3 of")), hand.asked::toString);
            assertTrue(hand.asked.stream().noneMatch(one -> one.contains("number 2 of")), hand.asked::toString);
        }
    }

    @Test
    void whatLiesOnACartridgeThatNobodyHasIsNotRestoredAndNamed() throws Exception {
        Path to = dir.resolve("to");
        Called called = Called.on(reel.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--barcode", "A00001L8,A00002L8", "--key", key, "--to", to)
                .exits(3);
        assertFalse(sound.equals(Restored.list(to)), called::toString);
        assertTrue(called.err().contains("no pack has it"), called::toString);
    }

    @Test
    void whatADriveHasSealedIsOpenedByTheRecoveryFile() throws Exception {
        RecoveryFile recovery = RecoveryFile.parse(Files.readString(key));
        byte[] secret = TapeKeys.secret(KeyRing.parse(recovery.keyRing()).unlock(recovery.key(null)).idKey());
        Reel sealed = Reel.sealed(shared.resolve("volume"), Files.createDirectories(dir.resolve("sealed")), secret);
        Path to = dir.resolve("to");
        Called.on(sealed.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--key", key, "--to", to).exits(0);
        assertEquals(sound, Restored.list(to));
        Called without = Called.on(sealed.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0");
        assertTrue(without.err().contains("was sealed by a drive"), without::toString);
    }

    @Test
    void whatADriveHasSealedIsOpenedByTheSheetAndTheRingOnTheCartridge() throws Exception {
        RecoveryFile recovery = RecoveryFile.parse(Files.readString(key));
        byte[] secret = TapeKeys.secret(KeyRing.parse(recovery.keyRing()).unlock(recovery.key(null)).idKey());
        Reel sealed = Reel.sealed(shared.resolve("volume"), Files.createDirectories(dir.resolve("sealed")), secret);
        Path sheet = Files.writeString(dir.resolve("sheet.txt"), recovery.sheetLines());
        assertNull(RecoveryFile.parse(Files.readString(sheet)).keyRing());
        Path to = dir.resolve("to");
        Called.on(sealed.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--key", sheet, "--to", to).exits(0);
        assertEquals(sound, Restored.list(to));
        Path byHand = dir.resolve("by hand");
        try (Reel.Hand hand = new Reel.Hand(sealed, "A00002L8")) {
            Called called = Called.on(hand, "/dev/sg1", "--key", sheet, "--to", byHand).exits(0);
            assertEquals(sound, Restored.list(byHand), called::toString);
        }
    }

    @Test
    void aSheetOfAnotherPoolOpensNothingThatADriveHasSealed() throws Exception {
        RecoveryFile recovery = RecoveryFile.parse(Files.readString(key));
        byte[] secret = TapeKeys.secret(KeyRing.parse(recovery.keyRing()).unlock(recovery.key(null)).idKey());
        Reel sealed = Reel.sealed(shared.resolve("volume"), Files.createDirectories(dir.resolve("sealed")), secret);
        RecipientKey other = RecipientKey.generate();
        RecoveryFile wrong = RecoveryFile.of(Reel.POOL, other, KeyRing.create(List.of(Recipient.of("other", other))));
        Path sheet = Files.writeString(dir.resolve("sheet.txt"), wrong.sheetLines());
        Called refused = Called.on(sealed.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--key", sheet, "--to", dir.resolve("to"));
        assertTrue(refused.err().contains("was sealed by a drive"), refused::toString);
    }

    @Test
    void whatWasLearntStaysForAnotherRun() throws Exception {
        Path work = dir.resolve("work");
        Object[] list = {"/dev/sg1", "--changer", "/dev/sg0", "--key", key, "--list", "--work", work, "/srv/one.txt"};
        Called first = Called.on(reel.robot(Feeder.NOBODY), list).exits(0);
        assertTrue(first.out().contains("/srv/one.txt"), first::toString);
        assertTrue(Files.exists(work.resolve("notes/library/cartridges")));
        Called.on(reel.robot(Feeder.NOBODY), list).exits(0);
    }

    @Test
    void packsThatARegisterNamesAreNotGoneToAndADamagedOneIsPassedOver() throws Exception {
        VolumeMaker.make(dir, 30);
        Path volume = dir.resolve("volume");
        Path its = dir.resolve("recovery.txt");
        Called.with(volume, "--key", its, "--to", dir.resolve("from folder")).exits(0);
        List<String> expected = Restored.list(dir.resolve("from folder"));
        int packs = RegisterMaker.make(volume);
        Reel registered = Reel.of(volume, Files.createDirectories(dir.resolve("registered")));
        Path to = dir.resolve("to");
        Called called = Called.on(registered.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--key", its, "--verbose", "--to", to).exits(0);
        assertEquals(expected, Restored.list(to));
        assertTrue(called.err().contains("tells what is in " + packs + " packs"), called::toString);
        Path register = volume.resolve("registers/0000000000000001");
        byte[] bytes = Files.readAllBytes(register);
        bytes[bytes.length / 2] ^= 1;
        Files.write(register, bytes);
        Reel damaged = Reel.of(volume, Files.createDirectories(dir.resolve("damaged")));
        Path again = dir.resolve("again");
        Called passed = Called.on(damaged.robot(Feeder.NOBODY), "/dev/sg1", "--changer", "/dev/sg0", "--key", its, "--verbose", "--to", again).exits(0);
        assertEquals(expected, Restored.list(again));
        assertTrue(passed.err().contains("is not used, packs are read"), passed::toString);
    }

    @Test
    void wrongUsageTouchesNothing() {
        Called.on(reel.robot(Feeder.NOBODY), shared.resolve("volume"), "/dev/sg1").exits(2);
        Called.on(reel.robot(Feeder.NOBODY), "/dev/sg1", "/dev/sg2").exits(2);
        Called.with(shared.resolve("volume"), "--changer", "/dev/sg0").exits(2);
    }
}
