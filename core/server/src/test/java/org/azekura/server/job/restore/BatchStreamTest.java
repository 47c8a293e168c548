package org.azekura.server.job.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.server.enrol.JoinedClient;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BatchStreamTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration FULL = Duration.ofSeconds(20);
    /** More answers than either transport keeps for one who does not read them. */
    private static final int MANY = 70_000;
    /** So large that few batches are on their way. */
    private static final int BYTES = 2 << 10;

    @TempDir
    Path home;
    @TempDir
    Path away;

    @Test
    void aLaneOfManyBatchesEndsOverTls() throws Exception {
        try (JoinedClient joined = new JoinedClient(home, away)) {
            Stream server = joined.open();
            server.send(ByteBuffer.allocate(1), LONG);
            Stream client = joined.accept();
            client.receive(LONG);
            manyBatches(server, client);
        }
    }

    @Test
    void aLaneOfManyBatchesEndsWithinOneProcess() throws Exception {
        LocalTransport transport = new LocalTransport();
        CompletableFuture<Connection> accepted = new CompletableFuture<>();
        try (Transport.Listener listener = transport.listen("server", "server/s", accepted::complete);
                Connection client = transport.dial(listener.address(), "client/web1", LONG); Connection server = accepted.get(120, TimeUnit.SECONDS)) {
            Stream sent = server.open();
            manyBatches(sent, client.accept(LONG));
        }
    }

    private static void manyBatches(Stream server, Stream client) throws Exception {
        CompletableFuture<Integer> read = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                read.complete(answered(client));
            } catch (Exception e) {
                client.close();
                read.completeExceptionally(e);
            }
        });
        BatchStream batches = new BatchStream(server, () -> {});
        RestoreBatch batch = new RestoreBatch(new byte[BYTES], List.of(), List.of());
        for (int i = 0; i < MANY; i++) {
            batches.send(batch);
        }
        batches.await(MANY - 1);
        assertTrue(batches.isThrough(MANY - 1));
        server.endSending();
        assertEquals(MANY, read.get(120, TimeUnit.SECONDS));
    }

    /** As a client does: what it is through with it tells when it asks for the next. */
    private static int answered(Stream client) throws BackupException {
        int read = 0;
        while (client.receive(LONG) != null) {
            read++;
            client.send(ByteBuffer.allocate(0), FULL);
        }
        return read;
    }
}
