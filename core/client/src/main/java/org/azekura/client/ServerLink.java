package org.azekura.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.transport.Connection;
import org.azekura.client.collect.CollectJob;
import org.azekura.client.mount.OpenContents;
import org.azekura.wire.Conversation;
import org.azekura.wire.Peers;
import org.azekura.wire.Renewal;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the connection with the server: dials, says hello, and after a loss dials again with growing pauses. */
final class ServerLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);
    private static final Duration DIAL_TIME = Duration.ofSeconds(10);
    private static final Duration HELLO_TIME = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 15_000;

    private final Endpoint server;
    private final CollectJob.Self self;
    private final OpenContents contents;
    private final String version;
    private final Renewal renewal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Conversation current;

    ServerLink(Endpoint server, CollectJob.Self self, OpenContents contents, String version, Renewal renewal) {
        this.server = server;
        this.renewal = renewal;
        this.version = version;
        this.self = self;
        this.contents = contents;
        this.thread = Thread.ofVirtual().name("client dials " + server).start(this::run);
    }

    private void run() {
        long pause = FIRST_PAUSE_MS;
        String told = "";
        try {
            while (!closed.await(0, TimeUnit.MILLISECONDS)) {
                try {
                    if (talk()) {
                        pause = FIRST_PAUSE_MS;
                        told = "";
                    }
                } catch (BackupException e) {
                    if (!told.equals(e.getMessage())) {
                        told = e.getMessage();
                        LOG.info("client {} cannot join the server at {} yet: {}", self.name(), server, told);
                    }
                }
                if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                    return;
                }
                // who waits to be called need not pause as well
                pause = server.transport().equals(Transports.AWAIT) ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return true when it was joined and the connection is over */
    private boolean talk() throws BackupException, InterruptedException {
        Connection connection = self.transports().dial(server, "client/" + self.name(), DIAL_TIME);
        Peers.requireServer(connection);
        Jobs jobs = new Jobs(self, contents);
        try (Conversation conversation = new Conversation(connection, jobs::receive)) {
            current = conversation;
            jobs.serve(conversation);
            conversation.start();
            Answer.Welcome welcome = conversation.ask(new ClientReport.Hello(self.name(), self.key().publicKey(), version), Answer.Welcome.class, HELLO_TIME);
            LOG.info("client {} joined the server at {}", self.name(), server);
            renewal.keep(conversation, "client/" + self.name(), welcome.now());
            if (closed.getCount() > 0) {
                conversation.ended().get();
                LOG.info("client {} lost the server at {}", self.name(), server);
            }
            return true;
        } catch (ExecutionException e) {
            throw BackupException.bug("client " + self.name(), e.getCause());
        } finally {
            jobs.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Conversation conversation = current;
        if (conversation != null) {
            conversation.close();
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
