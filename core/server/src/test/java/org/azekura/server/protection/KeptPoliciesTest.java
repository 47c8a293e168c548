package org.azekura.server.protection;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Policies;
import org.azekura.server.host.Edition;
import org.azekura.server.schedule.PolicyCourse;
import org.azekura.server.schedule.Scheduler;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptPoliciesTest {

    private static final PolicyName DAILY = new PolicyName("daily");
    private static final PoolName MAIN = new PoolName("main");

    private final FewProtections catalog = new FewProtections();
    private Instant now = Instant.parse("2026-11-26T21:00:00Z");
    private final List<JobOrder> orders = new ArrayList<>();
    private final List<Job> begun = new ArrayList<>();
    private final KeptPolicies policies = new KeptPolicies(catalog.store(), new Scheduler(catalog.store(), queue(), PolicyCourse::all, () -> this.now, ZoneOffset.UTC), () -> this.now);

    /** Takes any order but one of a save set that is called {@code away}. */
    private Scheduler.Queue queue() {
        return new Scheduler.Queue() {
            @Override
            public CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy, boolean there) throws BackupException {
                assertTrue(there, "somebody waits for it");
                if (((JobOrder.Backup) order).saveSet().name().value().equals("away")) {
                    throw BackupException.network("client.offline", "", "it is not connected", null);
                }
                return edit -> {
                    orders.add(order);
                    return Rows.job(orders.size(), Job.State.QUEUED);
                };
            }

            @Override
            public void begin(List<Job> queued) {
                begun.addAll(queued);
            }
        };
    }

    @BeforeEach
    void begin() {
        for (String name : new String[] {"docs", "away", "etc"}) {
            KeptSaveSet set = new KeptSaveSet(FewProtections.HOST, null,
                    new SaveSet(new SaveSetName(name), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE);
            catalog.saveSets.put(set.id(), set);
        }
    }

    private static SaveSetId id(String name) {
        return new SaveSetId(FewProtections.HOST, new SaveSetName(name));
    }

    @Test
    void beginsEveryOneThatCanBeBegun() throws Exception {
        create(DAILY, List.of("docs", "away", "host/etc"), MAIN, List.of(new PoolName("off")));
        List<Policies.Begun> begun = policies.run(DAILY);
        assertEquals(List.of(id("docs"), id("away"), id("etc")), begun.stream().map(Policies.Begun::saveSet).toList());
        assertEquals("client.offline", begun.get(1).failure().code());
        assertEquals(2, this.begun.size());
        assertNull(begun.get(1).job());
        assertNull(begun.get(2).failure());
        assertEquals(List.of("docs main [off]", "etc main [off]"), orders.stream().map(order -> ((JobOrder.Backup) order).saveSet().name() + " "
                + ((JobOrder.Backup) order).pool() + " " + ((JobOrder.Backup) order).copyTo()).toList());
    }

    @Test
    void namesOnlyWhatIsThereAndOnlyOnce() throws Exception {
        assertRefused("saveset.unknown", () -> create(DAILY, List.of("docs", "nothing"), MAIN, List.of()));
        assertRefused("pool.unknown", () -> create(DAILY, List.of("docs"), new PoolName("unknown"), List.of()));
        assertRefused("pool.unknown", () -> create(DAILY, List.of("docs"), MAIN, List.of(new PoolName("unknown"))));
        assertRefused("policy.invalid", () -> create(DAILY, List.of(), MAIN, List.of()));
        assertRefused("policy.invalid", () -> create(DAILY, List.of("docs", "host/docs"), MAIN, List.of()));
        assertRefused("policy.invalid", () -> create(DAILY, List.of("docs"), MAIN, List.of(MAIN)));
        assertRefused("policy.invalid", () -> create(DAILY, List.of("docs"), MAIN, List.of(new PoolName("off"), new PoolName("off"))));
        assertRefused("pool.unknown", () -> create(DAILY, List.of("docs"), MAIN, List.of(new PoolName("main.in.off"))));
        assertEquals(List.of(), policies.list());
        create(DAILY, List.of("docs"), MAIN, List.of(new PoolName("off")));
        assertRefused("policy.exists", () -> create(DAILY, List.of("etc"), MAIN, List.of()));
        assertEquals(List.of(id("docs")), policies.get(DAILY).saveSets());
    }

    @Test
    void saysWhatIsWrongByItsNameAndWhatWouldDo() throws Exception {
        assertEquals("there is no policy daily; none is kept yet: make one with \"azekura policy create NAME --save-set S --pool POOL\"",
                assertRefused("policy.unknown", () -> policies.run(DAILY)).getMessage());
        assertEquals("policy daily cannot be made: it names save set host/docs twice",
                assertRefused("policy.invalid", () -> create(DAILY, List.of("docs", "host/docs"), MAIN, List.of())).getMessage());
        assertEquals("policy daily cannot be made: pool main is where it saves; a copy goes to another pool",
                assertRefused("policy.invalid", () -> create(DAILY, List.of("docs"), MAIN, List.of(MAIN))).getMessage());
        assertEquals("there is no save set docs,etc; several are separated by spaces",
                assertRefused("saveset.unknown", () -> create(DAILY, List.of("docs,etc"), MAIN, List.of())).getMessage());
        assertEquals("there is no save set app/docs; of this name there is host/docs",
                assertRefused("saveset.unknown", () -> create(DAILY, List.of("app/docs"), MAIN, List.of())).getMessage());
        assertEquals("there is no save set doc; \"azekura save-set list\" names them all",
                assertRefused("saveset.unknown", () -> create(DAILY, List.of("doc"), MAIN, List.of())).getMessage());
        catalog.saveSets.clear();
        assertEquals("there is no save set docs; none is kept yet: make one with \"azekura save-set create NAME --include PATH\"",
                assertRefused("saveset.unknown", () -> create(DAILY, List.of("docs"), MAIN, List.of())).getMessage());
    }

    @Test
    void everyChangeOfOneIsAnEdition() throws Exception {
        create(DAILY, List.of("docs"), MAIN, List.of());
        policies.run(DAILY);
        assertRefused("policy.exists", () -> create(DAILY, List.of("docs"), MAIN, List.of()));
        policies.delete(DAILY);
        assertEquals(2L, catalog.store().read(Edition::of));
    }

    @Test
    void isForgottenOnce() throws Exception {
        create(DAILY, List.of("docs"), MAIN, List.of());
        policies.delete(DAILY);
        assertRefused("policy.unknown", () -> policies.delete(DAILY));
        assertRefused("policy.unknown", () -> policies.get(DAILY));
        assertRefused("policy.unknown", () -> policies.run(DAILY));
    }

    private Policy create(PolicyName name, List<String> saveSets, PoolName pool, List<PoolName> copyTo) throws BackupException {
        return policies.create(new Policies.Wanted(name, saveSets, pool, copyTo, Timing.BY_HAND, Keep.ALL));
    }
}
