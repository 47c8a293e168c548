package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertEmpty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.junit.jupiter.api.Test;

/** {@link CatalogListsContract}, and save sets and policies. */
public interface ProtectionRowsContract extends CatalogListsContract {

    /** Roots and rules in an order that is not that of their text. */
    private static KeptSaveSet files(String client, String name) {
        return new KeptSaveSet(new ClientName(client), new ClientName("proxy"), new SaveSet(new SaveSetName(name),
                List.of(RawPath.of("/srv"), new RawPath(new byte[] {'/', (byte) 0xff}), RawPath.of("/etc")),
                List.of(new Rule(true, Rule.Kind.GLOB, "keep"), new Rule(false, Rule.Kind.LARGER, "7"), new Rule(false, Rule.Kind.GLOB, "*")), true),
                new Hooks(new HookName("freeze"), new HookName("thaw"), null));
    }

    private static KeptSaveSet dump(String client, String name) {
        return new KeptSaveSet(new ClientName(client), null, new SaveSet(new SaveSetName(name), List.of(), List.of(), false),
                new Hooks(null, null, new HookName("pg-dump")));
    }

    private static Policy policy(String name, SaveSetId... sets) {
        return new Policy(new PolicyName(name), MAIN, List.of(sets), List.of(new PoolName("z"), new PoolName("a")),
                new Timing("daily 22:00", "Asia/Tokyo", List.of("sun", "mon..fri 08:00-18:00"), true, false, 61, 3, Duration.ofSeconds(4), 5, Duration.ofSeconds(6), false),
                new Keep(1, 2, 3, 4, 5, 6, Duration.ofDays(7)));
    }

    @Test
    default void hasNeitherSaveSetsNorPoliciesAtFirst() throws Exception {
        store().read(view -> {
            assertEquals(List.of(), view.saveSets(null));
            assertEquals(List.of(), view.policies());
            assertEquals(Optional.empty(), view.saveSet(new SaveSetId(new ClientName("web"), new SaveSetName("etc"))));
            return assertEmpty(view.policy(new PolicyName("daily")));
        });
    }

    @Test
    default void keepsSaveSetsByClientAndNameAndReplacesThem() throws Exception {
        change(edit -> edit.putSaveSet(files("web", "b")), edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putSaveSet(files("db", "b")),
                edit -> edit.putSaveSet(dump("web", "b")));
        assertEquals(List.of(files("db", "b"), files("web", "a"), dump("web", "b")), read(view -> view.saveSets(null)));
        assertEquals(List.of(files("web", "a"), dump("web", "b")), read(view -> view.saveSets(new ClientName("web"))));
        assertEquals(Optional.of(dump("web", "b")), read(view -> view.saveSet(dump("web", "b").id())));
        reopen();
        assertEquals(Optional.of(files("db", "b")), read(view -> view.saveSet(files("db", "b").id())));
    }

