package org.azekura.server.media;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.server.host.Edition;

/**
 * How drives are, as the catalog keeps it: by their serial numbers, which stay with them when they are moved. A drive that never told its own is called by
 * its place. Setting {@code drives.NODE/DEVICE}: the serial numbers of a library's drives, one a line, as they were told last.
 */
public final class DriveStates {

    private static final String DRIVES = "drives.";
    private static final String CLEANED = "drive.cleaned.";
    /** A drive asks again only when it has found out that cleaning did not help; what it said just before is old. */
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int MOST = 256;

    private DriveStates() {}

    /** How a drive is called in the catalog. */
    public static String name(CatalogView view, NodeName node, DeviceName device, int number) throws BackupException {
        List<String> serials = serials(view, node, device);
        return number >= serials.size() || serials.get(number).isEmpty() ? place(node, device, number) : serials.get(number);
    }

    private static String place(NodeName node, DeviceName device, int number) {
        return node + "/" + device + "/" + number;
    }

    private static List<String> serials(CatalogView view, NodeName node, DeviceName device) throws BackupException {
        return view.setting(DRIVES + node + "/" + device).map(text -> Arrays.asList(text.split("\n", -1))).orElse(List.of());
    }

    /** A drive told who it is; what was noted under the name of its place is noted under its own. */
    static void met(CatalogEdit edit, NodeName node, DeviceName device, int number, String serial) throws BackupException {
        List<String> serials = new ArrayList<>(serials(edit, node, device));
        String own = serial.replace('\n', ' ').strip();
        if (number < 0 || number >= MOST || number < serials.size() && (own.isEmpty() || serials.get(number).equals(own))) {
            return;
        }
        while (serials.size() <= number) {
            serials.add("");
        }
        serials.set(number, own);
        edit.putSetting(DRIVES + node + "/" + device, String.join("\n", serials));
        DriveHealth before = own.isEmpty() ? null : health(edit, place(node, device, number)).orElse(null);
        if (before != null) {
            edit.deleteDriveHealth(before.drive());
            edit.putDriveHealth(new DriveHealth(own, before.state(), before.why(), before.since()));
        }
    }

    static Optional<DriveHealth> health(CatalogView view, String drive) throws BackupException {
        return view.driveHealth().stream().filter(one -> one.drive().equals(drive)).findFirst();
    }

    /** What is known against a drive; empty if it is well. */
    public static Optional<DriveHealth> of(CatalogView view, NodeName node, DeviceName device, int number) throws BackupException {
        return health(view, name(view, node, device, number));
    }

    /** Numbers of those drives of a library that are in this state. */
    public static Set<Integer> in(CatalogView view, NodeName node, DeviceName device, DriveHealth.State state) throws BackupException {
        Set<Integer> numbers = new TreeSet<>();
        List<DriveHealth> all = view.driveHealth();
        List<String> serials = all.isEmpty() ? List.of() : serials(view, node, device);
        for (DriveHealth one : all) {
            String place = node + "/" + device + "/";
            int number = one.drive().startsWith(place) ? number(one.drive().substring(place.length())) : serials.indexOf(one.drive());
            if (one.state() == state && number >= 0) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    /**
     * An operator takes a drive out.
     *
     * @param why for people
     */
    public static void down(CatalogEdit edit, NodeName node, DeviceName device, int number, String why, Instant now) throws BackupException {
        edit.putDriveHealth(new DriveHealth(name(edit, node, device, number), DriveHealth.State.DOWN, why, now));
        Edition.next(edit);
    }

    /** An operator has looked at it: what was said of it before is held against it no more. */
    public static void up(CatalogEdit edit, NodeName node, DeviceName device, int number) throws BackupException {
        DriveBook.recovered(edit, name(edit, node, device, number));
        Edition.next(edit);
    }

    /** A cleaning cartridge has been in it; one that is down stays so. */
    public static void cleaned(CatalogEdit edit, NodeName node, DeviceName device, int number, Instant now) throws BackupException {
        String drive = name(edit, node, device, number);
        edit.putSetting(CLEANED + drive, now.toString());
        if (health(edit, drive).filter(one -> one.state() == DriveHealth.State.DOWN).isEmpty()) {
            DriveBook.recovered(edit, drive);
        }
    }

    /** When it was cleaned last. */
    public static Optional<Instant> lastCleaned(CatalogView view, NodeName node, DeviceName device, int number) throws BackupException {
        return lastCleaned(view, name(view, node, device, number));
    }

    private static Optional<Instant> lastCleaned(CatalogView view, String drive) throws BackupException {
        return view.setting(CLEANED + drive).map(Instant::parse);
    }

    /** Whether it was cleaned just before, so that a wish to be cleaned is one from before that. */
    static boolean isFresh(CatalogView view, String drive, Instant now) throws BackupException {
        return lastCleaned(view, drive).filter(last -> now.isBefore(last.plus(FRESH))).isPresent();
    }
}
