package org.azekura.server.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.NodeName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Pool;

/** An installation of this size as the catalog has it: each storage node has a pool, and one for the copies of another node's. */
record Site(Size size) {

    private static final SaveSetName ALL = new SaveSetName("all");

    static NodeName node(int number) {
        return new NodeName("node%03d".formatted(number));
    }

    static PoolName pool(int node) {
        return new PoolName("main%03d".formatted(node));
    }

    /** On another node than its pool. */
    PoolName copies(int node) {
        return new PoolName("copy%03d".formatted((node + 1) % size.nodes()));
    }

    static SaveSetId saveSet(int client) {
        return new SaveSetId(new ClientName("c%06d".formatted(client)), ALL);
    }

    /** Number of the node that has a pool, copies or not. */
    static int nodeOf(PoolName pool) {
        return Integer.parseInt(pool.value().substring(4));
    }

    void write(CatalogEdit edit) throws BackupException {
        for (int node = 0; node < size.nodes(); node++) {
            for (PoolName name : List.of(pool(node), new PoolName("copy%03d".formatted(node)))) {
                edit.putPool(new Pool(name, node(node), new DeviceName(name.value()), "disk", ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null));
            }
        }
        for (int client = 0; client < size.clients(); client++) {
            SaveSetId id = saveSet(client);
            edit.putClient(new Client(id.client(), new TrustGroup(1, client), new byte[32], Instant.EPOCH));
            edit.putSaveSet(new KeptSaveSet(id.client(), null, new SaveSet(id.name(), List.of(RawPath.of("/srv"), RawPath.of("/etc")), List.of(), false), Hooks.NONE));
        }
        for (Policy policy : policies()) {
            edit.putPolicy(policy);
        }
    }

    /** Most run in the evening over four hours; some by day, and not in office hours; a few come first. */
    List<Policy> policies() {
        List<Policy> policies = new ArrayList<>();
        for (int number = 0; number < size.policies(); number++) {
            int node = number % size.nodes();
            Timing timing = switch (number % 10) {
                case 0 -> timing("daily 06:00", List.of("mon..fri 08:00-18:00"), 50);
                case 1 -> timing("daily 23:00", List.of(), 80);
                default -> timing("daily 20:00", List.of(), 50);
            };
            policies.add(new Policy(new PolicyName("p%05d".formatted(number)), pool(node), IntStream.range(number * size.ofAPolicy(),
                    Math.min(size.clients(), (number + 1) * size.ofAPolicy())).mapToObj(Site::saveSet).toList(), List.of(copies(node)), timing, Keep.ALL));
        }
        return policies;
    }

    private static Timing timing(String schedule, List<String> blackouts, int priority) {
        return new Timing(schedule, "UTC", blackouts, false, true, priority, 0, Duration.ofHours(1), 2, Duration.ofMinutes(10), true);
    }
}
