package org.azekura.server.host;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;

class TrustGroupsTest {

    private static final ClientName WEB = new ClientName("web");
    private static final ClientName DB = new ClientName("db");

    private final Map<ClientName, Client> clients = new TreeMap<>(Map.of(WEB, new Client(WEB, new TrustGroup(0, 1), null, null),
            DB, new Client(DB, new TrustGroup(0, 2), null, null)));
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Deletion> deletions = new ArrayList<>();
    private final List<Job> jobs = new ArrayList<>();
    private final TrustGroups groups = new TrustGroups(store());

    @SuppressWarnings("unchecked")
    private CatalogStore store() {
        CatalogEdit edit = (CatalogEdit) Proxy.newProxyInstance(CatalogEdit.class.getClassLoader(), new Class<?>[] {CatalogEdit.class},
                (self, method, args) -> switch (method.getName()) {
                    case "clients" -> List.copyOf(clients.values());
                    case "client" -> Optional.ofNullable(clients.get(args[0]));
                    case "putClient" -> clients.put(((Client) args[0]).name(), (Client) args[0]);
                    case "snapshots" -> snapshots.stream().filter(snapshot -> snapshot.client().equals(args[0])).toList();
                    case "jobs" -> jobs;
                    case "setting" -> Optional.empty();
                    case "putSetting" -> null;
                    case "mediaSets" -> List.of();
                    case "pools" -> List.of(Rows.pool("main"));
                    case "deletions" -> deletions;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (CatalogStore) Proxy.newProxyInstance(CatalogStore.class.getClassLoader(), new Class<?>[] {CatalogStore.class},
                (self, method, args) -> method.getName().equals("read") ? ((CatalogStore.Query<Object>) args[0]).run(edit)
                        : ((CatalogStore.Change<Object>) args[0]).run(edit));
    }

    @Test
    void aClientJoinsAnotherOneOrItsGroupAndLeavesIt() throws Exception {
        assertEquals(List.of(WEB), groups.of(WEB).members());
        assertEquals(List.of(DB, WEB), groups.join(WEB, "db").members());
        assertEquals(groups.of(DB), groups.of(WEB));
        TrustGroup left = groups.leave(WEB).group();
        assertEquals(List.of(WEB), groups.of(WEB).members());
        assertNotEquals(groups.of(DB).group(), left);
        assertEquals(left, groups.leave(WEB).group(), "alone already");
        assertEquals(List.of(DB, WEB), groups.join(WEB, groups.of(DB).group().toString()).members());
    }

    @Test
    void whoIsUnknownIsNamed() {
        assertRefused("client.unknown", () -> groups.of(new ClientName("nobody")));
        assertRefused("client.unknown", () -> groups.join(new ClientName("nobody"), "db"));
        assertRefused("group.unknown", () -> groups.join(WEB, "nobody"));
        assertRefused("group.unknown", () -> groups.join(WEB, new TrustGroup(7, 7).toString()));
    }

    @Test
    void aClientWithSnapshotsStaysWhereTheyAreFound() throws Exception {
        snapshots.add(Rows.snapshot(1, "main", "web", "srv"));
        assertRefused("snapshot.exists", () -> groups.join(WEB, "db"));
        assertEquals(new TrustGroup(0, 1), groups.of(WEB).group());
        assertEquals(List.of(DB, WEB), groups.join(DB, "web").members(), "the other may join it");
        assertRefused("snapshot.exists", () -> groups.leave(WEB));
    }

    @Test
    void aClientWhoseDataAJobWorksWithStaysToo() {
        Job other = Records.with(Records.with(Rows.job(1, Job.State.RUNNING), "client", null), "holds", null);
        jobs.add(Records.with(other, "client", WEB));
        assertRefused("client.running", () -> groups.join(WEB, "db"));
        SnapshotId deleted = new SnapshotId(0, 9);
        deletions.add(new Deletion(deleted, new PoolName("main"), WEB, new ChunkId(1, 2, 3, 4), Instant.EPOCH));
        jobs.set(0, Records.with(other, "holds", deleted));
        assertRefused("client.running", () -> groups.join(WEB, "db"));
    }
}
