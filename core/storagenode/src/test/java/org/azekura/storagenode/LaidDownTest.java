package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.NodeName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.Quota;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Pools;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people have laid down comes back with any volume and its key, though the catalog is lost; and a policy's run outlives the server. */
@Timeout(300)
class LaidDownTest {

    private static final ClientName HOST = new ClientName("host");
    private static final ClientName APP = new ClientName("app");
    private static final PolicyName NIGHTLY = new PolicyName("nightly");

    @TempDir
    Path dir;

    private String recovery;

    /** Everything that can be laid down. */
    private void layDown(TwoSites sites) throws Exception {
        Path source = Files.createDirectories(dir.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        sites.server.saveSets().create(new KeptSaveSet(HOST, null, new SaveSet(new SaveSetName("docs"), List.of(RawPath.of(source.toString())),
                List.of(new Rule(false, Rule.Kind.GLOB, "*.tmp")), true), Hooks.NONE));
        sites.server.saveSets().create(new KeptSaveSet(APP, HOST, new SaveSet(new SaveSetName("db"), List.of(), List.of(), false),
                new Hooks(new HookName("freeze"), null, new HookName("dump-db"))));
        sites.server.policies().create(new Policies.Wanted(NIGHTLY, List.of("docs"), TwoSites.MAIN, List.of(TwoSites.OFFSITE), Timing.BY_HAND,
                Keep.ALL));
        sites.server.appliance().join(APP, HOST.value());
        sites.server.appliance().limit(HOST, 1L << 40);
        sites.server.appliance().direct(HOST, TwoSites.MAIN, null);
        sites.server.appliance().direct(APP, null, sites.server.pools().group(TwoSites.MAIN, new PoolGroup("near")).group());
        sites.server.appliance().limit(APP, List.of(new Bandwidth(1 << 20, LocalTime.of(22, 0), LocalTime.of(6, 30)), new Bandwidth(1 << 30)));
        sites.server.pools().tune(TwoSites.MAIN, new Pools.Tuning(33, null, 77));
        sites.server.appliance().setAddress(new NodeName("far"), "[::1]:9");
        sites.server.retention().lock(TwoSites.MAIN, Duration.ofDays(30), null);
    }

    /** All of it, as text. */
    private static List<String> laidDown(CatalogStore catalog) throws Exception {
        return catalog.read(view -> {
            List<String> all = new ArrayList<>();
            view.saveSets(null).forEach(set -> all.add(set.toString()));
            view.policies().forEach(policy -> all.add(policy.toString()));
            all.add("locked for " + view.lock(TwoSites.MAIN));
            view.pins().forEach(pin -> all.add(pin.toString()));
            for (Client client : view.clients()) {
                all.add(client.name() + " " + client.trustGroup() + " " + view.terms(client.name()) + " "
                        + view.boundedQuota(client.name()).map(Quota::limit).orElse(Quota.NONE));
            }
            Pool main = view.pool(TwoSites.MAIN).orElseThrow();
            all.add(main.group() + " " + main.livePercent() + " " + main.patience() + " " + main.compressionLevel());
            all.add(view.setting("host.addresses").orElse("no addresses"));
            return all;
        });
    }

    private List<JobResult.OrderedCopy> run(TwoSites sites) throws Exception {
        List<Policies.Begun> begun = sites.server.policies().run(NIGHTLY);
        Job backup = sites.await(begun.getFirst().job().id(), false);
        assertEquals(Job.State.DONE, backup.state(), backup::toString);
        return ((JobResult.Backup) sites.server.jobs().result(backup.id()).orElseThrow()).copies();
    }

    @Test
    void comesBackWithAnyOneVolumeAndWhatIsNotInForceIsNamed() throws Exception {
        List<String> before;
        FaultDisk main;
        FaultDisk offsite;
        try (TwoSites sites = TwoSites.made(dir.resolve("lost"))) {
            layDown(sites);
            Job copy = sites.await(run(sites).getFirst().job(), false);
            assertEquals(Job.State.DONE, copy.state(), copy::toString);
            before = laidDown(sites.catalog());
            recovery = sites.server.pools().exportKey(TwoSites.MAIN);
            main = sites.disks.get("a");
            offsite = sites.disks.get("b");
        }
        assertEquals(List.of("policy nightly copies to pool offsite, which is not here; make a pool of this name, or the policy anew with others"),
                rebuilt(dir.resolve("from main"), main, Job.State.WARNED, before));
        // The pool itself was never saved into: the copies in it say it all the same.
        assertEquals(List.of(), rebuilt(dir.resolve("from offsite"), offsite, Job.State.DONE, before));
    }

    private List<String> rebuilt(Path home, FaultDisk left, Job.State state, List<String> before) throws Exception {
        try (WholeAppliance appliance = new WholeAppliance(home, true, Map.of("/left", left.on(FaultPlan.none()),
                home.resolve("pools/default").toString(), new FaultDisk(3).on(FaultPlan.none())))) {
            Job job = appliance.run(new JobOrder.Rebuild(List.of("/left")));
            assertEquals(state, job.state(), job::toString);
            assertEquals(1, appliance.server.saveSets().list(null).size(), "paths need the key");
            assertEquals(List.of(TwoSites.MAIN), appliance.server.keys().importKey(null, recovery));
            assertEquals(before, laidDown(appliance.catalog()));
            assertEquals(1, appliance.catalog().read(CatalogView::snapshotCount));
            return ((JobResult.Rebuild) appliance.server.jobs().result(job.id()).orElseThrow()).warnings();
        }
    }

    @Test
    void theCopyOfAPolicyIsMadeThoughItsPoolWasAwayAndTheServerStopped() throws Exception {
        try (TwoSites sites = TwoSites.made(dir.resolve("home"))) {
            layDown(sites);
            sites.stopNode("b");
            JobResult.OrderedCopy copy = run(sites).getFirst();
            assertEquals(TwoSites.OFFSITE, copy.to());
            assertEquals(Job.State.PARKED, sites.await(copy.job(), true).state());
            sites.stopServer();
            sites.stopNode("a");
            sites.startServer();
            sites.startNode("a", FaultPlan.none());
            sites.startNode("b", FaultPlan.none());
            Job ended = sites.await(copy.job(), false);
            assertEquals(Job.State.DONE, ended.state(), ended::toString);
            assertEquals(1, ((JobResult.Copy) sites.server.jobs().result(copy.job()).orElseThrow()).snapshots().size());
        }
    }
}
