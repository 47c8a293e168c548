package org.azekura.server.pool;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Reception;
import org.azekura.testkit.catalog.Rows;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;

/** A storage node that answers what a test wants, and what makes pools on it, with a real catalog. */
public final class OneNode implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final ApplianceId SELF = new ApplianceId(1, 2);

    /** What it answers to an order. */
    public interface Answers {
        Answer to(NodeOrder order) throws BackupException;
    }

    public volatile Answers answers = order -> new Answer.Done();
    public final List<NodeOrder> orders = new CopyOnWriteArrayList<>();
    final CatalogDoor door;
    final PoolMaking making;
    final PoolService service;
    public final Hosts hosts = new Hosts();
    private final Transports.Offer offer;
    private final Conversation talk;

    public OneNode(Path home) throws BackupException {
        door = new CatalogDoor(home);
        LocalTransport transport = new LocalTransport();
        Reception reception = new Reception(() -> new Answer.Welcome(SELF, new byte[0], Instant.EPOCH), hosts, silent(Reception.Reports.class), silent(Reception.Admission.class),
                silent(Reception.Times.class));
        offer = new Transports(transport).offer("server", "server/s", reception::accept);
        talk = new Conversation(transport.dial("server", "node/" + Rows.pool("any").node(), LONG), this::receive).start();
        talk.ask(new NodeReport.Hello(Rows.pool("any").node(), List.of(), "0"), Answer.Welcome.class, LONG);
        PoolVault vault = new PoolVault(home.resolve("keys"), catalog());
        PoolVolumes volumes = new PoolVolumes(SELF, catalog(), SigningKey.loadOrCreate(home.resolve("signing")), vault);
        service = new PoolService(catalog(), hosts, volumes);
        making = new PoolMaking(catalog(), vault, volumes, service, new DriveSealing(hosts));
    }

    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> null));
    }

    private Answer receive(Message message) throws BackupException {
        orders.add((NodeOrder) message);
        return answers.to((NodeOrder) message);
    }

    public CatalogStore catalog() {
        return door.catalog();
    }

    public ConnectedNode node() throws BackupException {
        return hosts.node(Rows.pool("any").node());
    }

    /** It goes at once. */
    void leave() {
        talk.close();
    }

    @Override
    public void close() {
        talk.close();
        offer.close();
        hosts.close();
        door.close();
    }
}
