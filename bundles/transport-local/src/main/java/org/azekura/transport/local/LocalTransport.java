package org.azekura.transport.local;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Connections between roles of one JVM. Frames change their owner and are never copied. */
@Component(property = "transport.scheme=" + LocalTransport.SCHEME)
public final class LocalTransport implements Transport {

    static final String SCHEME = "local";

    private final Crowd crowd = new Crowd();
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private final Set<Link> links = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    @Activate
    public LocalTransport() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    private final class Offer implements Listener {

        private final String service;
        private final String self;
        private final Consumer<Connection> accept;

        Offer(String service, String self, Consumer<Connection> accept) {
            this.service = service;
            this.self = self;
            this.accept = accept;
        }

        @Override
        public String address() {
            return service;
        }

        @Override
        public void close() {
            offers.remove(service, this);
        }

        @Override
        public String toString() {
            return SCHEME + ":" + service;
        }
    }

    @Override
    public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
        Offer offer = new Offer(service, self, accept);
        if (offers.putIfAbsent(service, offer) != null) {
            throw BackupException.network("transport.taken", offer.toString(), "somebody listens at " + offer + " already", null);
        }
        return offer;
    }

    @Override
    public Connection dial(String address, String self, Duration timeout) throws BackupException {
        Offer offer = offers.get(address);
        if (offer == null) {
            throw BackupException.network("transport.unreachable", SCHEME + ":" + address, "nobody listens at " + SCHEME + ":" + address, null);
        }
        Link link = new Link(self, offer.self, crowd);
        links.add(link);
        Thread.ofVirtual().name(offer + " accepts " + self).start(() -> offer.accept.accept(link.accepting()));
        return link.dialling();
    }

    /** Ends every offer and every connection: whoever used this transport looks for another. */
    @Deactivate
    void close() {
        offers.clear();
        synchronized (links) {
            links.forEach(Link::close);
        }
    }
}
