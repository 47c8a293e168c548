package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.storagenode.pool.VolumeKeys;
import org.junit.jupiter.api.Test;

/** The audit log on its way to a volume and back. */
class NodeAuditTest extends OnOneNode {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("r", RecipientKey.generate())));

    private static AuditSegment segment(long number) {
        AuditSegment.Line line = new AuditSegment.Line(number, Instant.EPOCH, Instant.EPOCH, "user ann", "", "POST jobs", "", "done", new byte[32]);
        return AuditSegment.of(FakeServer.APPLIANCE, new byte[32], List.of(line), RING, new byte[32]);
    }

    private void store(byte[] segment) throws BackupException {
        try (Stream stream = bench.server.stream(new StreamOpening.StoreAudit(NodeBench.POOL))) {
            stream.send(ByteBuffer.wrap(segment), LONG);
            stream.endSending();
            assertNull(stream.receive(LONG));
        }
    }

    private List<ByteBuffer> all() throws BackupException {
        List<ByteBuffer> all = new ArrayList<>();
        try (Stream stream = bench.server.stream(new StreamOpening.ReadAudit(NodeBench.POOL))) {
            stream.endSending();
            for (ByteBuffer frame = stream.receive(LONG); frame != null; frame = stream.receive(LONG)) {
                all.add(frame);
            }
        }
        return all;
    }

    @Test
    void everySegmentStaysAndComesBackInTheOrderOfTheLog() throws Exception {
        assertEquals(List.of(), all());
        AuditSegment tenth = segment(10);
        AuditSegment second = segment(2);
        AuditSegment again = segment(2);
        for (AuditSegment each : List.of(tenth, second, again, tenth)) {
            store(each.encoded());
        }
        assertEquals(3, store.keys("audit/").size(), "what was there already is written once");
        bench.reopen();
        List<ByteBuffer> all = all();
        assertEquals(ByteBuffer.wrap(tenth.encoded()), all.getLast());
        assertTrue(all.subList(0, 2).containsAll(List.of(ByteBuffer.wrap(second.encoded()), ByteBuffer.wrap(again.encoded()))));
    }

    @Test
    void nothingIsStoredWhereTheVolumeIsNot() throws Exception {
        store.delete(VolumeKeys.LABEL);
        assertThrows(BackupException.class, () -> store(segment(1).encoded()));
        assertEquals(List.of(), store.keys("audit/"));
    }

    @Test
    void whatIsNoneIsNotStored() throws Exception {
        assertThrows(BackupException.class, () -> store(new byte[] {1, 2, 3}));
        assertEquals(List.of(), store.keys("audit/"));
    }
}
