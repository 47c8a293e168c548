package org.azekura.server.media;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Element;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.server.host.ConnectedNode;

/** Hears what nodes tell of cartridges and drives, and says which cartridge comes next. A node is heard only about its own pools. Thread-safe. */
public final class MediaDesk {

    /** What lies in libraries. */
    @FunctionalInterface
    public interface Inventories {

        /** Every element of a pool's library; empty if nobody can say, as in one without a changer. */
        Optional<List<Element>> of(Pool pool, ConnectedNode node) throws BackupException;
    }

    /** There is no cartridge that a pool may have next. */
    public static final String NONE = Supply.NONE;

    private final CatalogStore catalog;
    private final Inventories inventories;
    private final Supply supply;
    private final InstantSource clock;
    private volatile Drives drives = (node, said) -> {};

    public MediaDesk(CatalogStore catalog, Inventories inventories, VolumeLabels labels, InstantSource clock) {
        this.catalog = catalog;
        this.inventories = inventories;
        this.supply = new Supply(catalog, labels, clock);
        this.clock = clock;
    }

    /** @throws BackupException {@code media.none}, {@code pool.foreign}, {@code volume.foreign}, {@code volume.state}, {@code volume.unknown} */
    public Answer take(ConnectedNode node, NodeReport.OfMedia report) throws BackupException {
        Answer answer = take(node.name(), pool -> inventories.of(pool, node), report);
        if (report instanceof NodeReport.DriveSaid said) {
            drives.said(node, said);
        }
        return answer;
    }

    /** What lies in a pool's library. */
    interface Shelves {
        Optional<List<Element>> of(Pool pool) throws BackupException;
    }

    Answer take(NodeName node, Shelves shelves, NodeReport.OfMedia report) throws BackupException {
        return switch (report) {
            case NodeReport.VolumeWanted wanted -> wanted(node, shelves, wanted);
            case NodeReport.VolumeLabelled labelled -> labelled(node, labelled);
            case NodeReport.VolumeState state -> changed(node, state);
            case NodeReport.PacksPlaced placed -> placed(node, placed);
            case NodeReport.DriveSaid said -> said(node, said);
        };
    }

    /**
     * Whether there is a cartridge that a pool may have next, or that which it wrote last is there and not full; also if nobody can say, so that it is tried.
     *
     * @param wrong volumes in whose places other cartridges lie
     */
    public boolean fits(Pool pool, ConnectedNode node, Set<VolumeId> wrong) throws BackupException {
        return fits(pool, inventories.of(pool, node), wrong);
    }

    boolean fits(Pool pool, Optional<List<Element>> inventory, Set<VolumeId> wrong) throws BackupException {
        return supply.fits(pool, inventory) || isLastThere(pool, inventory.orElse(List.of()), wrong);
    }

    private boolean isLastThere(Pool pool, List<Element> elements, Set<VolumeId> wrong) throws BackupException {
        List<Volume> set = catalog.read(view -> VolumeBook.inSet(view, pool.name()));
        return !set.isEmpty() && VolumeChange.isWritableWhenThere(set.getLast()) && !wrong.contains(set.getLast().id())
                && isAnyOf(List.of(set.getLast()), elements);
    }

    /** Whether the cartridge that a pool wrote last is in its library; also if it has none, or nobody can say. */
    public boolean hasLast(Pool pool, ConnectedNode node) throws BackupException {
        return hasLast(pool, inventories.of(pool, node));
    }

    boolean hasLast(Pool pool, Optional<List<Element>> inventory) throws BackupException {
        List<Volume> set = catalog.read(view -> VolumeBook.inSet(view, pool.name()));
        return set.isEmpty() || set.getLast().barcode() == null || inventory.map(elements -> isAnyOf(List.of(set.getLast()), elements)).orElse(true);
    }

    /** How many free cartridges a pool has, and how many of them are left for what is copied away; empty if nobody can say. */
    public Optional<Reserve> reserve(Pool pool, ConnectedNode node) throws BackupException {
        return reserve(pool, inventories.of(pool, node));
    }

    /** The same if backups get none of them any more; empty also if there are others. Asks the library only if that is in doubt. */
    public Optional<Reserve> reached(Pool pool, ConnectedNode node) throws BackupException {
        return supply.isReserveInDoubt(pool) ? reserve(pool, node).filter(Reserve::isReached) : Optional.empty();
    }

    Optional<Reserve> reserve(Pool pool, Optional<List<Element>> inventory) throws BackupException {
        return supply.reserve(pool, inventory);
    }

