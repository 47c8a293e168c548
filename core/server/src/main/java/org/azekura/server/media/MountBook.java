package org.azekura.server.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Drive;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.Libraries;

/** What drives counted with cartridges, as the catalog keeps it, and what comes of it. */
public final class MountBook {

    /** Mounts of a cartridge that are kept. */
    static final int KEPT = 12;

    private MountBook() {}

    /**
     * Takes what a drive counted.
     *
     * @return how many errors more there are that the drive did not correct and nobody was told of
     */
    static int take(CatalogEdit edit, String drive, String barcode, NodeReport.DriveMounted told, Instant now) throws BackupException {
        Drive.Counters counted = told.counters();
        List<DriveMount> before = edit.driveMounts(barcode);
        DriveMount known = before.stream().filter(one -> one.drive().equals(drive) && one.loaded().equals(told.loaded())).findFirst().orElse(null);
        long uncorrected = sum(counted.writeUncorrected(), counted.readUncorrected());
        edit.putDriveMount(new DriveMount(drive, barcode, told.loaded(), told.written(), told.read(), counted.writeCorrected(), counted.readCorrected(), uncorrected,
                known == null || known.held()));
        if (known == null) {
            for (DriveMount old : before.subList(0, Math.max(0, before.size() + 1 - KEPT))) {
                edit.deleteDriveMount(old);
            }
        }
        note(edit, barcode, told.life(), known == null, now);
        long news = uncorrected - (known == null ? 0 : Math.max(0, known.uncorrected()));
        return told.errors() > 0 || news <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, news);
    }

    private static void note(CatalogEdit edit, String barcode, Drive.Life life, boolean mounted, Instant now) throws BackupException {
        CartridgeLife before = edit.cartridgeLife(barcode).orElse(new CartridgeLife(barcode, 0, now, -1, -1, -1, -1));
        int mounts = before.mounts() + (mounted ? 1 : 0);
        edit.putCartridgeLife(life.equals(Drive.Life.NONE)
                ? new CartridgeLife(barcode, mounts, now, before.loads(), before.written(), before.read(), before.uncorrected())
                : new CartridgeLife(barcode, mounts, now, life.loads(), life.written(), life.read(), sum(life.writeUncorrected(), life.readUncorrected())));
    }

    /** What is not told counts for nothing, unless neither is. */
    private static long sum(long a, long b) {
        return a < 0 && b < 0 ? -1 : Math.max(0, a) + Math.max(0, b);
    }

    /**
     * Cartridges that are suspect by what drives corrected: two agree. A drive that finds several cartridges bad explains it, as with errors; one error of the same cartridge in
     * another drive counts like a drive that agrees.
     *
     * @return why, by barcode
     */
    static Map<String, String> suspects(CatalogView view) throws BackupException {
        List<ErrorRates.Raised> raised = raised(view);
        Map<String, String> suspects = new HashMap<>();
        if (!raised.isEmpty()) {
            Collection<String> blamed = blame(view, raised).cartridges();
            raised.stream().filter(one -> blamed.contains(one.mount().barcode())).forEach(one -> suspects.put(one.mount().barcode(), "two drives had much to correct: " + one.text()));
        }
        return suspects;
    }

    private static Blame blame(CatalogView view, List<ErrorRates.Raised> raised) throws BackupException {
        List<DriveErrors> pairs = new ArrayList<>();
        for (ErrorRates.Raised one : raised) {
            pairs.add(pair(one.mount().drive(), one.mount().barcode()));
        }
        for (DriveErrors one : view.driveErrors()) {
            pairs.add(pair(one.drive(), one.barcode()));
        }
        return Blame.of(pairs);
    }

    /** The same for both kinds, so that a pair that has both is one. */
    private static DriveErrors pair(String drive, String barcode) {
        return new DriveErrors(drive, barcode, 1, Instant.EPOCH, "");
    }

    private static List<ErrorRates.Raised> raised(CatalogView view) throws BackupException {
        List<DriveMount> mounts = view.driveMounts(null);
        Map<String, Integer> factors = new HashMap<>();
        if (mounts.stream().anyMatch(one -> one.held() && Math.max(one.writeCorrected(), one.readCorrected()) >= ErrorRates.LEAST)) {
            Map<PoolName, Integer> ofPools = new HashMap<>();
            for (Volume volume : view.volumes()) {
                if (volume.barcode() != null) {
                    if (!ofPools.containsKey(volume.pool())) {
                        ofPools.put(volume.pool(), view.mediaRules(volume.pool()).errorFactor());
                    }
                    factors.put(volume.barcode(), ofPools.get(volume.pool()));
                }
            }
        }
        return ErrorRates.of(mounts, barcode -> factors.getOrDefault(barcode, MediaRules.ERROR_FACTOR));
    }

    /**
     * What is known of a cartridge.
     *
     * @param barcode null if it has none
     */
    public static Libraries.CartridgeUse use(CatalogView view, String barcode) throws BackupException {
        return barcode == null ? Libraries.CartridgeUse.NONE : new Libraries.CartridgeUse(view.cartridgeLife(barcode).orElse(null), view.driveMounts(barcode),
                bad(view).getOrDefault(barcode, List.of()));
    }

    /** What is to be looked at of cartridges, for people, by barcode. */
    public static Map<String, List<String>> bad(CatalogView view) throws BackupException {
        return raised(view).stream().collect(Collectors.groupingBy(one -> one.mount().barcode(), Collectors.mapping(ErrorRates.Raised::text, Collectors.toList())));
    }

    /** What is to be looked at of drives, for people, by their names: such as find several cartridges bad. */
    public static Map<String, String> dirty(CatalogView view) throws BackupException {
        List<ErrorRates.Raised> raised = raised(view);
        Map<String, String> all = new HashMap<>();
        if (!raised.isEmpty()) {
            for (String drive : blame(view, raised).drives()) {
                List<String> with = raised.stream().filter(one -> one.mount().drive().equals(drive)).map(one -> one.mount().barcode()).toList();
                if (!with.isEmpty()) {
                    all.put(drive, "it corrects many errors with " + String.join(", ", with) + ": clean it, and look at it if that does not help");
                }
            }
        }
        return all;
    }

    /** Nothing that was counted with a drive is held against anybody any more. */
    static void forgetDrive(CatalogEdit edit, String drive) throws BackupException {
        forget(edit, edit.driveMounts(null).stream().filter(one -> one.drive().equals(drive)).toList());
    }

    /** The same of a cartridge. */
    static void forgetCartridge(CatalogEdit edit, String barcode) throws BackupException {
        forget(edit, edit.driveMounts(barcode));
    }

    private static void forget(CatalogEdit edit, List<DriveMount> mounts) throws BackupException {
        for (DriveMount mount : mounts) {
            if (mount.held()) {
                edit.putDriveMount(mount.forgotten());
            }
        }
    }
}
