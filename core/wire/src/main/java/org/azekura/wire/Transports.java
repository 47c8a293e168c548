package org.azekura.wire;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transports that a role has just now, and what it offers: whatever it offers, it offers at each of them, as they come and go. Safe for
 * any number of threads.
 */
public final class Transports {

    /**
     * In place of a transport's scheme: the other side dials. The address is its name, like {@code node/n1}, or how that begins, like
     * {@code server/}. For a role that may not dial; see {@link #awaitCalls}.
     */
    public static final String AWAIT = "await";

    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    private final Arrivals arrivals = new Arrivals();
    private final Map<String, Transport> transports = new LinkedHashMap<>();
    private final List<Offer> offers = new ArrayList<>();
    /** Null as long as nobody has said anything about it: another user of the same transports may have. */
    private Set<String> distrusted;
    /** Null as long as nobody keeps the time for them. */
    private InstantSource clock;

    public Transports(Transport... first) {
        Arrays.stream(first).forEach(this::add);
    }

    /** One of the same scheme that is here already gives way to it. */
    public synchronized void add(Transport transport) {
        if (distrusted != null) {
            transport.distrust(distrusted);
        }
        if (clock != null) {
            transport.keepTime(clock);
        }
        Transport before = transports.put(transport.scheme(), transport);
        for (Offer offer : offers) {
            offer.close(before);
            offer.listen(transport);
        }
        notifyAll();
    }

    /** One that has given way already is no error. */
    public synchronized void remove(Transport transport) {
        if (transports.remove(transport.scheme(), transport)) {
            offers.forEach(offer -> offer.close(transport));
        }
    }

    /** Has every transport, also one that comes later, trust these certificates no longer; see {@link Transport#distrust}. */
    public synchronized void distrust(Set<String> serials) {
        distrusted = Set.copyOf(serials);
        transports.values().forEach(transport -> transport.distrust(distrusted));
    }

    /** Has every transport, also one that comes later, ask this clock whether a certificate is valid; see {@link Transport#keepTime}. */
    public synchronized void keepTime(InstantSource keeper) {
        clock = keeper;
        transports.values().forEach(transport -> transport.keepTime(keeper));
    }

    /** @throws BackupException {@code transport.missing}, naming the scheme */
    public synchronized Transport find(String scheme) throws BackupException {
        Transport found = transports.get(scheme);
        if (found == null) {
            throw BackupException.network("transport.missing", scheme, "there is no transport \"" + scheme + "\" here now, only "
                    + transports.keySet(), null);
        }
        return found;
    }

    /**
     * Connects, or waits to be called if the endpoint is an {@link #AWAIT}.
     *
     * @throws BackupException {@code transport.missing}, and what {@link Transport#dial} throws
     */
    public Connection dial(Endpoint endpoint, String self, Duration timeout) throws BackupException {
        if (endpoint.transport().equals(AWAIT)) {
            return arrivals.await(endpoint.address(), timeout);
        }
        return find(endpoint.transport()).dial(endpoint.address(), self, timeout);
    }

    /** Begins to offer a service; see {@link Transport#listen}. */
    public synchronized Offer offer(String service, String self, Consumer<Connection> accept) {
        Offer offer = new Offer(service, self, accept);
        offers.add(offer);
        transports.values().forEach(offer::listen);
        return offer;
    }

    /** Where hosts elsewhere could dial a service of this process, offered or not; addresses may leave the host out. */
    public synchronized List<Endpoint> reachable(String service) {
        return transports.values().stream().map(transport -> new Endpoint(transport.scheme(), transport.reachable(service)))
                .filter(at -> !at.address().isEmpty()).toList();
    }

    /** Offers to be dialled by those whom a dial to {@link #AWAIT} waits for. */
    public Offer awaitCalls(String service, String self) {
        return offer(service, self, arrivals::add);
    }

    /** What is offered at which transport now. */
    public synchronized Standing standing() {
        Map<Offer, Set<Transport>> all = new LinkedHashMap<>();
        offers.forEach(offer -> all.put(offer, Set.copyOf(offer.listeners.keySet())));
        return new Standing(all);
    }

    /** What stood once. */
    public final class Standing {

        private final Map<Offer, Set<Transport>> all;

        private Standing(Map<Offer, Set<Transport>> all) {
            this.all = all;
        }

        /**
         * Waits until all of it stands again: each offer that was not ended, at the transport that stood then or at another of its scheme.
         *
         * @throws BackupException {@code transport.unproven}, naming what does not
         */
        public void await(Duration patience) throws BackupException {
            try {
                String missing = awaitAll(System.nanoTime() + patience.toNanos());
                if (missing != null) {
                    throw BackupException.network("transport.unproven", missing, missing + " is not offered again within " + patience.toSeconds() + " s", null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw BackupException.network("transport.unproven", "", "interrupted while transports came again", e);
            }
        }

        /** What is missing at the end, null if nothing is. */
        private String awaitAll(long end) throws InterruptedException {
            synchronized (Transports.this) {
                String missing = missing();
                for (long left = end - System.nanoTime(); missing != null && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(Transports.this, left);
                    missing = missing();
                }
                return missing;
            }
        }

        private String missing() {
            for (Map.Entry<Offer, Set<Transport>> entry : all.entrySet()) {
                Offer offer = entry.getKey();
                for (Transport transport : entry.getValue()) {
                    if (offers.contains(offer) && offer.listeners.keySet().stream().noneMatch(now -> now.scheme().equals(transport.scheme()))) {
                        return offer.self + " at transport " + transport.scheme();
                    }
                }
            }
            return null;
        }
    }

    /** What a role offers. */
    public final class Offer implements AutoCloseable {

        private final String service;
        private final String self;
        private final Consumer<Connection> accept;
        private final Map<Transport, Transport.Listener> listeners = new LinkedHashMap<>();

        private Offer(String service, String self, Consumer<Connection> accept) {
            this.service = service;
            this.self = self;
            this.accept = accept;
        }

        /** A transport that can't listen is left out: the role is reached by the others. */
        private void listen(Transport transport) {
            try {
                Transport.Listener listener = transport.listen(service, self, accept);
                listeners.put(transport, listener);
                LOG.info("{} is offered at {}", self, endpoint(transport, listener));
            } catch (BackupException e) {
                LOG.error("{} is not offered at transport {}: {}", self, transport.scheme(), e.getMessage());
            }
        }

        private void close(Transport transport) {
            Transport.Listener listener = listeners.remove(transport);
            if (listener != null) {
                listener.close();
            }
        }

        private static Endpoint endpoint(Transport transport, Transport.Listener listener) {
            return new Endpoint(transport.scheme(), listener.address());
        }

        /** Where it can be reached now; addresses may leave the host out. */
        public List<Endpoint> endpoints() {
            synchronized (Transports.this) {
                return listeners.entrySet().stream().map(entry -> endpoint(entry.getKey(), entry.getValue())).toList();
            }
        }

        /** Ends the offer. Connections that exist stay. */
        @Override
        public void close() {
            synchronized (Transports.this) {
                offers.remove(this);
                listeners.values().forEach(Transport.Listener::close);
                listeners.clear();
            }
        }
    }
}
