package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.azekura.client.ClientDoor;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that may not dial: the server dials it, and so does the storage node of each job. */
@Timeout(300)
class CalledClientTest {

    private static final ClientName WEB = new ClientName(WholeAppliance.NAME);
    private static final String ADDRESS = "web1.example.org:8444";

    @TempDir
    Path dir;

    /** Has the name and the addresses of the transport between hosts. A client's side of it dials nobody. */
    private static final class BetweenHosts implements Transport {

        private final LocalTransport through;
        private final boolean mayDial;
        private final CountDownLatch calls = new CountDownLatch(3);
        /** Who is not let through to the client, like {@code node/}. */
        private volatile String blocked = "nobody";

        BetweenHosts(LocalTransport through, boolean mayDial) {
            this.through = through;
            this.mayDial = mayDial;
        }

        @Override
        public String scheme() {
            return "tls";
        }

        @Override
        public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
            return through.listen(service, self, accept);
        }

        @Override
        public Connection dial(String address, String self, Duration timeout) throws BackupException {
            if (!mayDial) {
                throw new AssertionError("dials " + address);
            }
            if (address.startsWith(ADDRESS + "/")) {
                if (self.startsWith(blocked)) {
                    throw BackupException.network("transport.unreachable", address, address + " is not reached: Connection refused", null);
                }
                calls.countDown();
            }
            return through.dial(address.substring(address.indexOf('/') + 1), self, timeout);
        }
    }

    @Test
    void savesAndRestoresLikeAnyOther() throws Exception {
        Path source = Files.createDirectory(dir.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        Path home = dir.resolve("home");
        LocalTransport local = new LocalTransport();
        BetweenHosts transport = new BetweenHosts(local, true);
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of(home.resolve("pools/default").toString(),
                new FaultDisk(1).on(FaultPlan.none())), transport)) {
            assertEquals(Optional.empty(), appliance.server.appliance().address(WEB));
            ClientDoor client = new ClientDoor(dir.resolve("web1"), WEB.value(), new Transports(new BetweenHosts(local, false)));
            try {
                appliance.server.appliance().setAddress(WEB, ADDRESS);
                assertEquals(Optional.of(ADDRESS), appliance.server.appliance().address(WEB));
                Job saved = appliance.run(new JobOrder.Backup(WEB, null, new SaveSet(new SaveSetName("set"), List.of(RawPath.of(source.toString())),
                        List.of(), false), null, false));
                assertEquals(Job.State.DONE, saved.state(), saved::toString);
                Path target = dir.resolve("target");
                Job restored = appliance.run(new JobOrder.Restore(appliance.server.snapshots().list(WEB).getFirst().id(), List.of(), null,
                        RawPath.of(target.toString()), Overwrite.NEVER, false));
                assertEquals(Job.State.DONE, restored.state(), restored::toString);
                assertEquals("content", Files.readString(Path.of(target.toString() + source).resolve("file")));
                assertTrue(transport.calls.await(120, TimeUnit.SECONDS), "the server has dialled, and the node for each job");
            } finally {
                client.close();
            }
            appliance.server.appliance().setAddress(WEB, "");
            assertEquals(Optional.empty(), appliance.server.appliance().address(WEB));
        }
    }

    @Test
    void aNodeThatCanNotDialItEitherIsNamedWithIt() throws Exception {
        Path source = Files.createDirectory(dir.resolve("source"));
        Path home = dir.resolve("home");
        LocalTransport local = new LocalTransport();
        BetweenHosts transport = new BetweenHosts(local, true);
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of(home.resolve("pools/default").toString(),
                new FaultDisk(1).on(FaultPlan.none())), transport)) {
            ClientDoor client = new ClientDoor(dir.resolve("web1"), WEB.value(), new Transports(new BetweenHosts(local, false)));
            try {
                appliance.server.appliance().setAddress(WEB, ADDRESS);
                transport.blocked = "node/";
                Job parked = appliance.run(new JobOrder.Backup(WEB, null, new SaveSet(new SaveSetName("set"), List.of(RawPath.of(source.toString())),
                        List.of(), false), null, false));
                assertEquals(Job.State.PARKED, parked.state(), parked::toString);
                String why = appliance.server.jobs().get(parked.id()).error();
                assertTrue(why.startsWith("client " + WEB + " may not dial, and storage node " + WholeAppliance.NAME + " can't dial it: "), why);
                transport.blocked = "nobody";
                assertEquals(Job.State.DONE, appliance.awaitEnd(parked.id()).state());
            } finally {
                client.close();
            }
        }
    }

    @Test
    void whatIsNoAddressIsRefused() throws Exception {
        Path home = dir.resolve("home");
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of(home.resolve("pools/default").toString(),
                new FaultDisk(1).on(FaultPlan.none())))) {
            for (String wrong : List.of("web1", "web1:", "web1:0", "web1:65536", ":8444", "web1:8444/x", "a b:1", "web1:8444\n")) {
                assertEquals("host.address", assertThrows(BackupException.class, () -> appliance.server.appliance().setAddress(WEB, wrong), wrong)
                        .failure().code());
            }
        }
    }
}
