package org.azekura.client.mount;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.MountAnswer;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Paces;
import org.azekura.client.job.Tally;
import org.azekura.client.job.Ticker;
import org.azekura.client.restore.Elsewhere;
import org.azekura.client.stream.StreamDoor;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one {@link ClientOrder.Mount}: answers a command on this host, or who reads within this process, until it is gone. Runs on a platform thread. */
public final class MountJob {

    private static final Logger LOG = LoggerFactory.getLogger(MountJob.class);
    private static final Duration REPORT_TIME = Duration.ofMinutes(5);
    private static final Duration BEGIN_TIME = Duration.ofMinutes(1);
    /** Each may hold two chunks of 4 MiB, and one as it came. */
    private static final int THREADS = 3;
    private static final int MAX_TOLD = 100;

    private final ClientOrder.Mount order;
    private final StreamDoor door;
    private final OpenContents contents;
    private final Shelf shelf;
    private final Conversation server;
    private final Breaker breaker;
    private final Elsewhere elsewhere;
    private final Tally tally = new Tally();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile Stream questions;

    /** @param shelf of this client, for all of its mounts */
    public MountJob(ClientOrder.Mount order, StreamDoor door, OpenContents contents, Shelf shelf, Conversation server, Breaker breaker, Paces paces) {
        this.order = order;
        this.door = door;
        this.contents = contents;
        this.shelf = shelf;
        this.server = server;
        this.breaker = breaker;
        this.elsewhere = new Elsewhere(order.job(), server, breaker, () -> paces.of(order.job(), breaker, tally::step));
    }

    /** The stream on which the server is asked where else chunks lie, behind its opening. */
    public void elsewhere(Stream stream) {
        elsewhere.questions(stream);
    }

    /** The stream on which the server is asked, behind its opening. */
    public void questions(Stream stream) {
        breaker.onTrip(stream::close);
        questions = stream;
        breaker.signal();
    }

    /** @throws BackupException why it ended before the command did, which has lost its connection then */
    public void run(Transports transports, ClientName self) throws BackupException {
        Asker asker = asker();
        if (asker == null) {
            throw BackupException.operator("mount.gone", order.job().toString(), "nobody waits for job " + order.job() + ": it was ended, or waited for a minute; begin it again");
        }
        Ticker ticker = new Ticker(order.job(), tally, server);
        try (asker) {
            breaker.onTrip(() -> asker.fail(new BackupException(breaker.failure())));
            answer(asker, transports, self);
        } catch (IOException e) {
            // it is gone, whatever way it went
            LOG.debug("job={} who asked: {}", order.job(), e.toString());
        } finally {
            ticker.close();
        }
        breaker.check();
        questions.endSending();
        server.ask(new ClientReport.Unmounted(order.job(), tally.files(), tally.bytes()), Answer.Done.class, REPORT_TIME);
    }

    private Asker asker() {
        Asker here = contents.take(order.stream());
        Socket command = here == null ? door.take(order.stream()) : null;
        return command == null ? here : new CommandAsker(command);
    }

    private void answer(Asker asker, Transports transports, ClientName self) throws IOException, BackupException {
        breaker.await(() -> questions != null, "the server's stream", BEGIN_TIME);
        try (NodeLink node = NodeLink.open(transports, order.node().at(server.connection().host()), self, breaker); Elsewhere.Others others = elsewhere.others(transports, self)) {
            serve(asker, new FurtherReads(new NodeReads(order.job(), node), others));
        } catch (BackupException e) {
            asker.fail(e);
            throw e;
        }
    }

    private void serve(Asker asker, Chunks.Source source) throws IOException, BackupException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().name("mount job " + order.job() + " reads ", 1).factory());
        ExecutorService aheadThread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("mount job " + order.job() + " reads ahead").factory());
        try {
            Questions asking = new Questions(questions, breaker);
            Chunks chunks = new Chunks(shelf, source);
            FileBytes files = new FileBytes(new Layouts(question -> asking.ask(question, MountAnswer.Range.class)), chunks);
            asker.ask(new MountedSnapshot(asking, files, new ReadAhead(files, chunks, aheadThread), tally, this::tell), threads);
        } finally {
            threads.shutdownNow();
            aheadThread.shutdownNow();
        }
    }

    /** Once for each thing: the kernel asks again and again. */
    private void tell(BackupException why) {
        if (told.size() >= MAX_TOLD || !told.add(why.getMessage())) {
            return;
        }
        LOG.warn("job={} {}", order.job(), why.getMessage());
        try {
            server.ask(new ClientReport.Remarks(order.job(), true, List.of(why.getMessage())), Answer.Done.class, REPORT_TIME);
        } catch (BackupException e) {
            LOG.debug("job={} that can't be told to the server: {}", order.job(), e.getMessage());
        }
    }
}
