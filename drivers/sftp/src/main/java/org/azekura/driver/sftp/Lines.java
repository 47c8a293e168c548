package org.azekura.driver.sftp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.azekura.api.BackupException;
import org.azekura.api.device.Meter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the server: the first at the first call, more while all are in use, up to the number that was set. One that was lost is replaced at the next call.
 * Threads: any number.
 */
final class Lines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_LOG_IN = Duration.ofSeconds(30);

    private final Setup setup;
    private final Meter meter = new Meter();
    private final Greeting greeting;
    private final HostKeys hostKeys;
    private final SshCalls calls;
    /** Of the list, and of connecting: two threads must not make two where one is enough. Nobody who closes waits for it. */
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Line> open = new ArrayList<>();
    /** Connections that the server has let us have. */
    private int most;
    /** The last that was begun: one that a closing library does not come to would wait for its time. */
    private volatile ConnectFuture connecting;
    private volatile boolean closed;

    /** What is done first when a server is met, or met again. */
    @FunctionalInterface
    interface Greeting {
        void on(Line line) throws IOException, BackupException;
    }

    /** What a call does with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Line line) throws IOException, BackupException;
    }

    /** No connection is made yet. */
    Lines(Setup setup, Greeting greeting) {
        this.setup = setup;
        this.greeting = greeting;
        hostKeys = new HostKeys(setup);
        calls = new SshCalls(hostKeys);
        most = setup.connections();
    }

    /** Counts what all of them carry. */
    Meter meter() {
        return meter;
    }

    /**
     * @param doing for the message, like {@code read packs/3f/3f2a}
     * @throws BackupException as {@link SftpFault} says
     */
    <T> T call(String doing, Work<T> work) throws BackupException {
        Line line = take(doing);
        try {
            return work.on(line);
        } catch (IOException e) {
            throw fault(line, e, doing);
        } finally {
            line.users.decrementAndGet();
        }
    }

    /** A connection that is lost is nobody's from here on: its own session learns of it on another thread, and may do so later than the next call is made. */
    BackupException fault(Line line, IOException e, String doing) {
        BackupException fault = closed ? SftpFault.closed(setup) : SftpFault.of(e, setup, doing);
        if (SftpFault.isLost(fault)) {
            line.close();
        }
        return fault;
    }

    /** A connection of which {@link Line#users} counts the caller. */
    Line take(String doing) throws BackupException {
        lock.lock();
        try {
            requireOpen();
            open.removeIf(line -> !line.isOpen());
            Line free = open.stream().min(Comparator.comparingInt(line -> line.users.get())).orElse(null);
            if (free == null) {
                most = setup.connections();
                free = first(doing);
            } else if (free.users.get() > 0 && open.size() < most) {
                free = another(free);
            }
            free.users.incrementAndGet();
            return free;
        } finally {
            lock.unlock();
        }
    }

    private Line first(String doing) throws BackupException {
        Line line = null;
        try {
            line = connect();
            greeting.on(line);
            open.add(line);
            return line;
        } catch (IOException | RuntimeException e) {
            throw closed ? SftpFault.closed(setup) : SftpFault.unreached(e, setup, doing);
        } finally {
            if (line != null && !open.contains(line)) {
                line.close();
            }
        }
    }

    private Line another(Line used) throws BackupException {
        try {
            Line line = connect();
            open.add(line);
            return line;
        } catch (IOException | RuntimeException e) {
            most = open.size();
            LOG.info("{} takes no more than {} connections at once: {}", setup.location(), most, e.getMessage());
            return used;
        }
    }

    private Line connect() throws IOException, BackupException {
        ConnectFuture connection = calls.client().connect(setup.user(), setup.host(), setup.port());
        connecting = connection;
        if (closed) {
            connection.cancel();
        }
        ClientSession session = connection.verify(TO_CONNECT).getClientSession();
        Line line = null;
        try {
            setup.login().offer(session);
            logIn(session);
            line = new Line(session, setup.patience(), meter);
            return line;
        } finally {
            if (line == null) {
                session.close(true);
            }
        }
    }

    private void logIn(ClientSession session) throws IOException, BackupException {
        try {
            session.auth().verify(TO_LOG_IN);
        } catch (SshException e) {
            hostKeys.check();
            if (e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
                throw BackupException.operator("device.denied", setup.location(), "the server at " + setup.host() + " port " + setup.port() + " does not let the user " + setup.user()
                        + " in with " + setup.login().told() + "; mend the settings user, password and privateKey, or have the server take them");
            }
            throw e;
        }
    }

    /** @throws BackupException {@code device.closed} */
    void requireOpen() throws BackupException {
        if (closed) {
            throw SftpFault.closed(setup);
        }
    }

    /** Ends what is going on; returns at once. */
    @Override
    public void close() {
        closed = true;
        ConnectFuture connection = connecting;
        if (connection != null) {
            connection.cancel();
        }
        calls.close();
    }
}
