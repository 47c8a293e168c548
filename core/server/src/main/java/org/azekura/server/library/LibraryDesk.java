package org.azekura.server.library;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Libraries;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.errand.LibraryWork;
import org.azekura.server.media.DriveStates;
import org.azekura.server.media.ForgottenVolume;
import org.azekura.server.media.MountBook;
import org.azekura.server.media.VolumeMarks;
import org.azekura.server.pool.Unread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows libraries and what lies in them, and does what people have done there. Thread-safe. */
public final class LibraryDesk implements Libraries, LibraryWork {

    private static final Logger log = LoggerFactory.getLogger(LibraryDesk.class);

    private final CatalogStore catalog;
    private final Floors floors;
    private final CartridgeBook book;
    private final CartridgeLabels labels;
    private final DriveUses drives;
    private final ShutVolumes shut;
    private volatile Runnable changed = () -> { };

    public LibraryDesk(CatalogStore catalog, Hosts hosts, CartridgeLabels labels) {
        this.catalog = catalog;
        this.floors = new Floors(hosts);
        this.book = new CartridgeBook(catalog);
        this.labels = labels;
        this.drives = new DriveUses(catalog, hosts);
        this.shut = new ShutVolumes(catalog, hosts);
    }

    DriveUses drives() {
        return drives;
    }

    ShutVolumes shut() {
        return shut;
    }

    /** Told when an operator has changed something about volumes. */
    void onChange(Runnable told) {
        changed = told;
    }

    CleaningWatch cleaning(Jobs jobs, InstantSource clock) {
        return new CleaningWatch(catalog, floors, book.cleaners(), drives, jobs, clock);
    }

    ReadingWatch reading(Jobs jobs, InstantSource clock, Supplier<Duration> within) {
        return new ReadingWatch(catalog, floors, jobs, clock, within);
    }

    @Override
    public List<Library> list(NodeName node) throws BackupException {
        List<Library> libraries = new ArrayList<>();
        for (Floors.Spot spot : floors.spots(node)) {
            try {
                libraries.add(library(floors.floor(spot)));
            } catch (BackupException e) {
                if (!e.failure().code().equals(Floors.NONE) && !isOfAPool(spot)) {
                    log.info("device={} on node={} tells no elements: {}", spot.device().device(), spot.node().name(), e.getMessage());
                    libraries.add(new Library(spot.device().device(), spot.node().name(), spot.device().driver(), spot.device().location() == null ? "" : spot.device().location(),
                            false, List.of(), spot.device().problem() == null ? e.getMessage() : spot.device().problem()));
                }
            }
        }
        return libraries;
    }

    /** A pool's own device is no library. */
    private boolean isOfAPool(Floors.Spot spot) throws BackupException {
        return catalog.read(view -> view.pools()).stream().anyMatch(pool -> pool.name().value().equals(spot.device().device().value()));
    }

    @Override
    public Library get(DeviceName name, NodeName node) throws BackupException {
        return library(floors.get(name, node));
    }

    private Library library(Floor floor) throws BackupException {
        Map<Barcode, Volume> volumes = book.byBarcode(floor);
        Set<Barcode> scratch = book.scratch();
        List<Place> places = new ArrayList<>();
        CartridgeWarnings warnings = catalog.read(CartridgeWarnings::of);
        for (ElementFound element : floor.elements()) {
            // without a robot only the node knows, by its label, what lies in a drive
            Volume volume = element.barcode() != null ? volumes.get(element.barcode()) : element.volume() == null ? null : book.volume(element.volume()).orElse(null);
            places.add(new Place(element.address(), element.kind(), element.filling(), element.barcode(), volume, volume == null ? element.pool() : volume.pool(),
                    element.barcode() != null && scratch.contains(element.barcode()),
                    known(element.source()), known(element.drive()), element.accessible(), element.used(),
                    element.barcode() != null && element.barcode().isCleaning() ? book.cleaners().uses(element.barcode()) : 0, element.problem(),
                    element.drive() < 0 ? null : catalog.read(view -> DriveStates.of(view, floor.node().name(), floor.device(), element.drive())).orElse(null),
                    catalog.read(view -> warnings.at(view, floor, element))));
        }
        return new Library(floor.device(), floor.node().name(), floor.driver(), floor.found().location(), floor.found().changer(), places, "");
    }

