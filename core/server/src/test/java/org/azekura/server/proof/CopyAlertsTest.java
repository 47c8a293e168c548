package org.azekura.server.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy has save set web/etc of pool main copied to pool far. */
class CopyAlertsTest {

    private static final PoolName COPIES = new PoolName("main.in.far");
    private static final Instant DAY = Rows.TIME;

    @TempDir
    Path home;
    private CatalogDoor door;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        door.change(edit -> {
            for (String pool : List.of("main", "far", COPIES.value())) {
                edit.putPool(Rows.pool(pool));
            }
            edit.putReplica(new Replica(COPIES, new PoolName("main"), new PoolName("far")));
            edit.putClient(Rows.client("web"));
            SaveSetId etc = new SaveSetId(new ClientName("web"), new SaveSetName("etc"));
            edit.putSaveSet(new KeptSaveSet(etc.client(), null, new SaveSet(etc.name(), List.of(RawPath.of("/etc")), List.of(), false), Hooks.NONE));
            edit.putPolicy(new Policy(new PolicyName("nightly"), new PoolName("main"), List.of(etc), List.of(new PoolName("far"))));
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Snapshot save(long high, String saveSet, Instant at) throws BackupException {
        Snapshot snapshot = Rows.snapshot(high, "main", "web", saveSet).received(at);
        door.change(edit -> edit.putSnapshot(snapshot));
        return snapshot;
    }

    private void copy(Snapshot snapshot, boolean damaged) throws BackupException {
        door.change(edit -> edit.putCopy(new SnapshotCopy(snapshot.id(), COPIES, snapshot.job(), DAY, damaged)));
    }

    private List<String> alerts(Instant now) throws BackupException {
        return door.catalog().read(view -> CopyAlerts.of(view, view.policies(), now)).stream().map(Alert::code).toList();
    }

    @Test
    void isLateWhenTheLastTwoWereNotCopied() throws Exception {
        Instant now = DAY.plus(Duration.ofDays(3));
        assertEquals(List.of(), alerts(now));
        copy(save(1, "etc", DAY), false);
        Snapshot second = save(2, "etc", DAY.plus(Duration.ofDays(1)));
        assertEquals(List.of(), alerts(now), "one was copied");
        Snapshot third = save(3, "etc", DAY.plus(Duration.ofDays(2)));
        assertEquals(List.of("copy.late"), alerts(now));
        assertEquals(List.of(), alerts(DAY.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(59))), "they may be copied still");
        copy(third, true);
        assertEquals(List.of("copy.late"), alerts(now), "that copy is damaged");
        copy(second, false);
        assertEquals(List.of(), alerts(now));
    }

    @Test
    void whereNoPolicyWantsACopyNobodyIsTold() throws Exception {
        save(1, "other", DAY);
        save(2, "other", DAY.plus(Duration.ofDays(1)));
        assertEquals(List.of(), alerts(DAY.plus(Duration.ofDays(9))));
    }
}
