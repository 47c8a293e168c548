package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.TargetName;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.device.BlobLock;
import org.azekura.api.server.Appliance.Left;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.volume.CheckpointProof;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.host.Edition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who stores a pool can write a checkpoint that opens; who is told, and what is overwritten, comes back only where it is proven that he did not. */
class ForgedCheckpointTest {

    private static final ClientName WEB = new ClientName("web");
    private static final List<MediaItem> GIVEN_UP = List.of(new MediaItem.GivenUp(new VolumeId(7, 8), "old-1", "A00018L8", Instant.EPOCH, "its pool was deleted"));

    private LostAndFound catalogs;

    @BeforeEach
    void laidDown(@TempDir Path dir) throws Exception {
        catalogs = new LostAndFound(dir);
        catalogs.lost.write(edit -> {
            edit.putClient(new Client(WEB, new TrustGroup(1, 2), null, null));
            edit.putSaveSet(new KeptSaveSet(WEB, null, new SaveSet(new SaveSetName("db"), List.of(), List.of(), false), Hooks.NONE));
            edit.putNoticeTarget(new NoticeTarget(new TargetName("ops"), NoticeTarget.Kind.WEBHOOK, true, "en", new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), "", Instant.EPOCH));
            edit.putLock(LostAndFound.MAIN, Duration.ofDays(30));
            edit.putLockMode(LostAndFound.MAIN, BlobLock.Mode.COMPLIANCE);
            Edition.next(edit);
            return null;
        });
    }

    @AfterEach
    void close() {
        catalogs.close();
    }

    private record Back(int saveSets, Boolean told, BlobLock.Mode mode, Duration lock, int scratch) {}

    private Back back() throws BackupException {
        return catalogs.found.read(view -> new Back(view.saveSets(null).size(),
                view.noticeTargets().stream().map(NoticeTarget::enabled).findFirst().orElse(null), view.lockMode(LostAndFound.MAIN), view.lock(LostAndFound.MAIN),
                view.scratchVolumes().size()));
    }

    @Test
    void whatIsProvenComesBackWithTheKey() throws Exception {
        catalogs.rebuild(LostAndFound.idKey(), GIVEN_UP);
        assertEquals(new Back(1, null, BlobLock.Mode.GOVERNANCE, Duration.ofDays(30), 0), back());
        catalogs.importKey();
        assertEquals(new Back(1, true, BlobLock.Mode.COMPLIANCE, Duration.ofDays(30), 1), back());
    }

    @Test
    void ofAForgedOneNobodyIsToldAndNothingIsOverwritten() throws Exception {
        catalogs.rebuild(PoolKeys.newIdKey(), GIVEN_UP);
        catalogs.importKey();
        assertEquals(new Back(1, false, BlobLock.Mode.GOVERNANCE, Duration.ofDays(30), 0), back());
        List<String> left = catalogs.found.read(Leftovers::open).stream().map(Left::kind).toList();
        assertTrue(left.contains(Leftovers.TARGET), left::toString);
    }

    @Test
    void aForgedOneOfAHigherEditionTakesNoLockAwayAndCountsBehindOneThatIsProven() throws Exception {
        RevivedConfiguration.Found honest = LostAndFound.found(LostAndFound.MAIN, Instant.EPOCH, catalogs.said());
        RevivedConfiguration.Found forged = new RevivedConfiguration.Found(LostAndFound.MAIN, Instant.MAX, List.of(new ConfigurationItem.Edition(1_000_000)), List.of(), CheckpointProof.NONE, false);
        catalogs.found.write(edit -> RevivedConfiguration.put(edit, List.of(forged, honest.provenBy(false))));
        assertEquals(Duration.ofDays(30), back().lock());
        assertEquals(0, back().saveSets());
        catalogs.found.write(edit -> RevivedConfiguration.put(edit, List.of(forged, honest)));
        assertEquals(1, back().saveSets());
    }
}
