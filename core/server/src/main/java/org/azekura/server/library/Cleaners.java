package org.azekura.server.library;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer.ElementFound;

/** Cleaning cartridges, and how often they were used. Thread-safe. */
final class Cleaners {

    /** What makers promise of an LTO cleaning cartridge. A drive says by itself when one is used up, some take it more often. */
    static final int USES = 50;

    private static final String SPENT = "cleaning.spent.";
    private static final List<String> USELESS = List.of(new Alert(22).toString(), new Alert(23).toString());

    private final CatalogStore catalog;

    Cleaners(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /** How often one was used. */
    int uses(Barcode barcode) throws BackupException {
        return catalog.read(view -> uses(view, barcode));
    }

    private static int uses(CatalogView view, Barcode barcode) throws BackupException {
        return view.cartridgeLife(barcode.value()).map(CartridgeLife::mounts).orElse(0);
    }

    /**
     * It was used once more.
     *
     * @param problem what the drive says against it; empty if nothing
     * @return how often it was in all
     */
    int used(Barcode barcode, String problem) throws BackupException {
        return catalog.write(edit -> {
            int uses = uses(edit, barcode) + 1;
            edit.putCartridgeLife(new CartridgeLife(barcode.value(), uses, Instant.now(), -1, -1, -1, -1));
            if (isUseless(problem)) {
                edit.putSetting(SPENT + barcode, problem);
            }
            return uses;
        });
    }

    /** Whether a drive says that it is no use to try this cleaning cartridge again. */
    static boolean isUseless(String problem) {
        return USELESS.contains(problem);
    }

    /**
     * The one to be used next: of those in slots that no drive has called used up the one that was used most, so that one is used up before the next is begun.
     *
     * @param most times that it may have been used before
     */
    Optional<Barcode> next(Floor floor, int most) throws BackupException {
        return catalog.read(view -> {
            record Use(Barcode barcode, int uses) {}
            List<Use> all = new ArrayList<>();
            for (ElementFound element : floor.of(Element.Kind.SLOT)) {
                Barcode barcode = element.barcode();
                if (barcode != null && barcode.isCleaning() && view.setting(SPENT + barcode).isEmpty() && uses(view, barcode) < most) {
                    all.add(new Use(barcode, uses(view, barcode)));
                }
            }
            return all.stream().max(Comparator.comparingInt(Use::uses).thenComparing(Use::barcode, Comparator.reverseOrder())).map(Use::barcode);
        });
    }
}
