package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Proof;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevivedDrillsTest {

    private static final ClientName WEB = new ClientName("web");
    private static final SaveSetId DOCS = new SaveSetId(WEB, new SaveSetName("docs"));
    private static final SaveSetId DUMP = new SaveSetId(WEB, new SaveSetName("dump"));

    @TempDir
    Path dir;

    private LostAndFound catalogs;

    @BeforeEach
    void open() throws Exception {
        catalogs = new LostAndFound(dir);
        catalogs.lost.write(edit -> {
            edit.putClient(Rows.client("web"));
            edit.putSaveSet(new KeptSaveSet(WEB, null, new SaveSet(DOCS.name(), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
            edit.putSaveSet(new KeptSaveSet(WEB, null, new SaveSet(DUMP.name(), List.of(), List.of(), false), Hooks.NONE));
            edit.putDrillPlan(plan("weekly", DOCS, DUMP));
            edit.putDrillPlan(plan("dumps", DUMP));
            edit.putProof(proof(3, "main", Proof.Outcome.PROVEN));
            edit.putProof(proof(4, "main", Proof.Outcome.PROVEN));
            edit.putProof(proof(5, "main", Proof.Outcome.FAILED, "/srv/a is different", "/srv/b is missing"));
            edit.putProof(proof(6, "far", Proof.Outcome.PARTLY));
            return null;
        });
    }

    @AfterEach
    void close() {
        catalogs.close();
    }

    private static DrillPlan plan(String name, SaveSetId... sets) {
        return new DrillPlan(new PolicyName(name), List.of(sets), List.of(LostAndFound.MAIN), 10_000, 0, WEB, new Timing("weekly sun 03:00"));
    }

    private static Proof proof(long job, String pool, Proof.Outcome outcome, String... told) {
        return new Proof(new JobId(job), new SnapshotId(1, job), Rows.TIME, DOCS, new PoolName(pool), WEB, job % 2 == 0 ? null : new Proof.Sample(-job, 5, 50), Rows.TIME,
                Rows.TIME.plusSeconds(job), 7, 8, told.length, List.of(told), new Proof.Times(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)), outcome);
    }

    private static List<Proof> proofs(CatalogStore catalog, long... jobs) throws BackupException {
        List<Proof> proofs = new ArrayList<>();
        for (long job : jobs) {
            catalog.read(view -> view.proof(new JobId(job))).ifPresent(proofs::add);
        }
        return proofs;
    }

    @Test
    void plansComeBackWithTheSaveSetsThatTheyName() throws Exception {
        assertEquals(List.of(), catalogs.rebuild().warnings());
        assertEquals(List.of(plan("dumps", DUMP)), catalogs.found.read(CatalogView::drillPlans), "the paths of the others are sealed");
        catalogs.importKey();
        assertEquals(catalogs.lost.read(CatalogView::drillPlans), catalogs.found.read(CatalogView::drillPlans));
    }

    @Test
    void theNewestProofAndTheNewestThatProvedAllComeBackAndWhatTheyToldWithTheKey() throws Exception {
        catalogs.rebuild();
        assertEquals(List.of(), proofs(catalogs.found, 3), "4 is newer and proved all");
        assertEquals(List.of(List.of(), List.of(), List.of()), proofs(catalogs.found, 4, 5, 6).stream().map(Proof::told).toList(), "names of files are private");
        catalogs.importKey();
        assertEquals(proofs(catalogs.lost, 4, 5, 6), proofs(catalogs.found, 4, 5, 6));
        List<Proof> last = catalogs.lost.read(view -> view.lastProofs(null));
        assertEquals(last, catalogs.found.read(view -> view.lastProofs(null)));
    }

    @Test
    void noJobGetsTheNumberOfOneThatProvedSomething() throws Exception {
        catalogs.rebuild();
        assertEquals(new JobId(7), catalogs.found.write(edit -> edit.nextJob()));
    }
}
