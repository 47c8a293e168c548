package org.azekura.transport.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Connections between hosts that have certificates of one authority. */
@Component(property = "transport.scheme=" + TlsTransport.SCHEME)
public final class TlsTransport implements Transport, AutoCloseable {

    static final String SCHEME = "tls";
    /** What has its time is looked at so often within the shortest of the times. */
    private static final int LOOKS = 5;

    private final Means means;
    private final Door door;
    private final Dialling dialling;

    @Activate
    public TlsTransport(BundleContext context) {
        this(Path.of(context.getProperty("azekura.home")), Settings.of(context::getProperty), new Refusals());
    }

    TlsTransport(Path home, Settings settings, Refusals refusals) {
        Trust trust = new Trust();
        Sessions sessions = new Sessions(trust);
        means = new Means(settings, new Credentials(home, trust), trust, new Budget(settings.memory()), sessions, new Watch(), refusals);
        door = new Door(means);
        dialling = new Dialling(means);
        means.watch().every(settings.ping().dividedBy(LOOKS), sessions::tick);
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
        return door.open(service, self, accept);
    }

    @Override
    public String reachable(String service) {
        return door.reachable(service);
    }

    @Override
    public Connection dial(String address, String self, Duration timeout) throws BackupException {
        return dialling.dial(Place.parse(address), self, timeout);
    }

    @Override
    public void distrust(Set<String> serials) {
        means.trust().distrust(serials);
        means.sessions().check();
    }

    @Override
    public void keepTime(InstantSource clock) {
        means.trust().keepTime(clock);
    }

    /** For tests. */
    Means means() {
        return means;
    }

    /** Ends every offer and every connection; the other sides are told as far as that needs no waiting. */
    @Deactivate
    @Override
    public void close() {
        door.close();
        means.sessions().close();
        means.watch().close();
    }
}
