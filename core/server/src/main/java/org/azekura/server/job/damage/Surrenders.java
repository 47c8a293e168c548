package org.azekura.server.job.damage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.server.media.ForgottenVolume;

/**
 * Cartridges that are being given up, as the catalog has it. Once their node knows, nobody can say any more which snapshots needed them: so that is written before, and who goes on with what
 * was cut off reads it here.
 */
public final class Surrenders {

    /** Of one volume and one pool: the snapshots that lose something, with spaces between. */
    private static final String UNDER_WAY = "surrender.";
    /** Of a pool: how often something was given up. */
    private static final String COUNT = "surrenders.";

    private Surrenders() {}

    /** The snapshots of a pool that lose something, if that was begun and not ended. */
    public static Optional<List<SnapshotId>> losing(CatalogView view, ForgottenVolume volume, PoolName pool) throws BackupException {
        return view.setting(key(volume, pool)).map(text -> Stream.of(text.split(" ")).filter(id -> !id.isEmpty()).map(SnapshotId::parse).toList());
    }

    public static void begin(CatalogEdit edit, ForgottenVolume volume, PoolName pool, Collection<SnapshotId> losing) throws BackupException {
        edit.putSetting(key(volume, pool), losing.stream().map(SnapshotId::toString).collect(Collectors.joining(" ")));
    }

    public static void end(CatalogEdit edit, ForgottenVolume volume, PoolName pool) throws BackupException {
        edit.deleteSetting(key(volume, pool));
    }

    private static String key(ForgottenVolume volume, PoolName pool) {
        return UNDER_WAY + volume.pool() + "/" + volume.number() + "/" + pool;
    }

    /** What a node said before is not so any more: who has asked it looks here again. */
    public static void count(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.putSetting(COUNT + pool, Long.toString(counted(edit, pool) + 1));
    }

    public static long counted(CatalogView view, PoolName pool) throws BackupException {
        return view.setting(COUNT + pool).map(Long::parseLong).orElse(0L);
    }
}
