package org.azekura.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.identity.ServerPlace;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.azekura.api.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role's links with the servers of its appliance, with all of them at the same time: one that is away or stands by is dialled again and again while another
 * is there. Servers that come later are told of by those that are there. Safe for any number of threads.
 *
 * @param <T> what the role has to do with each of them
 */
public final class ServerLinks<T extends ServerTalk> implements AutoCloseable {

    /** With pauses of no more than that a server that begins to lead has its hosts within 5 s. */
    static final Duration AMONG_SEVERAL = Duration.ofSeconds(3);

    private static final Duration END = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(ServerLinks.class);

    private final Self<T> self;
    private final Succession succession = new Succession();
    /** By where they are dialled, or who calls. */
    private final Map<Endpoint, ServerLink> links = new LinkedHashMap<>();
    /** Which link meets which server. */
    private final Map<String, ServerLink> claims = new HashMap<>();
    /** Null where this host dials. */
    private final Callers<T> callers;
    private boolean closed;

    /** Begins what a role has to do on a connection. */
    @FunctionalInterface
    public interface Talks<T extends ServerTalk> {
        T begin(ServerLink link, Conversation conversation);
    }

    /**
     * Whose links they are.
     *
     * @param peer    how this host calls itself, like {@code node/n1}
     * @param hello   its first words
     * @param pause   the longest between two attempts where there is one server
     * @param known   where it keeps which servers there are; null: it learns of none
     * @param renewal of its certificate; null: it has none of its own
     */
    public record Self<T extends ServerTalk>(String peer, Transports transports, Supplier<? extends Message> hello, Talks<T> talks, Duration pause,
            KnownServers known, Renewal renewal) {}

    /**
     * @param servers where they are; an {@link Transports#AWAIT}: they dial this host
     * @param calls   what this host offers to servers that dial it
     */
    public ServerLinks(Self<T> self, List<Endpoint> servers, String calls) {
        this.self = self;
        if (servers.getFirst().transport().equals(Transports.AWAIT)) {
            callers = new Callers<>(this, servers.getFirst(), calls);
            return;
        }
        callers = null;
        List<ServerPlace> kept = kept();
        for (Endpoint at : servers) {
            add(new ServerPlace(kept.stream().filter(place -> place.at().equals(at)).map(ServerPlace::name).findFirst().orElse(""), at));
        }
    }

    /** As a process is told where they are: some, with commas between them. */
    public static List<Endpoint> places(String text) {
        return Arrays.stream(text.split(",")).map(Endpoint::parse).toList();
    }

    private List<ServerPlace> kept() {
        try {
            return self.known == null ? List.of() : self.known.load();
        } catch (BackupException e) {
            LOG.warn("{}", e.getMessage());
            return List.of();
        }
    }

    private ServerLink add(ServerPlace place) {
        ServerLink link = new ServerLink(this, place.at(), place.name(), () -> self.transports.dial(place.at(), self.peer, ServerLink.DIAL));
        links.put(place.at(), link);
        return link;
    }

    /** Begins to look for them. */
    public synchronized void start() {
        links.values().forEach(ServerLink::start);
        if (callers != null) {
            callers.start();
        }
    }

    Self<T> self() {
        return self;
    }

    /** @return null if nobody is to come any more */
    synchronized ServerLink called(Endpoint by, String server, ServerLink.Way way) {
        if (closed) {
            return null;
        }
        return links.computeIfAbsent(by, at -> {
            ServerLink link = new ServerLink(this, at, server, way);
            link.start();
            return link;
        });
    }

    Meeting meeting(Connection connection, ServerLink link) {
        return new Meeting(connection, link, self, succession);
    }

    /** So long is paused at most. Who waits to be called need not pause as well. */
    synchronized Duration longestPause() {
        return callers != null ? Duration.ofMillis(100) : links.size() > 1 && self.pause.compareTo(AMONG_SEVERAL) > 0 ? AMONG_SEVERAL : self.pause;
    }

    /** Whether this server is met by another link. */
    synchronized boolean isElsewhere(ServerLink link, String server) {
        return claims.getOrDefault(server, link) != link;
    }

    /**
     * Has a server be met by this link and no other, until {@link #release}: of two addresses of one server each would push out the other for ever.
     *
     * @return false if another was quicker
     */
    synchronized boolean claim(ServerLink link, String server) {
        return callers != null || claims.putIfAbsent(server, link) == null;
    }

    synchronized void release(ServerLink link, String server) {
        claims.remove(server, link);
    }

    /** Keeps who is there, to know it when somebody says that it is no more. */
    void met(ServerLink link) {
        if (self.known != null && callers == null) {
            keep("has met", new ServerPlace(link.server(), link.at()), self.known::add);
        }
    }

    @FunctionalInterface
    private interface Keeping {
        void keep(ServerPlace place) throws BackupException;
    }

    private void keep(String what, ServerPlace place, Keeping keeping) {
        try {
            keeping.keep(place);
        } catch (BackupException e) {
            LOG.warn("{} {} the server at {}, and can't keep that: {}", self.peer, what, place.at(), e.getMessage());
        }
    }

    /** A server has told which there are; null: it has not. */
    synchronized void told(ServerLink by, Answer.Servers told) {
        if (told == null || self.known == null || callers != null || closed) {
            return;
        }
        for (ServerPlace place : told.servers()) {
            if (isNews(place)) {
                LOG.info("{} is told by {} of {} at {}", self.peer, by.server(), place.name(), place.at());
                add(place).start();
                keep("is told of", place, self.known::add);
            }
        }
        for (ServerLink link : List.copyOf(links.values())) {
            if (link != by && told.gone().stream().anyMatch(gone -> gone.name().equals(link.server()) || gone.at().equals(link.at()))) {
                LOG.info("{} is told by {} that {} at {} is no more", self.peer, by.server(), link.server(), link.at());
                links.remove(link.at()).close();
                keep("is to forget", new ServerPlace(link.server(), link.at()), place -> self.known.remove(place.at()));
            }
        }
    }

    /** One that is joined is reached well enough; an address without a host is the teller's own. */
    private boolean isNews(ServerPlace place) {
        return place.name().matches("server/[A-Za-z0-9._-]{1,100}") && !place.at().address().startsWith(":") && !place.at().toString().contains(" ")
                && links.size() < KnownServers.MOST && !links.containsKey(place.at())
                && links.values().stream().noneMatch(link -> link.server().equals(place.name()) && link.standing() != null);
    }

    /** All of them, joined or not. */
    public synchronized Collection<ServerLink> all() {
        return List.copyOf(links.values());
    }

    /** What there is with those that are joined. */
    public List<T> standing() {
        return talks(ServerLink::meetingJoined);
    }

    /** The same, and what there is with those that are on their way in. */
    public List<T> begun() {
        return talks(ServerLink::meeting);
    }

    @SuppressWarnings("unchecked") // all were begun by one role
    private List<T> talks(Function<ServerLink, Meeting> meetings) {
        return (List<T>) all().stream().map(meetings).filter(Objects::nonNull).map(meeting -> meeting.talk).toList();
    }

    /** Ends all of them, in bounded time. */
    @Override
    public void close() {
        Collection<ServerLink> ending;
        synchronized (this) {
            closed = true;
            ending = all();
        }
        if (callers != null) {
            callers.close();
        }
        ending.forEach(ServerLink::close);
        long end = System.nanoTime() + END.toNanos();
        try {
            for (ServerLink link : ending) {
                link.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
