package org.azekura.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.BlobLock;
import org.azekura.api.server.Retention;
import org.azekura.api.server.Snapshots;

/** Has every snapshot stay for one reason, and remembers pins. */
public final class FakeRetention implements Retention {

    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final Snapshots snapshots;
    final Map<SnapshotId, Pin> pins = new TreeMap<>();
    final List<Trial> trials = new ArrayList<>();

    FakeRetention(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    private Stay stay(Snapshot snapshot) {
        return new Stay(snapshot, false, List.of(new Reason("daily", "daily 2026-11-24", null)), pins.get(snapshot.id()), NOW);
    }

    @Override
    public List<Stay> stays(ClientName client) throws BackupException {
        return snapshots.list(client).stream().map(this::stay).toList();
    }

    @Override
    public List<Stay> stays(PolicyName policy) throws BackupException {
        if (!policy.value().equals("nightly")) {
            throw BackupException.operator("policy.unknown", policy.value(), "there is no policy " + policy);
        }
        return stays((ClientName) null);
    }

    @Override
    public Stay stay(SnapshotId id) throws BackupException {
        return stay(snapshots.find(id.toString()));
    }

    @Override
    public Pin pin(SnapshotId id, Duration time, Instant until, String why) throws BackupException {
        if (time != null && until != null) {
            throw BackupException.operator("pin.invalid", id.toString(), "not both");
        }
        Pin pin = new Pin(id, NOW, time == null ? until : NOW.plus(time), why);
        pins.put(id, pin);
        return pin;
    }

    @Override
    public Pin unpin(SnapshotId id) throws BackupException {
        Pin pin = pins.remove(id);
        if (pin == null) {
            throw BackupException.operator("pin.unknown", id.toString(), "it is not pinned");
        }
        return pin;
    }

    @Override
    public List<Life> simulate(Trial trial) {
        trials.add(trial);
        return List.of(new Life(NOW, null, List.of(new Spell("daily", NOW, NOW))));
    }

    @Override
    public PoolLock lock(PoolName pool) {
        return new PoolLock(Duration.ofDays(30), BlobLock.Mode.GOVERNANCE, List.of(BlobLock.Mode.GOVERNANCE, BlobLock.Mode.COMPLIANCE));
    }

    @Override
    public PoolLock lock(PoolName pool, Duration time, BlobLock.Mode mode) throws BackupException {
        if (time.compareTo(Duration.ofDays(30)) < 0) {
            throw BackupException.operator("lock.refused", pool.value(), "it can only be made longer");
        }
        return new PoolLock(time, mode == null ? BlobLock.Mode.GOVERNANCE : mode, null);
    }
}
