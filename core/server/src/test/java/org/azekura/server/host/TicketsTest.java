package org.azekura.server.host;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.message.NodeAccess;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Connection;
import org.azekura.engine.volume.SigningKey;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketsTest {

    private static final ClientName WEB = new ClientName("web");
    private static final ClientName PROXY = new ClientName("proxy");
    private static final Client OWNER = new Client(WEB, new TrustGroup(0, 1), null, null);
    private static final PoolName POOL = new PoolName("main");
    private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path dir;
    private final AtomicLong nanos = new AtomicLong();
    private final Map<ClientName, Quota> quotas = new HashMap<>();
    private final Connection here = connection("local", "");
    private final ConnectedClient proxy = new ConnectedClient(PROXY, new byte[0], here, null, null);
    private final ConnectedNode node = new ConnectedNode(new NodeName("n1"), List.of(new Endpoint("local", "node-n1")), here, null, null);
    private SigningKey signer;
    private Tickets tickets;

    @BeforeEach
    void begin() throws Exception {
        signer = SigningKey.loadOrCreate(dir.resolve("key"));
        tickets = new Tickets(signer, store(), () -> BEGAN.plusNanos(nanos.get()));
    }

    private static Connection connection(String scheme, String host) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                (self, method, args) -> switch (method.getName()) {
                    case "scheme" -> scheme;
                    case "host" -> host;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("unchecked")
    private CatalogStore store() {
        CatalogEdit edit = (CatalogEdit) Proxy.newProxyInstance(CatalogEdit.class.getClassLoader(), new Class<?>[] {CatalogEdit.class},
                (self, method, args) -> switch (method.getName()) {
                    case "setting" -> Optional.empty();
                    case "putSetting" -> null;
                    case "quota" -> Optional.ofNullable(quotas.get(args[0]));
                    case "boundedQuota" -> Optional.ofNullable(quotas.get(args[0])).filter(Quota::isBounded);
                    case "putQuota" -> quotas.put((ClientName) args[0], new Quota((ClientName) args[0], (long) args[1], quotas.get(args[0]).used()));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (CatalogStore) Proxy.newProxyInstance(CatalogStore.class.getClassLoader(), new Class<?>[] {CatalogStore.class},
                (self, method, args) -> method.getName().equals("read") ? ((CatalogStore.Query<Object>) args[0]).run(edit)
                        : ((CatalogStore.Change<Object>) args[0]).run(edit));
    }

    private Ticket open(NodeAccess access) throws BackupException {
        SignedTicket signed = access.ticket();
        assertTrue(SigningKey.verify(tickets.welcome(new ApplianceId(1, 1)).ticketKey(), SignedTicket.signed(signed.ticket()), signed.signature()));
        return MessageCodec.decode(ByteBuffer.wrap(signed.ticket()), Ticket.class);
    }

    @Test
    void namesHolderOwnerNodePoolAndWhatMayBeDone() throws Exception {
        NodeAccess access = tickets.store(new JobId(7), POOL, proxy, OWNER, node);
        assertEquals(new NodeName("n1"), access.node());
        assertEquals("local:node-n1", access.endpoint().toString());
        Ticket ticket = open(access);
        assertEquals(new Ticket(new JobId(7), ticket.nonce(), PROXY, WEB, new NodeName("n1"), POOL, Ticket.Direction.STORE, OWNER.trustGroup(), -1, -1,
                BEGAN, BEGAN.plus(Tickets.LIFE)), ticket);
        Ticket reading = open(tickets.read(new JobId(7), POOL, proxy, OWNER, node));
        assertEquals(Ticket.Direction.READ, reading.direction());
        assertEquals(OWNER.trustGroup(), reading.trustGroup());
        Ticket checking = open(tickets.check(new JobId(7), POOL, proxy, node));
        assertEquals(Ticket.Direction.CHECK, checking.direction());
        assertNull(checking.trustGroup());
        assertNull(checking.owner());
    }

    @Test
    void eachIsAnotherOne() throws Exception {
        byte[] one = open(tickets.read(new JobId(7), POOL, proxy, OWNER, node)).nonce();
        byte[] two = open(tickets.read(new JobId(7), POOL, proxy, OWNER, node)).nonce();
        assertEquals(Ticket.NONCE_BYTES, one.length);
        assertFalse(Arrays.equals(one, two));
    }

    @Test
    void outlastsTheWaitForAMedium() {
        assertTrue(Tickets.LIFE.compareTo(Duration.ofMinutes(15)) > 0);
    }

    @Test
    void timesAreCountedFromTheServersStart() throws Exception {
        nanos.addAndGet(Duration.ofDays(300).toNanos());
        assertEquals(BEGAN.plus(Duration.ofDays(300)), tickets.welcome(new ApplianceId(1, 1)).now());
        assertEquals(BEGAN.plus(Duration.ofDays(300)), open(tickets.read(new JobId(7), POOL, proxy, OWNER, node)).issued());
    }

    @Test
    void tellsWhatIsLeftOfTheOwnersQuota() throws Exception {
        quotas.put(WEB, new Quota(WEB, 100, 30));
        quotas.put(PROXY, new Quota(PROXY, 5, 4));
        Ticket ticket = open(tickets.store(new JobId(7), POOL, proxy, OWNER, node));
        assertEquals(100, ticket.quota());
        assertEquals(70, ticket.left());
        tickets.requireQuota(WEB);
        quotas.put(WEB, new Quota(WEB, 100, 130));
        assertEquals(0, open(tickets.store(new JobId(7), POOL, proxy, OWNER, node)).left());
        BackupException refusal = assertRefused("quota.exceeded", () -> tickets.requireQuota(WEB));
        assertTrue(refusal.getMessage().contains("130 B") && refusal.getMessage().contains("100 B"), refusal.getMessage());
    }

    @Test
    void aQuotaIsABoundOrNone() throws Exception {
        quotas.put(WEB, new Quota(WEB, -1, 30));
        assertEquals(new Quota(WEB, 20, 30), store().write(edit -> Quotas.limit(edit, WEB, 20)));
        assertEquals(new Quota(WEB, -1, 30), store().write(edit -> Quotas.limit(edit, WEB, Quota.NONE)));
        assertRefused("quota.value", () -> store().write(edit -> Quotas.limit(edit, WEB, 0)));
        assertRefused("quota.value", () -> store().write(edit -> Quotas.limit(edit, WEB, -2)));
        assertRefused("client.unknown", () -> store().write(edit -> Quotas.limit(edit, PROXY, 20)));
        assertRefused("client.unknown", () -> store().read(view -> Quotas.of(view, PROXY)));
    }
}
