package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
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
import org.azekura.api.device.BlobStore;
import org.azekura.api.driver.SettingsForm;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.storagenode.driver.Drivers;
import org.azekura.storagenode.driver.Forms;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.azekura.wire.Transports;

/** A real node on one powered period of a device, between a server that keeps the {@link CrashModel} and clients of a few calls. */
final class CrashLife implements AutoCloseable {

    static final PoolName POOL = new PoolName("default");
    static final TrustGroup GROUP = new TrustGroup(1, 1);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final DeviceName DEVICE = new DeviceName("d1");
    private static final ClientName CLIENT = new ClientName("c1");
    private static final AtomicLong JOBS = new AtomicLong();
    private static final byte[] KEY_RING = KeyRing.create(List.of(Recipient.of("test", RecipientKey.generate()))).encoded();

    final CrashModel model;
    final FakeServer server;
    /** One prune at a time. */
    final ReentrantLock pruning = new ReentrantLock();
    /** By the latest prune; guarded by {@link #pruning}. */
    CrashPrune.Counted counted = CrashPrune.Counted.NOTHING;
    private final LocalTransport transport = new LocalTransport();
    private final StorageNodeRole role = new StorageNodeRole();
    private final byte[] label;

    /**
     * @param label  a whole label for the pool's volume, should it have none
     * @param folder of the node, which has not lost power: its index knows what the device may have lost
     */
    CrashLife(BlobStore store, CrashModel model, byte[] label, Path folder) throws Exception {
        this.model = model;
        this.label = label;
        server = new FakeServer(transport);
        server.onPack = report -> model.packs.written(report.pack(), report.job());
        role.deviceCame(DEVICE, store);
        role.start(new NodeName("n1"), "0.1.0", List.of(new Endpoint("local", "server")), new Transports(transport), new NoDrivers(), folder, LONG);
        server.awaitNode();
    }

    static byte[] label(SigningKey signer) {
        return new Label(new VolumeId(5, 6), FakeServer.APPLIANCE, POOL, "default-1", null, Instant.EPOCH, signer.publicKey()).sign(signer.privateKey());
    }

    /** Opens the pool and settles what a crash left undecided, as the server does. */
    void open() throws BackupException {
        model.packs.restart();
        server.order(new PoolOrder.OpenPool(POOL, DEVICE, FakeServer.APPLIANCE, label, KEY_RING), PoolAnswer.VolumeReady.class);
        for (CrashModel.Saved saved : model.undecided()) {
            server.done(new PoolOrder.RemoveManifest(POOL, saved.id()));
            model.deleted(saved.id());
        }
    }

    /** Enters in the catalog what is on the volume; what the catalog has must be there. */
    void census() throws BackupException {
        Set<PackId> known = model.packs.known();
        Set<PackId> listed = packs().stream().map(PackAnswer.PackOnVolume::pack).collect(Collectors.toSet());
        if (!listed.containsAll(known)) {
            throw new AssertionError("packs that the server was told of are gone");
        }
        model.packs.found(listed);
    }