    /**
     * Whether one of a pool's cartridges is in its library that are named; also if none is, or nobody can say.
     *
     * @param why   that names them by their barcodes or labels, in its subject or else in its message
     * @param wrong volumes in whose places other cartridges lie
     */
    public boolean isThere(Pool pool, ConnectedNode node, Failure why, Set<VolumeId> wrong) throws BackupException {
        List<Volume> named = named(pool.name(), why);
        List<Volume> right = named.stream().filter(volume -> !wrong.contains(volume.id())).toList();
        return named.isEmpty() || inventories.of(pool, node).map(elements -> isAnyOf(right, elements)).orElse(!right.isEmpty());
    }

    /** Whether a failure names a cartridge of this pool, by its barcode or its label. */
    public boolean isNamed(PoolName pool, Failure why) throws BackupException {
        return !named(pool, why).isEmpty();
    }

    private List<Volume> named(PoolName pool, Failure why) throws BackupException {
        List<Volume> all = catalog.read(view -> VolumeBook.of(view, pool));
        List<Volume> subjects = named(all, why.subject());
        return subjects.isEmpty() ? named(all, why.message()) : subjects;
    }

    private static List<Volume> named(List<Volume> volumes, String text) {
        return volumes.stream().filter(volume -> volume.barcode() != null && (NamedIn.text(volume.barcode(), text) || NamedIn.text(volume.label(), text))).toList();
    }

    private static boolean isAnyOf(List<Volume> volumes, List<Element> elements) {
        return elements.stream().anyMatch(element -> element.kind() != Element.Kind.MAIL_SLOT
                && element.barcode().filter(barcode -> volumes.stream().anyMatch(volume -> barcode.value().equals(volume.barcode()))).isPresent());
    }

    private PoolAnswer.VolumeChosen wanted(NodeName node, Shelves shelves, NodeReport.VolumeWanted wanted) throws BackupException {
        Pool pool = catalog.read(view -> own(view, node, wanted.pool()));
        return supply.next(pool, shelves.of(pool), wanted);
    }

    private Answer labelled(NodeName node, NodeReport.VolumeLabelled labelled) throws BackupException {
        catalog.write(edit -> {
            own(edit, node, labelled.pool());
            return VolumeBook.labelled(edit, labelled);
        });
        return new Answer.Done();
    }

    private Answer changed(NodeName node, NodeReport.VolumeState report) throws BackupException {
        VolumeEvent event = event(report.state());
        catalog.write(edit -> {
            own(edit, node, report.pool());
            Volume known = VolumeBook.one(edit, report.pool(), report.volume());
            boolean old = event == VolumeEvent.ACCUSED && VolumeMarks.isAccepted(edit, known.id());
            Volume volume = old ? known : VolumeBook.change(edit, known, event, report.why());
            if (report.used() >= 0 && report.used() != volume.used()) {
                edit.putVolume(volume.filled(report.used()));
            }
            return null;
        });
        return new Answer.Done();
    }

    private static VolumeEvent event(String state) throws BackupException {
        return VolumeEvent.told(state).orElseThrow(() -> BackupException.operator(VolumeBook.STATE, state, "a volume can't become \"" + state
                + "\" by what its storage node says"));
    }

    private Answer placed(NodeName node, NodeReport.PacksPlaced placed) throws BackupException {
        catalog.write(edit -> {
            own(edit, node, placed.pool());
            VolumeBook.place(edit, placed.pool(), placed.packs(), clock.instant());
            return null;
        });
        return new Answer.Done();
    }

    /** Has this told, behind the catalog, that a drive said something. Returns quickly. */
    public void onDrive(Drives told) {
        drives = told;
    }

    /** Told when a drive has said something. */
    @FunctionalInterface
    public interface Drives {
        void said(ConnectedNode node, NodeReport.DriveSaid said);
    }

    private Answer said(NodeName node, NodeReport.DriveSaid said) throws BackupException {
        catalog.write(edit -> {
            DriveBook.take(edit, node, said, clock.instant());
            return null;
        });
        return new Answer.Done();
    }

    private static Pool own(CatalogView view, NodeName node, PoolName name) throws BackupException {
        return view.pool(name).filter(pool -> pool.node().equals(node)).orElseThrow(() -> BackupException.operator("pool.foreign", name.value(),
                "storage node " + node + " tells of pool " + name + ", which is none of its own"));
    }
}
