package org.azekura.wire;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.message.Answer;
import org.azekura.api.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps up the connection with one server: dials with growing pauses until it is there, and again after a loss. Safe for any number of threads. */
public final class ServerLink {

    static final Duration DIAL = Duration.ofSeconds(10);

    private static final Duration ASK_AGAIN = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MOST_TOLD = 20;
    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    private final ServerLinks<?> all;
    private final Endpoint at;
    private final Way way;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    /** Why it was not there since it last was: of the thread that dials. */
    private final Set<String> told = new HashSet<>();
    private volatile String server;
    private volatile Meeting meeting;
    /** The meeting that is joined, null if none is; guarded by this. */
    private Meeting joined;

    /** How a server is reached. */
    @FunctionalInterface
    interface Way {
        Connection connect() throws BackupException, InterruptedException;
    }

    /** @param server as it is called; empty: it has not been met */
    ServerLink(ServerLinks<?> all, Endpoint at, String server, Way way) {
        this.all = all;
        this.at = at;
        this.server = server;
        this.way = way;
        this.thread = Thread.ofVirtual().name(all.self().peer() + " and the server at " + at).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Endpoint at() {
        return at;
    }

    /** Like {@code server/backup1}: who was last met there; empty if nobody was. */
    String server() {
        return server;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (closed.getCount() > 0) {
                if (meet()) {
                    pause = FIRST_PAUSE;
                }
                if (closed.await(part(pause), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = shorter(pause.multipliedBy(2), all.longestPause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not all hosts at once after a loss that all have seen. */
    private static long part(Duration pause) {
        long most = pause.toMillis();
        return most - ThreadLocalRandom.current().nextLong(Math.max(1, most / 4));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Until the connection ends; false if there was none. */
    private boolean meet() throws InterruptedException {
        try {
            if (all.isElsewhere(this, server)) {
                return false;
            }
            Connection connection = way.connect();
            Peers.requireServer(connection);
            server = connection.peer();
            all.met(this);
            if (!all.claim(this, server)) {
                connection.close();
                LOG.info("{} has {} at another address than {} already", all.self().peer(), server, at);
                return false;
            }
            try {
                talk(connection);
            } finally {
                all.release(this, server);
            }
            return true;
        } catch (BackupException e) {
            // once for each reason: the server may be away for days
            if (told.size() < MOST_TOLD && told.add(e.getMessage())) {
                LOG.info("{} cannot join the server at {} yet: {}", all.self().peer(), at, e.getMessage());
            }
            return false;
        } catch (RuntimeException e) {
            LOG.error("{} and the server at {}", all.self().peer(), at, e);
            return false;
        }
    }

    private void talk(Connection connection) throws BackupException, InterruptedException {
        Meeting now = all.meeting(connection, this);
        try {
            meeting = now;
            if (closed.getCount() == 0) {
                return;
            }
            Answer.Servers servers = now.hello();
            // before its orders come: what they lead to may have to be told to it
            joined(now);
            now.join(servers);
            told.clear();
            all.told(this, servers);
            now.talk.joined();
            LOG.info("{} has joined the server at {}", all.self().peer(), at);
            while (!now.awaitEnd(ASK_AGAIN)) {
                all.told(this, now.askAgain());
            }
            LOG.info("{} has lost the server at {}", all.self().peer(), at);
        } finally {
            meeting = null;
            joined(null);
            now.close();
            now.talk.close();
        }
    }

    private synchronized void joined(Meeting now) {
        joined = now;
        notifyAll();
    }

    /** Null if there is no connection; else one that may not have been joined yet. */
    Meeting meeting() {
        return meeting;
    }

    /** Null if the server has not been joined. */
    synchronized Meeting meetingJoined() {
        return joined;
    }

    /** Null if the server has not been joined. */
    public Conversation standing() {
        Meeting now = meetingJoined();
        return now == null ? null : now.conversation;
    }

    /** Waits until the server is joined by another conversation than this one. @return false if it is not by then */
    public synchronized boolean awaitAnew(Conversation before, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); (joined == null || joined.conversation == before) && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return joined != null && joined.conversation != before;
    }

    /** Ends the connection that there is; another may follow. */
    void hangUp() {
        Meeting now = meeting;
        if (now != null) {
            now.close();
        }
    }

    /** Returns at once; {@link #awaitEnd} waits. */
    void close() {
        closed.countDown();
        hangUp();
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        thread.join(patience);
    }
}
