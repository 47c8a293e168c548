package org.azekura.client.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
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

    /** Bytes under way: plain, and as many again for what is sealed. */
    static final long BUDGET_BYTES = 16 << 20;
    /** All backups of this process have that together, but each has so much: a chunk or two, and the largest alone. */
    private static final Budget.Shared BUDGETS = new Budget.Shared(BUDGET_BYTES, 2 << 20);

    private static final int BATCH = 1024;
    /** So many questions may be open: the way to the node and back costs time once, not for each batch. */
    static final int OPEN_QUESTIONS = 8;
    /** A question waits for so many, or so long: most of them are small pages of trees. */
    private static final int ENOUGH_TO_ASK = 64;
    private static final int ASK_MILLIS = 5;
    /** What a worker seals at once, unless it is less. */
    private static final int GROUP_BYTES = 128 << 10;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Breaker breaker;
    private final ChunkNamer namer;
    private final Sealer sealer;
    private final Parcel.Use pages;
    private final Parcel.Use large;
    private final Parcel.Use small;
    private final PlainBuffers buffers = new PlainBuffers();
    private final Outlet outlet;
    private final Safety safety;
    private final Tally tally;
    private final Budget budget;
    private final ExecutorService workers;
    private final Batches<Parcel> asking = new Batches<>(ENOUGH_TO_ASK, ASK_MILLIS);
    private final Batches<Parcel> sending = new Batches<>(1, 0);
    private final List<Thread> threads;
    private final Recent recent = new Recent();
    private final Semaphore questions = new Semaphore(OPEN_QUESTIONS);
    private volatile boolean closed;

    Pipeline(Breaker breaker, ChunkNamer namer, Sealer sealer, int level, Outlet outlet, Safety safety, Tally tally) {
        this.breaker = breaker;
        this.namer = namer;
        this.sealer = sealer;
        this.pages = new Parcel.Use(level, plain -> {});
        this.large = new Parcel.Use(Math.max(level - 1, Math.min(level, 1)), buffers::give);
        this.small = new Parcel.Use(level, buffers::give);
        this.outlet = outlet;
        this.safety = safety;
        this.tally = tally;
        this.budget = BUDGETS.open(breaker);
        ThreadFactory factory = Thread.ofPlatform().daemon().name("collect-worker-", 0).factory();
        this.workers = Executors.newFixedThreadPool(CORES, factory);
        this.threads = List.of(Thread.ofVirtual().name("collect-asker").start(() -> guarded(this::ask)),
                Thread.ofVirtual().name("collect-sender").start(() -> guarded(this::send)));
    }

    /**
     * Takes a piece of a large file; {@code plain} belongs to the pipeline from here on. It is compressed one level lower than the rest: there it
     * takes three quarters of the time for two hundredths more.
     */
    void data(ChunkName name, byte[] plain, int length) throws BackupException {
        data(name, plain, length, large);
    }

    /** Takes small files put together; {@code plain} belongs to the pipeline from here on. */
    void segment(ChunkName name, byte[] plain, int length) throws BackupException {
        data(name, plain, length, small);
    }

    /** Room for a chunk of so many bytes; what is in it is old. It is used again once the pipeline has no need of it any more. */
    byte[] buffer(int bytes) {
        return buffers.take(bytes);
    }

    private void data(ChunkName name, byte[] plain, int length, Parcel.Use use) throws BackupException {
        Parcel parcel = Parcel.data(safety.hand(length), name, plain, length, use);
        budget.take(parcel.weight());
        work(() -> name(parcel));
    }

    /** Takes a page that is not the parent's. */
    void page(ChunkId id, Page page) throws BackupException {
        Parcel parcel = Parcel.page(safety.hand(page.plain().length), id, page.clear(), page.plain(), pages);
        budget.take(parcel.weight());
        asking.add(parcel);
    }

    /** Plain bytes it has taken so far. */
    long bytes() {
        return safety.bytes();
    }

    /** Backups of this process that are under way. */
    static int backups() {
        return BUDGETS.jobs();
    }

    /** A share of the budget for what is read ahead. For the reader's thread. */
    Lookahead.Room room() {
        return new Lookahead.Room() {
            @Override
            public boolean take(long bytes) {
                return budget.hold(bytes);
            }

            @Override
            public void give(long bytes) {
                budget.letGo(bytes);
            }
        };
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
            trip(e);
        }
    }

    private void trip(Throwable failure) {
        if (!closed) {
            breaker.trip(failure);
        }
    }

    private void name(Parcel parcel) {
        parcel.id = namer.data(parcel.plain, 0, parcel.length);
        parcel.name.named(parcel.id, parcel.plain);
        asking.add(parcel);
        breaker.signal();
    }

    private void ask() throws BackupException, InterruptedException {
        while (true) {
            List<Parcel> waiting = asking.take();
            for (int from = 0; from < waiting.size(); from += BATCH) {
                ask(waiting.subList(from, Math.min(from + BATCH, waiting.size())));
            }
        }
    }

    /** Whose answer comes is gone on with by a worker: the asker asks on. */
    private void ask(List<Parcel> batch) throws BackupException, InterruptedException {
        breaker.check();
        List<Parcel> fresh = batch.stream().filter(parcel -> !doneAlready(parcel)).toList();
        if (!fresh.isEmpty()) {
            questions.acquire();
            outlet.known(fresh.stream().map(parcel -> parcel.id).toList()).whenComplete((known, failure) -> {
                questions.release();
                if (failure != null) {
                    trip(failure instanceof CompletionException ? failure.getCause() : failure);
                } else {
                    work(() -> answered(fresh, known));
                }
            });
        }
    }

    private void answered(List<Parcel> fresh, boolean[] known) throws BackupException {
        breaker.check();
        List<Parcel> group = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < known.length; i++) {
            Parcel parcel = fresh.get(i);
            parcel.toNode = !known[i];
            safety.needs(parcel.number, parcel.toNode, parcel.kind == ChunkKind.TREE);
            if (!parcel.toNode && parcel.kind != ChunkKind.TREE) {
                done(parcel);
                continue;
            }
            group.add(parcel);
            bytes += parcel.length;
            if (bytes >= GROUP_BYTES) {
                seal(group);
                group = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!group.isEmpty()) {
            seal(group);
        }
    }

    private boolean doneAlready(Parcel parcel) {
        long other = recent.add(parcel.id, parcel.number);
        boolean done = other != 0;
        if (done) {
            safety.follows(parcel.number, other);
            done(parcel);
        }
        return done;
    }

    /** Nothing of it has to be sent. */
    private void done(Parcel parcel) {
        parcel.spend();
        budget.give(parcel.weight());
    }

    private void seal(List<Parcel> group) {
        work(() -> {
            for (Parcel parcel : group) {
                breaker.check();
                parcel.frame = sealer.seal(parcel.kind, parcel.id, parcel.clear, parcel.plain, 0, parcel.length, parcel.use.level());
                parcel.spend();
            }
            sending.add(group);
        });
    }

    private void send() throws BackupException, InterruptedException {
        while (true) {
            for (Parcel parcel : sending.take()) {
                send(parcel);
            }
        }
    }

    private void send(Parcel parcel) throws BackupException {
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
        parcel.frame = null;
        budget.give(parcel.weight());
    }

    /** Ends the threads, whatever they are at. */
    @Override
    public void close() {
        closed = true;
        budget.close();
        workers.shutdownNow();
        threads.forEach(Thread::interrupt);
        try {
            workers.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
