package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.testkit.device.MemoryStore;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.azekura.wire.Transports;

/** A real node between a fake server and a client that is a few calls long, on real wire and transport. */
final class NodeBench implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(2);
    static final PoolName POOL = new PoolName("default");
    static final DeviceName DEVICE = new DeviceName("d1");
    static final ClientName CLIENT = new ClientName("c1");
    static final TrustGroup GROUP = new TrustGroup(1, 1);
    static final VolumeId VOLUME = new VolumeId(5, 6);

    final long seed = System.nanoTime();
    final TestFrames frames = new TestFrames(seed);
    final LocalTransport transport = new LocalTransport();
    final FakeServer server;
    /** Null if there is one alone. */
    final FakeServer second;
    private final List<Endpoint> servers = new ArrayList<>(List.of(new Endpoint("local", "server")));
    StorageNodeRole role = new StorageNodeRole();
    final FakeDrivers drivers = new FakeDrivers(role);
    private final Path dir;
    private final SigningKey signer;
    private final byte[] keyRing = KeyRing.create(List.of(Recipient.of("test", RecipientKey.generate()))).encoded();

    NodeBench(Path dir) throws Exception {
        this(dir, null);
    }

    /** @param further where another server is; null: there is none */
    NodeBench(Path dir, String further) throws Exception {
        this.dir = dir;
        signer = SigningKey.loadOrCreate(dir.resolve("signer"));
        server = new FakeServer(transport);
        second = further == null ? null : new FakeServer(transport, further);
        if (further != null) {
            servers.add(new Endpoint("local", further));
        }
        start();
    }

    private void start() throws Exception {
        role.start(new NodeName("n1"), "0.1.0", servers, new Transports(transport), drivers, dir.resolve("node"), LONG);
        server.awaitNode();
        if (second != null) {
            second.awaitNode();
        }
    }

    /** The node ends and another begins on the same medium. */
    void restart() throws Exception {
        role.close();
        role = new StorageNodeRole();
        drivers.role = role;
        role.deviceCame(DEVICE, drivers.stores.get(DEVICE));
        start();
        server.order(openOrder(false), PoolAnswer.VolumeReady.class);
    }

    byte[] label(PoolName pool, ApplianceId appliance) {
        return new Label(VOLUME, appliance, pool, "default-1", null, Instant.EPOCH, signer.publicKey()).sign(signer.privateKey());
    }

    PoolOrder.OpenPool openOrder(boolean makeLabel) {
        return new PoolOrder.OpenPool(POOL, DEVICE, FakeServer.APPLIANCE, makeLabel ? label(POOL, FakeServer.APPLIANCE) : null,
                makeLabel ? keyRing : null);
    }

    /** A pool on an empty device. */
    MemoryStore pool() throws BackupException {
        server.done(new DeviceOrder.ConfigureDevice(DEVICE, "memory", Map.of()));
        server.order(openOrder(true), PoolAnswer.VolumeReady.class);
        return drivers.stores.get(DEVICE);
    }

    /** Another pool on an empty device of its own. */
    MemoryStore pool(PoolName pool, DeviceName device) throws BackupException {
        server.done(new DeviceOrder.ConfigureDevice(device, "memory", Map.of()));
        server.order(new PoolOrder.OpenPool(pool, device, FakeServer.APPLIANCE, label(pool, FakeServer.APPLIANCE), keyRing), PoolAnswer.VolumeReady.class);
        return drivers.stores.get(device);
    }

    /** The pool as after a restart of the node: everything is learnt from the volume. */
    PoolAnswer.VolumeReady reopen() throws BackupException {
        server.done(new PoolOrder.ClosePool(POOL));
        return server.order(openOrder(false), PoolAnswer.VolumeReady.class);
    }

    /** Turns over one bit in the sealed part of this frame. */
    void damage(NodeReport.PackWritten pack, ByteBuffer frame) throws BackupException {
        // Found by content: the place within the pack is the node's business.
        flip(pack, frame);
    }

    /** Takes back {@link #damage}. */
    void mend(NodeReport.PackWritten pack, ByteBuffer frame) throws BackupException {
        byte[] damaged = new byte[frame.remaining()];
        frame.duplicate().get(damaged);
        damaged[damaged.length / 2] ^= 1;
        flip(pack, ByteBuffer.wrap(damaged));
    }

    private void flip(NodeReport.PackWritten pack, ByteBuffer frame) throws BackupException {
        MemoryStore store = drivers.stores.get(DEVICE);
        ByteBuffer whole = ByteBuffer.allocate((int) pack.size());
        store.read(pack.position(), 0, whole);
        for (int at = 0; at + frame.remaining() <= pack.size(); at++) {
            if (whole.get(at) == frame.get(0) && whole.slice(at, frame.remaining()).equals(frame)) {
                store.damage(pack.position(), at + frame.remaining() / 2);
                return;
            }
        }
        throw new AssertionError("the frame is not in pack " + pack.pack());
    }

    PackAnswer.Verified verify(PackId... packs) throws BackupException {
        return server.order(new PackOrder.VerifyPacks(new JobId(9), POOL, List.of(packs), false), PackAnswer.Verified.class);
    }

    /** Which of these can't be read, asked for a job of its own. */
    List<ChunkId> missing(List<ChunkId> chunks) throws BackupException {
        JobId job = new JobId(1_000_000);
        server.order(new NodeOrder.PrepareVolume(job, POOL, CLIENT, GROUP, true), PoolAnswer.VolumeReady.class);
        List<ChunkId> missing = server.order(new ChunkOrder.CheckChunks(job, POOL, GROUP, chunks), ChunkAnswer.Missing.class).chunks();
        server.done(new NodeOrder.EndJob(job));
        return missing;
    }

    Client client(int job) throws BackupException {
        return client(job, GROUP, true);
    }

    Client client(int job, TrustGroup group, boolean write) throws BackupException {
        server.order(new NodeOrder.PrepareVolume(new JobId(job), POOL, CLIENT, group, write), PoolAnswer.VolumeReady.class);
        return dial(TestTickets.ticket(new JobId(job), POOL, CLIENT, group, write));
    }

    Client dial(Ticket ticket) throws BackupException {
        Client client = new Client(ticket, CLIENT);
        client.open(TestTickets.sign(ticket));
        return client;
    }

    @Override
    public void close() {
        role.close();
        server.close();
        if (second != null) {
            second.close();
        }
    }

    /** The client's side of one job. */
    final class Client implements AutoCloseable {

        final JobId job;
        final Conversation talk;
        final SessionId session = frames.session();
        private final Ticket ticket;

        /** Connects, and presents nothing yet. */
        Client(Ticket ticket, ClientName self) throws BackupException {
            this.job = ticket.job();
            this.ticket = ticket;
            this.talk = new Conversation(transport.dial("node-n1", "client/" + self, LONG), m -> null).start();
        }

        void open(SignedTicket presented) throws BackupException {
            talk.ask(new NodeRequest.OpenJob(presented), Answer.Done.class, LONG);
        }

        Stream storeStream() throws BackupException {
            Stream stream = talk.connection().open();
            stream.send(MessageCodec.encode(new StreamOpening.StoreChunks(job, session, new byte[] {1, 2, 3})), LONG);
            return stream;
        }

        /** Sends frames of a size for these chunks and flushes; returns what the node says it stored. */
        long store(List<ChunkId> chunks, int size) throws BackupException {
            try (Stream stream = storeStream()) {
                for (ChunkId chunk : chunks) {
                    stream.send(frames.data(session, chunk, size), LONG);
                }
                stream.endSending();
            } catch (BackupException e) {
                // The node has given up the job: the flush tells why.
                assertEquals("transport.closed", e.failure().code());
            }
            return flush();
        }

        long flush() throws BackupException {
            return talk.ask(new NodeRequest.FlushJob(job), ChunkAnswer.Flushed.class, LONG).stored();
        }

        List<ChunkId> newChunks(int count) {
            List<ChunkId> chunks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                chunks.add(frames.id());
            }
            return chunks;
        }

        boolean known(ChunkId chunk) throws BackupException {
            return talk.ask(new NodeRequest.ChunksKnown(job, List.of(chunk)), ChunkAnswer.Known.class, LONG).test(0);
        }

        /** One buffer for each chunk; of what it may only store, by a reader of its own. */
        List<ByteBuffer> read(List<ChunkId> chunks) throws BackupException {
            if (ticket.direction() != Ticket.Direction.STORE) {
                return readHere(chunks);
            }
            try (Client reader = client((int) job.value() + 2_000_000, ticket.trustGroup(), false)) {
                List<ByteBuffer> read = reader.readHere(chunks);
                reader.end();
                return read;
            }
        }

        List<ByteBuffer> readHere(List<ChunkId> chunks) throws BackupException {
            try (Stream stream = talk.connection().open()) {
                stream.send(MessageCodec.encode(new StreamOpening.ReadChunks(job, chunks)), LONG);
                stream.endSending();
                List<ByteBuffer> read = new ArrayList<>();
                for (ByteBuffer frame = stream.receive(LONG); frame != null; frame = stream.receive(LONG)) {
                    read.add(frame);
                }
                return read;
            }
        }

        void end() throws BackupException {
            server.done(new NodeOrder.EndJob(job));
            talk.close();
        }

        @Override
        public void close() {
            talk.close();
        }
    }
}
