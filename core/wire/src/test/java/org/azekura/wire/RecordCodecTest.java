package org.azekura.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.message.Ticket;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.transport.Stream;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final RecordCodec<Message> codec = new RecordCodec<>(Message.class, Stream.MAX_FRAME);

    @Test
    void everyMessageComesBackAsItWas() throws BackupException {
        comesBack(Message.class, codec, 20);
    }

    @Test
    void everyOrderAndResultOfAJobComesBackAsItWas() throws BackupException {
        comesBack(JobOrder.class, new RecordCodec<>(JobOrder.class, 1 << 20), 50);
        comesBack(JobResult.class, new RecordCodec<>(JobResult.class, 1 << 20), 50);
    }

    @Test
    void halfACharacterIsPassedOnAsAReplacement() throws BackupException {
        Failure odd = new Failure("a.b", Failure.Kind.CORRUPT, false, "name \ud800 \udc00x", "line \udbff");
        var back = (ClientReport.JobFailed) codec.decode(codec.encode(new ClientReport.JobFailed(new JobId(1), odd)));
        assertEquals(new Failure("a.b", Failure.Kind.CORRUPT, false, "name \ufffd \ufffdx", "line \ufffd"), back.failure());
    }

    private static <T> void comesBack(Class<T> root, RecordCodec<T> codec, int times) throws BackupException {
        RandomRecords records = new RandomRecords(SEED);
        int types = 0;
        for (Class<?> type : new RecordFamily(root).all()) {
            types++;
            for (int i = 0; i < times; i++) {
                T record = root.cast(records.any(type));
                byte[] bytes = codec.encode(record);
                T back = codec.decode(bytes);
                assertEquals(type, back.getClass());
                // Arrays in records are compared by identity, their bytes by encoding them again.
                assertArrayEquals(bytes, codec.encode(back), () -> "seed " + SEED + ": " + record + " became " + back);
            }
        }
        assertTrue(types > 2, "found only " + types + " types");
    }

    @Test
    void aRowOfAnOlderVersionLacksWhatCameLater() throws BackupException {
        byte[] old = HexFormat.of().parseHex("8300" + "70" + hex("JobOrder.Restore") + "bf" + "65" + hex("paths") + "80" + "66" + hex("dryRun") + "f5" + "ff");
        JobOrder.Restore back = assertInstanceOf(JobOrder.Restore.class, RecordCodec.ofRows(JobOrder.class, 1 << 20).decode(old));
        assertEquals(new JobOrder.Restore(null, List.of(), null, null, null, true), back);
        RecordCodec<JobOrder> strict = new RecordCodec<>(JobOrder.class, 1 << 20);
        assertEquals("message.corrupt", assertThrows(BackupException.class, () -> strict.decode(old)).failure().code());
        byte[] lists = HexFormat.of().parseHex("8300" + "70" + hex("JobOrder.Rebuild") + "bfff");
        assertEquals(new JobOrder.Rebuild(List.of()), RecordCodec.ofRows(JobOrder.class, 1 << 20).decode(lists));
        byte[] unknown = HexFormat.of().parseHex("8300" + "70" + hex("JobOrder.Rebuild") + "bf" + "61" + hex("x") + "01" + "ff");
        assertThrows(BackupException.class, () -> RecordCodec.ofRows(JobOrder.class, 1 << 20).decode(unknown));
    }

    @Test
    void absentValuesStayAbsent() throws BackupException {
        PoolOrder.OpenPool order = new PoolOrder.OpenPool(null, new DeviceName("d"), null, null, null);
        PoolOrder.OpenPool back = assertInstanceOf(PoolOrder.OpenPool.class, codec.decode(codec.encode(order)));
        assertNull(back.newLabel());
        assertNull(back.pool());
        assertEquals(new DeviceName("d"), back.device());
    }

    @Test
    void bytesAreWhatTheGrammarSays() throws BackupException {
        golden("8300" + "6b" + hex("Answer.Done") + "bfff", new Answer.Done());
        golden("8300" + "73" + hex("NodeRequest.OpenJob") + "bf" + "66" + hex("ticket") + "bf" + "66" + hex("ticket") + "4107" + "69" + hex("signature")
                + "420809" + "ff" + "ff", new NodeRequest.OpenJob(new SignedTicket(new byte[] {7}, new byte[] {8, 9})));
        golden("8300" + "66" + hex("Ticket") + "bf" + "63" + hex("job") + "07" + "65" + hex("nonce") + "4101" + "66" + hex("holder") + "62" + hex("c1")
                + "65" + hex("owner") + "62" + hex("c2") + "64" + hex("node") + "62" + hex("n1") + "64" + hex("pool") + "61" + hex("p")
                + "69" + hex("direction") + "65" + hex("STORE") + "6a" + hex("trustGroup") + "50" + "00000000000000010000000000000002"
                + "65" + hex("quota") + "20" + "64" + hex("left") + "20" + "66" + hex("issued") + "820100" + "67" + hex("expires") + "820200" + "ff",
                new Ticket(new JobId(7), new byte[] {1}, new ClientName("c1"), new ClientName("c2"), new NodeName("n1"), new PoolName("p"),
                        Ticket.Direction.STORE, new TrustGroup(1, 2), -1, -1, Instant.ofEpochSecond(1), Instant.ofEpochSecond(2)));
        golden("8300" + "78" + "18" + hex("StreamOpening.ReadChunks") + "bf" + "63" + hex("job") + "1903e8" + "66" + hex("chunks") + "81"
                + "5820" + "00000000000000010000000000000002000000000000000300000000000000ff" + "ff",
                new StreamOpening.ReadChunks(new JobId(1000), List.of(new ChunkId(1, 2, 3, 255))));
        golden("8300" + "76" + hex("NodeReport.PackWritten") + "bf" + "63" + hex("job") + "01"
                + "64" + hex("pack") + "50" + "00000000000000010000000000000002" + "64" + hex("tree") + "f5"
                + "66" + hex("volume") + "50" + "ffffffffffffffff0000000000000000" + "68" + hex("position") + "61" + hex("p")
                + "64" + hex("size") + "1b0000000200000000" + "66" + hex("chunks") + "18ff"
                + "69" + hex("writtenAt") + "82" + "1a65000000" + "01" + "68" + hex("sessions") + "80" + "ff",
                new NodeReport.PackWritten(new JobId(1), new PackId(1, 2), true, new VolumeId(-1, 0), "p", 1L << 33, 255,
                        Instant.ofEpochSecond(0x65000000, 1), List.of()));
        golden("8300" + "78" + "19" + hex("NodeOrder.ConfigureDevice") + "bf" + "66" + hex("device") + "61" + hex("d") + "66" + hex("driver")
                + "64" + hex("disk") + "68" + hex("settings") + "bf" + "64" + hex("path") + "62" + hex("/p") + "ffff",
                new DeviceOrder.ConfigureDevice(new DeviceName("d"), "disk", Map.of("path", "/p")));
        golden("8300" + "76" + hex("NodeOrder.ChangeDriver") + "bf" + "66" + hex("upload") + "62" + hex("0a") + "66" + hex("update") + "f5"
                + "65" + hex("trust") + "bf" + "6c" + hex("certificates") + "81" + "420102" + "6b" + hex("development") + "f4" + "ffff",
                new DriverOrder.ChangeDriver("0a", true, new PublisherTrust(List.of(new byte[] {1, 2}), false)));
        golden("8300" + "78" + "1a" + hex("StreamOpening.BringPackage") + "bf" + "66" + hex("upload") + "62" + hex("0a") + "65" + hex("bytes")
                + "1a10000000" + "ff", new StreamOpening.BringPackage("0a", 256L << 20));
        golden("8300" + "74" + hex("Answer.DriverChanged") + "bf" + "66" + hex("driver") + "bf" + "64" + hex("name") + "64" + hex("disk")
                + "67" + hex("version") + "65" + hex("1.4.0") + "69" + hex("publisher") + "61" + hex("A") + "65" + hex("state") + "66" + hex("ACTIVE")
                + "67" + hex("devices") + "81" + "61" + hex("d") + "67" + hex("problem") + "60" + "ff" + "69" + hex("backedOut") + "f6" + "ff",
                new DeviceAnswer.DriverChanged(new InstalledDriver("disk", "1.4.0", "A", InstalledDriver.State.ACTIVE, List.of(new DeviceName("d")), ""), null));
    }

    private void golden(String hex, Message message) throws BackupException {
        assertEquals(hex, HexFormat.of().formatHex(codec.encode(message)));
        // Arrays in records are compared by identity, their bytes by encoding them again.
        assertEquals(hex, HexFormat.of().formatHex(codec.encode(codec.decode(HexFormat.of().parseHex(hex)))));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void garbageIsCorruptAndNothingElse() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = (byte) 0x83;
                bytes[1] = 0;
            }
            refused(bytes);
        }
    }

    @Test
    void mutatedMessagesAreUnderstoodOrCorrupt() {
        Random random = new Random(SEED);
        RandomRecords records = new RandomRecords(SEED);
        int refused = 0;
        for (Class<?> type : new RecordFamily(Message.class).all()) {
            byte[] sound = codec.encode((Message) records.any(type));
            for (int i = 0; i < 300; i++) {
                byte[] bytes = Arrays.copyOf(sound, random.nextInt(8) == 0 ? random.nextInt(sound.length) : sound.length);
                for (int n = random.nextInt(3); n >= 0 && bytes.length > 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                refused += understood(bytes) ? 0 : 1;
            }
        }
        assertTrue(refused > 1000, "seed " + SEED + ": only " + refused + " refused");
    }

    private void refused(byte[] bytes) {
        BackupException e = assertThrows(BackupException.class, () -> codec.decode(bytes), () -> "seed " + SEED);
        assertEquals("message.corrupt", e.failure().code());
    }

    private boolean understood(byte[] bytes) {
        try {
            codec.decode(bytes);
            return true;
        } catch (BackupException e) {
            assertEquals("message.corrupt", e.failure().code());
            return false;
        }
    }

    @Test
    void refusesWhatIsNotExactlyOneMessage() {
        byte[] done = codec.encode(new Answer.Done());
        refused(Arrays.copyOf(done, done.length + 1));
        refused(Arrays.copyOf(done, done.length - 1));
        refusedHex("8301" + "6b" + hex("Answer.Done") + "a0");
        refusedHex("8300" + "6b" + hex("Answer.Gone") + "a0");
        refusedHex("8300" + "6b" + hex("Answer.Done") + "a1" + "61" + hex("x") + "00");
        refusedHex("8400" + "6b" + hex("Answer.Done") + "a0" + "00");
        refusedHex("8300" + "6e" + hex("Answer.Flushed") + "a0");
        refusedHex("8300" + "6e" + hex("Answer.Flushed") + "a1" + "66" + hex("stored") + "61" + hex("1"));
        refusedHex("8300" + "6e" + hex("Answer.Flushed") + "a1" + "66" + hex("stored") + "f6");
        refusedHex("8300" + "6e" + hex("Answer.Missing") + "a1" + "66" + hex("chunks") + "f6");
        refusedHex("8300" + "6e" + hex("Answer.Missing") + "a1" + "66" + hex("chunks") + "81f6");
        refusedHex("8300" + "6e" + hex("Answer.Missing") + "a1" + "66" + hex("chunks") + "8141ff");
    }

    private void refusedHex(String hex) {
        refused(HexFormat.of().parseHex(hex));
    }

    @Test
    void deepNestingAndFalseLengthsCostNothing() {
        byte[] deep = new byte[1 << 20];
        Arrays.fill(deep, (byte) 0x81);
        System.arraycopy(HexFormat.of().parseHex("8300" + "6e" + hex("Answer.Missing") + "a1" + "66" + hex("chunks")), 0, deep, 0, 25);
        refused(deep);
        refusedHex("8300" + "6e" + hex("Answer.Missing") + "a1" + "66" + hex("chunks") + "9a7fffffff");
        refusedHex("8300" + "6c" + hex("Answer.Known") + "a1" + "64" + hex("bits") + "5a7ffffff0");
        refusedHex("8300" + "6c" + hex("Answer.Known") + "a1" + "64" + hex("bits") + "5b7fffffffffffffff");
    }

    @Test
    void refusesWhatIsTooLargeBeforeReadingIt() {
        RecordCodec<Message> small = new RecordCodec<>(Message.class, 100);
        assertThrows(IllegalArgumentException.class, () -> small.encode(new ChunkAnswer.Known(new byte[100])));
        BackupException e = assertThrows(BackupException.class, () -> small.decode(new byte[101]));
        assertEquals("message.corrupt", e.failure().code());
    }

    @Test
    void namesAreShortAndStable() {
        assertEquals("RestoreBatch", RecordFamily.nameOf(org.azekura.api.message.RestoreBatch.class));
        assertEquals("ClientOrder.Cancel", RecordFamily.nameOf(ClientOrder.Cancel.class));
        assertEquals("NodeOrder.OpenPool", RecordFamily.nameOf(PoolOrder.OpenPool.class), "not after the part that declares it");
        assertEquals("JobResult.Backup", RecordFamily.nameOf(JobResult.Backup.class));
    }

    @Test
    void aMessageOfAnotherTypeIsCorrupt() throws BackupException {
        ByteBuffer frame = MessageCodec.encode(new StreamOpening.RestoreBatches(new JobId(1)));
        assertEquals(new JobId(1), MessageCodec.decode(frame, StreamOpening.RestoreBatches.class).job());
        BackupException e = assertThrows(BackupException.class, () -> MessageCodec.decode(frame, StreamOpening.StoreChunks.class));
        assertEquals("message.corrupt", e.failure().code());
    }

    @Test
    void rangesOfAProblemComeBack() throws BackupException {
        RecordCodec<JobResult> results = new RecordCodec<>(JobResult.class, 1 << 20);
        JobResult result = new JobResult.Backup(new SnapshotId(1, 2), 1, 2, 3,
                List.of(new PathProblem(RawPath.of("/a"), "torn", List.of(new PathProblem.Range(1, 5)))), List.of());
        assertEquals(result, results.decode(results.encode(result)));
    }
}