    List<PackAnswer.PackOnVolume> packs() throws BackupException {
        List<PackAnswer.PackOnVolume> all = new ArrayList<>();
        List<PackAnswer.PackOnVolume> page;
        do {
            page = server.order(new PackOrder.ListPacks(POOL, all.isEmpty() ? null : all.getLast().pack()), PackAnswer.PackList.class).packs();
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    List<ChunkId> missing(List<ChunkId> chunks) throws BackupException {
        JobId job = nextJob();
        server.order(new NodeOrder.PrepareVolume(job, POOL, CLIENT, GROUP, true), PoolAnswer.VolumeReady.class);
        List<ChunkId> missing = server.order(new ChunkOrder.CheckChunks(job, POOL, GROUP, chunks), ChunkAnswer.Missing.class).chunks();
        server.done(new NodeOrder.EndJob(job));
        return missing;
    }

    JobId nextJob() {
        return new JobId(JOBS.incrementAndGet());
    }

    /** A job of a client; {@link Client#end} or {@link Client#close} ends it. */
    Client client(boolean write) throws BackupException {
        JobId job = nextJob();
        model.packs.begins(job);
        server.order(new NodeOrder.PrepareVolume(job, POOL, CLIENT, GROUP, write), PoolAnswer.VolumeReady.class);
        Conversation talk = new Conversation(transport.dial("node-n1", "client/" + CLIENT, LONG), m -> null).start();
        talk.ask(new NodeRequest.OpenJob(TestTickets.sign(TestTickets.ticket(job, POOL, CLIENT, GROUP, write))), Answer.Done.class, LONG);
        return new Client(job, talk);
    }

    /** The client's side of one job. */
    final class Client implements AutoCloseable {

        final JobId job;
        private final Conversation talk;

        private Client(JobId job, Conversation talk) {
            this.job = job;
            this.talk = talk;
        }

        List<ChunkId> unknown(List<ChunkId> chunks) throws BackupException {
            ChunkAnswer.Known known = talk.ask(new NodeRequest.ChunksKnown(job, chunks), ChunkAnswer.Known.class, LONG);
            List<ChunkId> unknown = new ArrayList<>();
            for (int i = 0; i < chunks.size(); i++) {
                if (!known.test(i)) {
                    unknown.add(chunks.get(i));
                }
            }
            return unknown;
        }

        /** Sends frames of one session on a stream of their own. */
        void send(SessionId session, List<ByteBuffer> frames) throws BackupException {
            try (Stream stream = talk.connection().open()) {
                stream.send(MessageCodec.encode(new StreamOpening.StoreChunks(job, session, new byte[] {1, 2, 3})), LONG);
                for (ByteBuffer frame : frames) {
                    stream.send(frame.duplicate(), LONG);
                }
                stream.endSending();
            } catch (BackupException e) {
                if (!e.failure().code().equals("transport.closed")) {
                    throw e;
                }
                // The node has given up the job: the flush tells why.
            }
        }

        long flush() throws BackupException {
            return talk.ask(new NodeRequest.FlushJob(job), ChunkAnswer.Flushed.class, LONG).stored();
        }

        /** By chunk; null for one that the node could not read. */
        Map<ChunkId, ByteBuffer> read(List<ChunkId> chunks) throws BackupException {
            Map<ChunkId, ByteBuffer> read = new HashMap<>();
            try (Stream stream = talk.connection().open()) {
                stream.send(MessageCodec.encode(new StreamOpening.ReadChunks(job, chunks)), LONG);
                stream.endSending();
                for (ChunkId chunk : chunks) {
                    ByteBuffer frame = stream.receive(LONG);
                    if (frame == null) {
                        throw BackupException.network("transport.closed", "node", "the node has ended its answer early", null);
                    }
                    read.put(chunk, frame.hasRemaining() ? frame : null);
                }
            }
            return read;
        }

        void end() throws BackupException {
            server.done(new NodeOrder.EndJob(job));
            model.packs.ends(job);
            talk.close();
        }

        @Override
        public void close() {
            talk.close();
        }
    }

    @Override
    public void close() {
        role.close();
        server.close();
    }

    /** The device is there already. */
    private static final class NoDrivers implements Drivers {

        @Override
        public SortedSet<String> known() {
            return new TreeSet<>();
        }

        @Override
        public SettingsForm form(String driver, String language) {
            return Forms.of(driver);
        }

        @Override
        public SortedMap<String, String> settings(DeviceName device) {
            return new TreeMap<>();
        }

        @Override
        public SortedMap<DeviceName, String> configured() {
            return new TreeMap<>();
        }

        @Override
        public String driverOf(DeviceName device) {
            return null;
        }

        @Override
        public Change configure(DeviceName device, String driver, Map<String, String> settings) {
            throw new IllegalStateException("nothing to configure");
        }

        @Override
        public Change change(DeviceName device, Map<String, String> set, Set<String> unset) {
            throw new IllegalStateException("nothing to configure");
        }

        @Override
        public void remove(DeviceName device) {}

        @Override
        public String problem(DeviceName device, String driver) {
            return null;
        }
    }
}
