package org.azekura.server.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.server.media.DriveStates;
import org.azekura.server.media.MountBook;

/**
 * What is to be looked at because drives had much to correct.
 *
 * @param cartridges by barcode
 * @param drives     by the name that the catalog has for each
 */
record CartridgeWarnings(Map<String, List<String>> cartridges, Map<String, String> drives) {

    static CartridgeWarnings of(CatalogView view) throws BackupException {
        return new CartridgeWarnings(MountBook.bad(view), MountBook.dirty(view));
    }

    /** At one place of a library. */
    List<String> at(CatalogView view, Floor floor, ElementFound element) throws BackupException {
        List<String> all = new ArrayList<>();
        if (element.drive() >= 0 && !drives.isEmpty()) {
            String warning = drives.get(DriveStates.name(view, floor.node().name(), floor.device(), element.drive()));
            if (warning != null) {
                all.add("drive " + element.drive() + ": " + warning);
            }
        }
        if (element.barcode() != null) {
            cartridges.getOrDefault(element.barcode().value(), List.of()).forEach(warning -> all.add(element.barcode() + ": " + warning));
        }
        return all;
    }
}
