package org.azekura.server.media;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Volume;

/** The volume that somebody means. */
public final class NamedVolume {

    private NamedVolume() {}

    /** For people: its name, and the cartridge that it lies on. */
    public static String spoken(Volume volume) {
        return spoken(volume.label(), volume.barcode());
    }

    /** The same of one that the catalog may know nothing of. @param barcode null if it has none */
    public static String spoken(String label, String barcode) {
        return "volume " + label + (barcode == null ? "" : " on cartridge " + barcode);
    }

    /**
     * By its name or its barcode. A barcode wins: where several volumes are called so, it says which. One of which only the name is left is nobody's to name.
     *
     * @throws BackupException {@code volume.unknown}, {@code volume.ambiguous}
     */
    public static Volume in(CatalogStore catalog, String name) throws BackupException {
        return catalog.read(view -> in(view, name));
    }

    static Volume in(CatalogView view, String name) throws BackupException {
        List<Volume> all = view.volumes().stream().filter(volume -> !volume.isOnlyName()).toList();
        List<Volume> found = cartridge(view, all.stream().filter(volume -> name.equals(volume.barcode())).toList());
        if (found.isEmpty()) {
            found = all.stream().filter(volume -> name.equals(volume.label())).toList();
        }
        if (found.isEmpty()) {
            throw BackupException.operator("volume.unknown", name, "there is no volume \"" + name + "\"; \"azekura volume list\" names them all");
        }
        if (found.size() > 1) {
            throw BackupException.operator("volume.ambiguous", name, found.size() + " volumes are called \"" + name + "\": give a barcode");
        }
        return found.getFirst();
    }

    /** A cartridge is that of its pool, also where the volume of copies begins on it. */
    static List<Volume> cartridge(CatalogView view, List<Volume> called) throws BackupException {
        List<Volume> own = new ArrayList<>();
        for (Volume volume : called) {
            if (view.replica(volume.pool()).isEmpty()) {
                own.add(volume);
            }
        }
        return own.isEmpty() ? called : own;
    }
}
