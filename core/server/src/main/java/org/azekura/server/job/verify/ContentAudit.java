package org.azekura.server.job.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.CheckBatch;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.server.job.client.KeyHandout;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.wire.MessageCodec;

/**
 * The content of one pool's packs: a client reads them from the node and opens every chunk, with the keys of exactly those chunks; the node is
 * told what is wrong. {@link #check} is called by one thread, {@link #take} and {@link #failed} by any.
 */
final class ContentAudit implements AutoCloseable {

    private static final Duration SEND = Duration.ofMinutes(30);
    private static final Duration END = Duration.ofMinutes(1);
    /** Batches that the client has and has not answered yet. */
    private static final int AHEAD = 4;
    /** A sign that the queue's head is no report but the job's end. */
    private static final ClientReport.Checked OVER = new ClientReport.Checked(null, null, List.of());

    private final Stage stage;
    private final JobRecord record;
    private final Pool pool;
    private final Parties parties;
    private final BlockingQueue<ClientReport.Checked> reports = new ArrayBlockingQueue<>(2 * AHEAD);
    private final Map<PackId, Set<ChunkId>> asked = new HashMap<>();
    private final Map<PackId, Set<ChunkId>> wrong = new HashMap<>();
    private Stream stream;
    private int open;
    private volatile BackupException failure;
    private volatile long heardAt = System.nanoTime();

    ContentAudit(Stage stage, JobRecord record, Pool pool, Parties parties) {
        this.stage = stage;
        this.record = record;
        this.pool = pool;
        this.parties = parties;
    }

    /** Before the first pack. {@link #close} comes behind it, also if it fails. */
    void begin() throws BackupException {
        parties.node().ask(new NodeOrder.PrepareVolume(record.id(), pool.name(), client(), null, false), PoolAnswer.VolumeReady.class, Orders.PREPARE);
        parties.client().order(new ClientOrder.CheckContent(record.id(), pool.name(), stage.tickets().check(record.id(), pool.name(), parties.client(), parties.node()),
                stage.vault().keys(pool).idKey()), Orders.PROMPT);
        stream = parties.client().open();
        stream.send(MessageCodec.encode(new StreamOpening.CheckBatches(record.id())), SEND);
    }

    ClientName client() {
        return parties.client().name();
    }

    /** Looks at all chunks of these packs. @return those that have chunks which are not what their ids say */
    List<PackAnswer.DamagedPack> check(List<PackId> packs) throws BackupException {
        asked.clear();
        wrong.clear();
        for (PackId pack : packs) {
            send(pack);
        }
        while (open > 0) {
            await();
        }
        List<PackAnswer.DamagedPack> damaged = new ArrayList<>();
        for (PackId pack : asked.keySet()) {
            damaged.addAll(parties.node().ask(new PackOrder.NoteContent(record.id(), pool.name(), pack,
                    List.copyOf(wrong.getOrDefault(pack, Set.of()))), PackAnswer.Verified.class, Orders.READ).damaged());
        }
        return damaged;
    }

    private void send(PackId pack) throws BackupException {
        KeyHandout handout = new KeyHandout(session -> stage.vault().session(pool, session));
        int from = 0;
        for (ChunkAnswer.Located located = list(pack, from); !located.places().isEmpty(); located = list(pack, from)) {
            Set<ChunkId> chunks = new LinkedHashSet<>();
            located.places().forEach(place -> chunks.add(place.chunk()));
            List<RestoreBatch.ChunkKey> keys = handout.keys(chunks, located);
            while (open >= AHEAD) {
                await();
            }
            asked.computeIfAbsent(pack, p -> new HashSet<>()).addAll(chunks);
            open++;
            stream.send(MessageCodec.encode(new CheckBatch(pack, keys)), SEND);
            from += located.places().size();
        }
    }

    private ChunkAnswer.Located list(PackId pack, int from) throws BackupException {
        return parties.node().ask(new PackOrder.ListChunks(pool.name(), pack, from), ChunkAnswer.Located.class, Orders.READ);
    }

    private void await() throws BackupException {
        ClientReport.Checked report = next();
        if (!asked.getOrDefault(report.pack(), Set.of()).containsAll(report.wrong())) {
            throw BackupException.corrupt("client.unasked", report.pack().toString(), "client " + client() + " reports chunks of pack " + report.pack()
                    + " that it was not asked to look at");
        }
        if (!report.wrong().isEmpty()) {
            wrong.computeIfAbsent(report.pack(), p -> new LinkedHashSet<>()).addAll(report.wrong());
        }
        open--;
    }

    private ClientReport.Checked next() throws BackupException {
        try {
            while (true) {
                if (failure != null) {
                    throw failure;
                }
                long left = Orders.SILENCE.toNanos() - (System.nanoTime() - heardAt);
                if (left <= 0) {
                    throw BackupException.network("client.silent", client().value(), "client " + client() + " said nothing for "
                            + Orders.SILENCE.toMinutes() + " minutes while it opened chunks", null);
                }
                ClientReport.Checked report = reports.poll(left, TimeUnit.NANOSECONDS);
                if (report != null && report != OVER) {
                    return report;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Obstacle.stopping();
        }
    }

    /** What the client says. */
    void take(ClientReport report) {
        heardAt = System.nanoTime();
        switch (report) {
            case ClientReport.Checked checked -> {
                if (!reports.offer(checked)) {
                    failed(BackupException.operator("message.unexpected", client().value(), "client " + client() + " reports more than it was asked for"));
                }
            }
            case ClientReport.JobFailed failed -> failed(new BackupException(failed.failure()));
            case ClientReport.Hello _, ClientReport.Progress _, ClientReport.Findings _, ClientReport.Collected _, ClientReport.Placed _,
                    ClientReport.Restored _, ClientReport.Rehearsed _, ClientReport.Unmounted _, ClientReport.Remarks _ -> { }
        }
    }

    /** {@link #check} fails with this within seconds. */
    void failed(BackupException why) {
        failure = why;
        reports.offer(OVER);
    }

    /** Client and node are free behind this. */
    @Override
    public void close() {
        try {
            if (stream != null && failure == null && open == 0) {
                stream.endSending();
                stream.receive(END); // the client has ended, too
            }
        } catch (BackupException e) {
            record.line(JobLine.Level.WARN, "client " + client() + " did not end its check: " + e.getMessage());
        } finally {
            if (stream != null) {
                stream.close();
            }
            parties.release(record, false);
        }
    }
}
