package org.azekura.server.media;

import static org.azekura.testkit.catalog.Rows.pool;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;

/** A real catalog with two pools in one library, and the desk that answers their node. */
final class Shelf implements AutoCloseable {

    static final PoolName MAIN = new PoolName("main");
    static final PoolName OFFSITE = new PoolName("offsite");
    static final NodeName NODE = new NodeName("node-1");

    final CatalogDoor door;
    final MediaDesk desk;
    /** What lies in slots, by address; null: nobody can say. */
    Map<Integer, String> slots = new TreeMap<>();
    private final SigningKey signer;

    Shelf(Path home) throws BackupException {
        door = new CatalogDoor(home);
        signer = SigningKey.loadOrCreate(home.resolve("signing.key"));
        desk = new MediaDesk(door.catalog(), null, new VolumeLabels(() -> new ApplianceId(1, 2), signer), () -> Instant.parse("2026-11-26T11:00:00.123456789Z"));
        change(edit -> edit.putPool(pool("main")));
        change(edit -> edit.putPool(pool("offsite")));
    }

    interface Step {
        void run(CatalogEdit edit) throws BackupException;
    }

    void change(Step step) throws BackupException {
        door.catalog().write(edit -> {
            step.run(edit);
            return null;
        });
    }

    <T> T read(CatalogStore.Query<T> query) throws BackupException {
        return door.catalog().read(query);
    }

    Answer tell(NodeReport.OfMedia report) throws BackupException {
        return desk.take(NODE, pool -> Optional.ofNullable(slots).map(Shelf::elements), report);
    }

    /** @param wrong volumes in whose places others lie */
    boolean fits(Pool pool, VolumeId... wrong) throws BackupException {
        return desk.fits(pool, Optional.ofNullable(slots).map(Shelf::elements), Set.of(wrong));
    }

    boolean hasLast(Pool pool) throws BackupException {
        return desk.hasLast(pool, Optional.ofNullable(slots).map(Shelf::elements));
    }

    Reserve reserve(Pool pool) throws BackupException {
        return desk.reserve(pool, Optional.ofNullable(slots).map(Shelf::elements)).orElseThrow();
    }

    private static List<Element> elements(Map<Integer, String> slots) {
        List<Element> elements = new ArrayList<>();
        slots.forEach((address, barcode) -> elements.add(new Element(new ElementAddress(address), Element.Kind.SLOT, new Element.Named(new Barcode(barcode)),
                Optional.empty(), OptionalInt.empty(), true, "")));
        return elements;
    }

    PoolAnswer.VolumeChosen want(PoolName pool, VolumeId full, int number, String... refused) throws BackupException {
        return (PoolAnswer.VolumeChosen) tell(new NodeReport.VolumeWanted(pool, full, number, List.of(refused).stream().map(Barcode::new).toList()));
    }

    /** As its node reads it back from the cartridge. */
    Label labelled(PoolAnswer.VolumeChosen chosen, String barcode) throws BackupException {
        Label label = Label.parse(chosen.label());
        tell(new NodeReport.VolumeLabelled(label.pool(), label.volume(), label.number(), label.name(), new Barcode(barcode), "slot", 100));
        return label;
    }

    Volume volume(VolumeId id) throws BackupException {
        return read(view -> view.volume(id)).orElseThrow();
    }

    List<Volume> volumes() throws BackupException {
        return read(CatalogView::volumes);
    }

    @Override
    public void close() {
        door.close();
    }
}