    private static Integer known(int number) {
        return number < 0 ? null : number;
    }

    @Override
    public Shelved volume(String name) throws BackupException {
        return shelved(book.named(name));
    }

    @Override
    public Shelved lock(String name, String why) throws BackupException {
        return changed(catalog.write(edit -> VolumeMarks.lock(edit, name, why)));
    }

    @Override
    public Shelved unlock(String name) throws BackupException {
        return changed(catalog.write(edit -> VolumeMarks.unlock(edit, name)));
    }

    @Override
    public Shelved accept(String name) throws BackupException {
        return changed(catalog.write(edit -> VolumeMarks.accept(edit, name)));
    }

    private Shelved changed(Volume volume) throws BackupException {
        changed.run();
        return shelved(volume);
    }

    @Override
    public Library use(DeviceName name, NodeName node, int drive, boolean up, String why) throws BackupException {
        Floor floor = floors.get(name, node);
        if (floor.drive(drive).isEmpty()) {
            throw BackupException.operator("drive.unknown", name.value(), "library " + name + " has no drive " + drive + "; \"azekura library show " + name
                    + "\" shows them all");
        }
        drives.set(floor.node(), name, drive, up, why);
        return library(floor);
    }

    private Shelved shelved(Volume volume) throws BackupException {
        return catalog.read(view -> {
            Pool pool = view.pool(volume.pool()).orElse(null);
            return new Shelved(volume, pool == null ? null : pool.node(), pool == null ? null : pool.device(), pool == null ? null : pool.driver(),
                    Math.toIntExact(view.packsOn(volume.id())), MountBook.use(view, volume.barcode()), pool == null ? null : Unread.since(view, pool).get(volume.id()));
        });
    }

    @Override
    public PoolName check(JobOrder.OfLibrary order) throws BackupException {
        return switch (order) {
            case JobOrder.Label label -> {
                floors.of(book.pool(label.pool()));
                yield label.pool();
            }
            case JobOrder.Scan scan -> named(scan.volumes());
            case JobOrder.Export export -> named(export.volumes());
            case JobOrder.Repack repack -> inPools(repack.volumes());
            case JobOrder.Forget forget -> ForgottenVolume.of(catalog, forget.volume()).pool();
            case JobOrder.Inventory o -> of(o.library(), o.node());
            case JobOrder.Move o -> of(o.library(), o.node());
            case JobOrder.Import o -> of(o.library(), o.node());
            case JobOrder.Clean o -> of(o.library(), o.node());
        };
    }

    private PoolName named(List<String> volumes) throws BackupException {
        if (volumes.isEmpty()) {
            throw BackupException.operator("volume.none", "", "name at least one volume, by its name or its barcode");
        }
        for (String name : volumes) {
            if (!book.knows(book.barcode(name))) {
                floors.with(book.barcode(name), Optional.empty());
            }
        }
        return null;
    }

    /** The pool of all of them; null if they are of several. */
    private PoolName inPools(List<String> volumes) throws BackupException {
        named(volumes);
        Set<PoolName> pools = new HashSet<>();
        for (String name : volumes) {
            pools.add(book.named(name).pool());
        }
        return pools.size() == 1 ? pools.iterator().next() : null;
    }

    private PoolName of(DeviceName library, NodeName node) throws BackupException {
        floors.get(library, node);
        return null;
    }

    @Override
    public void carryOut(JobOrder.OfLibrary order, Story story) throws BackupException {
        LookTask looking = new LookTask(book, floors, labels, story);
        switch (order) {
            case JobOrder.Label o -> new LabelTask(book, floors, labels, story).run(o);
            case JobOrder.Scan o -> looking.run(o);
            case JobOrder.Export o -> new MailTask(book, floors, looking, story).run(o);
            case JobOrder.Import o -> new MailTask(book, floors, looking, story).run(o);
            case JobOrder.Inventory o -> new MoveTask(book, floors, story).run(o);
            case JobOrder.Move o -> new MoveTask(book, floors, story).run(o);
            case JobOrder.Clean o -> new CleanTask(book, floors, drives, story).run(o);
            case JobOrder.Repack o -> throw ofItsOwn();
            case JobOrder.Forget o -> throw ofItsOwn();
        }
    }

    private static BackupException ofItsOwn() {
        return BackupException.bug("what lies on cartridges is copied by a run of its own", null);
    }
}
