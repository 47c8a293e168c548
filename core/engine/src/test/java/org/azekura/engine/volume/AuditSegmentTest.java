package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditSegmentTest {

    private static final RecipientKey KEY = RecipientKey.generate();
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("r", KEY)));
    private static final ApplianceId SELF = new ApplianceId(1, 2);

    private static PoolKeys keys;

    @BeforeAll
    static void unlock() throws BackupException {
        keys = RING.unlock(KEY);
    }

    private static List<AuditSegment.Line> lines(long first, int count) {
        List<AuditSegment.Line> lines = new ArrayList<>();
        for (long number = first; number < first + count; number++) {
            byte[] hash = new byte[32];
            hash[0] = (byte) number;
            lines.add(new AuditSegment.Line(number, Instant.ofEpochSecond(number, 7), Instant.EPOCH, "user ann", "192.0.2.7", "DELETE pools/*", "ä " + number, "done", hash));
        }
        return lines;
    }

    private static AuditSegment segment() throws BackupException {
        return AuditSegment.of(SELF, new byte[32], lines(7, 3), RING, keys.idKey());
    }

    @Test
    void saysInTheClearWhereItBelongsAndSealsWhatWasDone() throws Exception {
        AuditSegment read = AuditSegment.parse(segment().encoded());
        assertEquals(SELF, read.appliance());
        assertEquals("7 9", read.first() + " " + read.last());
        assertArrayEquals(new byte[32], read.before());
        assertArrayEquals(lines(7, 3).getLast().hash(), read.hash());
        assertFalse(new String(read.encoded(), ISO_8859_1).contains("ann"));
        List<AuditSegment.Line> lines = read.open(keys);
        assertEquals(lines(7, 3).stream().map(AuditSegmentTest::text).toList(), lines.stream().map(AuditSegmentTest::text).toList());
        assertTrue(read.isMadeWith(keys.idKey()));
    }

    private static String text(AuditSegment.Line line) {
        return line.number() + " " + line.time() + line.machine() + line.who() + line.from() + line.operation() + line.object() + line.outcome() + Arrays.toString(line.hash());
    }

    /** Whoever stores it has the ring, and with that the key that seals for everybody. */
    @Test
    void oneThatSomebodyMadeWithoutThePoolsIdKeyShows() throws Exception {
        AuditSegment forged = AuditSegment.of(SELF, new byte[32], lines(7, 3), RING, new byte[32]);
        assertEquals(3, forged.open(keys).size(), "it opens");
        assertFalse(forged.isMadeWith(keys.idKey()));
    }

    @Test
    void noByteOfItCanBeChangedUnseen() throws Exception {
        byte[] sound = segment().encoded();
        for (int i = 0; i < sound.length; i++) {
            byte[] changed = sound.clone();
            changed[i] ^= 1;
            try {
                assertFalse(AuditSegment.parse(changed).isMadeWith(keys.idKey()), "byte " + i);
            } catch (BackupException e) {
                assertTrue(List.of("audit.corrupt", "format.version").contains(e.failure().code()), e::getMessage);
            }
        }
        BackupException cut = assertThrows(BackupException.class, () -> AuditSegment.parse(Arrays.copyOf(sound, sound.length - 1)));
        assertEquals("audit.corrupt", cut.failure().code());
    }

    @Test
    void anotherVersionIsNamed() throws Exception {
        byte[] next = segment().encoded();
        next[4]++;
        assertEquals("format.version", assertThrows(BackupException.class, () -> AuditSegment.parse(next)).failure().code());
    }
}
