package org.azekura.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HostReport;
import org.azekura.api.message.Message;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a role with a server, from its hello to its end. What the server orders waits until it is known that it leads. */
final class Meeting {

    static final long UNHEARD = -1;

    private static final Duration HELLO = Duration.ofSeconds(30);
    /** Who can't say so soon that he leads, when another does, does not. */
    private static final Duration AGAIN = Duration.ofSeconds(3);
    private static final Duration STREAM_WAIT = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Meeting.class);

    /** Guarded by the lock of the succession. */
    long epoch = UNHEARD;
    final Conversation conversation;
    final ServerTalk talk;
    private final ServerLinks.Self<?> self;
    private final Succession succession;
    private Answer.Welcome welcomed;

    Meeting(Connection connection, ServerLink link, ServerLinks.Self<?> self, Succession succession) {
        this.self = self;
        this.succession = succession;
        this.conversation = new Conversation(connection, this::receive);
        this.talk = self.talks().begin(link, conversation);
        succession.begun(this);
    }

    String server() {
        return conversation.connection().peer();
    }

    private Answer receive(Message order) throws BackupException {
        succession.require(this);
        return talk.receive(order);
    }

    /**
     * Says hello.
     *
     * @return what the server tells of itself and others
     * @throws BackupException what it answers
     */
    Answer.Servers hello() throws BackupException {
        Answer.Welcome welcome = conversation.start().ask(self.hello().get(), Answer.Welcome.class, HELLO);
        Answer.Servers told = which(HELLO);
        talk.welcomed(welcome);
        welcomed = welcome;
        return told;
    }

    /**
     * Lets the server give its orders, those that have come meanwhile, too.
     *
     * @param told by {@link #hello}
     * @throws BackupException {@code server.superseded} if another has taken its place
     */
    void join(Answer.Servers told) throws BackupException {
        heard(told);
        if (succession.isBehind(this)) {
            throw succession.superseded(this);
        }
        if (self.renewal() != null) {
            self.renewal().keep(conversation, self.peer(), welcomed.now());
        }
        Thread.ofVirtual().name(self.peer() + " takes streams of " + server()).start(this::takeStreams);
    }

    /** One that is older than the question is the only one. */
    private Answer.Servers which(Duration patience) throws BackupException {
        try {
            return conversation.ask(new HostReport.WhichServers(), Answer.Servers.class, patience);
        } catch (BackupException e) {
            if (e.failure().kind() == Failure.Kind.NETWORK) {
                throw e;
            }
            LOG.debug("{} does not say which servers there are: {}", server(), e.getMessage());
            return new Answer.Servers(List.of(), List.of(), 0);
        }
    }

    /** Those that have told of an older lead are asked once more. */
    private void heard(Answer.Servers told) {
        for (Meeting older : succession.heard(this, told.epoch())) {
            Thread.ofVirtual().name(self.peer() + " asks " + older.server()).start(older::askAgain);
        }
    }

    /**
     * Asks which servers there are now, and lets go of this one if another has taken its place.
     *
     * @return what it tells of others; null if it tells nothing
     */
    Answer.Servers askAgain() {
        Answer.Servers told = null;
        try {
            told = which(AGAIN);
            heard(told);
        } catch (BackupException e) {
            LOG.debug("{} does not say which servers there are: {}", server(), e.getMessage());
        }
        if (succession.isBehind(this)) {
            LOG.warn("{} obeys no more: {}", self.peer(), succession.superseded(this).getMessage());
            close();
        }
        return told;
    }

    /** Ends with the connection: hours without a stream say nothing about it. */
    private void takeStreams() {
        while (!conversation.ended().isDone()) {
            try {
                Stream stream = conversation.connection().accept(STREAM_WAIT);
                if (stream == null) {
                    return;
                }
                Thread.ofVirtual().name(self.peer() + " takes a stream of " + server()).start(() -> talk.take(stream));
            } catch (BackupException e) {
                if (!e.failure().code().equals("transport.timeout")) {
                    LOG.debug("{}: no more data streams of {}: {}", self.peer(), server(), e.getMessage());
                    return;
                }
            }
        }
    }

    /** @return whether it is over by then */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        try {
            conversation.ended().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the connection, and nothing else: who met ends what was ordered by it. */
    void close() {
        succession.over(this);
        conversation.close();
    }
}