    @Test
    default void forgetsOneSaveSetAndNoOther() throws Exception {
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putSaveSet(files("db", "a")), edit -> edit.deleteSaveSet(files("web", "a").id()),
                edit -> edit.deleteSaveSet(files("web", "never").id()));
        assertEquals(List.of(files("db", "a")), read(view -> view.saveSets(null)));
        change(edit -> edit.putSaveSet(dump("web", "a")));
        assertEquals(Optional.of(dump("web", "a")), read(view -> view.saveSet(files("web", "a").id())));
    }

    @Test
    default void keepsPoliciesInOrderAndReplacesThem() throws Exception {
        SaveSetId a = files("web", "a").id();
        SaveSetId b = files("db", "b").id();
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putSaveSet(files("db", "b")), edit -> edit.putPolicy(policy("nightly", a)),
                edit -> edit.putPolicy(policy("daily", a)), edit -> edit.putPolicy(policy("nightly", b, a)));
        assertEquals(List.of(policy("daily", a), policy("nightly", b, a)), read(CatalogView::policies));
        reopen();
        assertEquals(Optional.of(policy("nightly", b, a)), read(view -> view.policy(new PolicyName("nightly"))));
        change(edit -> edit.deletePolicy(new PolicyName("nightly")), edit -> edit.deletePolicy(new PolicyName("never")));
        assertEquals(List.of(policy("daily", a)), read(CatalogView::policies));
    }

    private static PolicyRun run(String policy, long number, Instant ended, PolicyRun.Part... parts) {
        return new PolicyRun(new PolicyName(policy), number, number % 2 == 0, Rows.TIME.plusSeconds(number), ended, PolicyRun.Outcome.RUNNING, ended == null ? null : "it is so", List.of(parts));
    }

    @Test
    default void keepsUpToWhenAScheduleIsDealtWith() throws Exception {
        SaveSetId a = files("web", "a").id();
        PolicyName daily = new PolicyName("daily");
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putPolicy(policy("daily", a)));
        assertEquals(Optional.empty(), read(view -> view.scheduled(daily)));
        change(edit -> edit.putScheduled(daily, Rows.TIME), edit -> edit.putPolicy(policy("daily", a)));
        assertEquals(Optional.of(Rows.TIME), read(view -> view.scheduled(daily)), "a policy that is put again is the same one");
        change(edit -> edit.deletePolicy(daily), edit -> edit.putPolicy(policy("daily", a)));
        assertEquals(Optional.empty(), read(view -> view.scheduled(daily)));
    }

    @Test
    default void keepsRunsOfPoliciesWithTheirParts() throws Exception {
        SaveSetId a = files("web", "a").id();
        PolicyName daily = new PolicyName("daily");
        PolicyRun.Part waiting = PolicyRun.Part.waiting(a);
        PolicyRun.Part failed = new PolicyRun.Part(new SaveSetId(new ClientName("db"), new SaveSetName("gone")), new JobId(9), 3, PolicyRun.Outcome.FAILED, Rows.TIME, "it is away");
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putPolicy(policy("daily", a)), edit -> edit.putPolicy(policy("other", a)),
                edit -> edit.putPolicyRun(run("daily", 1, Rows.TIME, failed, waiting)), edit -> edit.putPolicyRun(run("daily", 2, null, waiting)),
                edit -> edit.putPolicyRun(run("daily", 3, Rows.TIME)), edit -> edit.putPolicyRun(run("other", 1, null, failed)));
        assertEquals(List.of(run("daily", 3, Rows.TIME), run("daily", 2, null, waiting)), read(view -> view.policyRuns(daily, 2)));
        assertEquals(List.of(run("daily", 3, Rows.TIME).with(List.of()), run("daily", 2, null)), read(view -> view.barePolicyRuns(daily, 2)));
        assertEquals(List.of(run("daily", 2, null, waiting), run("other", 1, null, failed)), read(CatalogView::openPolicyRuns));
        assertEquals(List.of(run("daily", 2, null, waiting)), read(view -> view.openPolicyRuns(daily)));
        change(edit -> edit.putPolicyRun(run("daily", 2, null, waiting.begun(new JobId(8)))), edit -> edit.deletePolicyRuns(daily, 1));
        reopen();
        assertEquals(List.of(run("daily", 3, Rows.TIME), run("daily", 2, null, waiting.begun(new JobId(8)))), read(view -> view.policyRuns(daily, 9)), "one that goes on stays");
        change(edit -> edit.deletePolicy(daily));
        assertEquals(List.of(), read(view -> view.policyRuns(daily, 9)));
        assertEquals(List.of(run("other", 1, null, failed)), read(CatalogView::openPolicyRuns));
    }

    @Test
    default void namesNoSaveSetThatIsNotThere() throws Exception {
        SaveSetId a = files("web", "a").id();
        assertThrows(BackupException.class, () -> change(edit -> edit.putPolicy(policy("daily", a))));
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putPolicy(policy("daily", a)));
        assertThrows(BackupException.class, () -> change(edit -> edit.deleteSaveSet(a)));
        assertEquals(List.of(policy("daily", a)), read(CatalogView::policies));
    }
}
