package org.azekura.client.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Budget;
import org.azekura.client.job.Tally;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.tree.Page;

/**
 * Names chunks, asks which are known, seals and sends the others. The reader hands chunks in and waits for room; nobody behind
 * it waits for anything but the network.
 */
final class Pipeline implements AutoCloseable {

    /** Bytes under way, counted twice each: plain and sealed. */
    static final long BUDGET_BYTES = 48 << 20;

    private static final int BATCH = 1024;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Breaker breaker;
    private final ChunkNamer namer;
    private final Sealer sealer;
    private final int level;
    private final Outlet outlet;
    private final Safety safety;
    private final Tally tally;
    private final Budget budget;
    private final ExecutorService workers;
    private final BlockingQueue<Parcel> asking = new LinkedBlockingQueue<>();
    private final BlockingQueue<Parcel> sending = new LinkedBlockingQueue<>();
    private final List<Thread> threads;
    private final Recent recent = new Recent();
    private volatile boolean closed;

    Pipeline(Breaker breaker, ChunkNamer namer, Sealer sealer, int level, Outlet outlet, Safety safety, Tally tally) {
        this.breaker = breaker;
        this.namer = namer;
        this.sealer = sealer;
        this.level = level;
        this.outlet = outlet;
        this.safety = safety;
        this.tally = tally;
        this.budget = new Budget(breaker, BUDGET_BYTES);
        ThreadFactory factory = Thread.ofPlatform().daemon().name("collect-worker-", 0).factory();
        this.workers = Executors.newFixedThreadPool(CORES, factory);
        this.threads = List.of(Thread.ofVirtual().name("collect-asker").start(() -> guarded(this::ask)),
                Thread.ofVirtual().name("collect-sender").start(() -> guarded(this::send)));
    }

    /** Takes a piece of content; {@code plain} belongs to the pipeline from here on. */
    void data(ChunkName name, byte[] plain, int length) throws BackupException {
        Parcel parcel = Parcel.data(safety.hand(length), name, plain, length);
        budget.take(parcel.weight());
        work(() -> name(parcel));
    }

    /** Takes a page that is not the parent's. */
    void page(ChunkId id, Page page) throws BackupException {
        Parcel parcel = Parcel.page(safety.hand(page.plain().length), id, page.clear(), page.plain());
        budget.take(parcel.weight());
        asking.add(parcel);
    }

    /** Plain bytes it has taken so far. */
    long bytes() {
        return safety.bytes();
    }

    /** Waits until everything was sent. */
    void drain() throws BackupException {
        budget.drain();
    }

    private interface Step {
        void run() throws BackupException, InterruptedException;
    }

    private void work(Step step) {
        workers.execute(() -> guarded(step));
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BackupException | RuntimeException | Error e) {
            if (!closed) {
                breaker.trip(e);
            }
        }
    }

    private void name(Parcel parcel) {
        parcel.id = namer.data(parcel.plain, 0, parcel.length);
        parcel.name.named(parcel.id, parcel.plain);
        asking.add(parcel);
        breaker.signal();
    }

    private void ask() throws BackupException, InterruptedException {
        List<Parcel> batch = new ArrayList<>();
        while (true) {
            batch.add(asking.take());
            asking.drainTo(batch, BATCH - 1);
            breaker.check();
            batch.removeIf(this::doneAlready);
            List<ChunkId> ids = batch.stream().map(parcel -> parcel.id).toList();
            boolean[] known = ids.isEmpty() ? new boolean[0] : outlet.known(ids);
            for (int i = 0; i < known.length; i++) {
                Parcel parcel = batch.get(i);
                parcel.toNode = !known[i];
                safety.needs(parcel.number, parcel.toNode, parcel.kind == ChunkKind.TREE);
                if (parcel.toNode || parcel.kind == ChunkKind.TREE) {
                    work(() -> seal(parcel));
                } else {
                    budget.give(parcel.weight());
                }
            }
            batch.clear();
        }
    }

    private boolean doneAlready(Parcel parcel) {
        long other = recent.add(parcel.id, parcel.number);
        boolean done = other != 0;
        if (done) {
            safety.follows(parcel.number, other);
            budget.give(parcel.weight());
        }
        return done;
    }

    private void seal(Parcel parcel) throws BackupException {
        breaker.check();
        parcel.frame = sealer.seal(parcel.kind, parcel.id, parcel.clear, parcel.plain, 0, parcel.length, level);
        parcel.plain = null;
        sending.add(parcel);
    }

    private void send() throws BackupException, InterruptedException {
        while (true) {
            Parcel parcel = sending.take();
            breaker.check();
            if (parcel.kind == ChunkKind.TREE) {
                safety.sendsToServer(parcel.number);
                outlet.toServer(parcel.frame.duplicate());
            }
            if (parcel.toNode) {
                tally.stored(parcel.frame.remaining());
                safety.sendsToNode(parcel.number);
                outlet.toNode(parcel.frame);
            }
            budget.give(parcel.weight());
        }
    }

    /** Ends the threads, whatever they are at. */
    @Override
    public void close() {
        closed = true;
        workers.shutdownNow();
        threads.forEach(Thread::interrupt);
        try {
            workers.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
