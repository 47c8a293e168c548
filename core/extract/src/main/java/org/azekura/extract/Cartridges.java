package org.azekura.extract;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.set.Left;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.cartridge.volume.Sealing;
import org.azekura.storagenode.lease.MountRules;

/** The cartridges of one pool in a library, or in a drive that is fed by hand. One thread at a time reads; nothing is written on any of them. */
final class Cartridges implements AutoCloseable {

    /** Of this program's only library: nobody sees it. */
    private static final DeviceName NAME = new DeviceName("extract");

    private final Library library;
    private final Path work;
    private final Feeder feeder;
    /** How drives open them; null: not known. */
    private final Sealing sealing;
    private LibraryStore store;
    private PoolName pool;
    private Label opened;
    private Optional<Barcode> wanted = Optional.empty();
    /** Those that nobody could bring: they are not asked for twice. */
    private final Set<String> given = new HashSet<>();

    /**
     * @param work    folder for what is learnt of cartridges
     * @param sealing how drives open those that they have sealed; null: not known
     */
    Cartridges(Library library, Path work, Feeder feeder, Sealing sealing) {
        this.library = library;
        this.work = work;
        this.feeder = feeder;
        this.sealing = sealing;
        begin();
    }

    /** Forgets whose cartridges are open; what was learnt of them stays in the folder. */
    LibraryStore begin() {
        close();
        store = another("notes");
        return store;
    }

    /** Beside the one that is open, for a look; what is open meets the drive anew then. */
    LibraryStore another(String folder) {
        return new LibraryStore(NAME, library, work.resolve(folder), work.resolve("spool"), Supply.NONE, MountRules.USUAL.alone());
    }

    /** Opens the set of which this is one, and reads what lies on those of its cartridges that are there and not known. */
    void open(Label label, Optional<Barcode> barcode) throws BackupException {
        pool = label.pool();
        opened = label;
        wanted = barcode;
        store().size("azekura-label");
    }

    Label label() {
        return opened;
    }

    BlobStore store() {
        if (sealing != null) {
            store.sealing(pool, sealing);
        }
        return store.pool(pool, wanted);
    }

    String where() {
        return library.location();
    }

    boolean isFedByHand() {
        return library.changer().isEmpty();
    }

    /** Those of the set that are known, in order; also such as are not there. */
    List<Member> members() throws BackupException {
        return store.members(pool);
    }

    /** Those that were of the set, as far as its cartridges that were read say so. Nothing on them is needed. */
    List<Left> left() throws BackupException {
        return store.left(pool);
    }

    /** Asks for a cartridge, once; where there is no robot the one in the drive comes out. Whether it is there, as far as anybody says. */
    boolean ask(String what) throws BackupException {
        if (given.contains(what)) {
            return false;
        }
        if (isFedByHand()) {
            Drive drive = library.drives().getFirst();
            drive.unload();
            if (feeder.give("Put " + what + " into the drive " + drive.location() + ".")) {
                store.fed();
                return true;
            }
        } else if (feeder.give("Put " + what + " into a slot of the library " + where() + ".")) {
            return true;
        }
        given.add(what);
        return false;
    }

    /** Whether nobody has said that it can't be had. */
    boolean isToBeHad(String what) {
        return !given.contains(what);
    }

    /** For people. */
    static String named(Member member) {
        return "cartridge " + member.barcode().map(Barcode::value).orElseGet(() -> "\"" + member.name() + "\"") + " (number " + member.number() + " of its set)";
    }

    /** Fills the buffer from a blob. A cartridge that is not there is asked for. */
    synchronized int read(String key, long offset, ByteBuffer into) throws BackupException {
        for (;;) {
            try {
                return store().read(key, offset, into);
            } catch (BackupException e) {
                Optional<String> missing = e.failure().code().equals("volume.missing") ? cartridge(key) : Optional.empty();
                if (missing.isEmpty()) {
                    throw e;
                }
                if (!ask(missing.get())) {
                    throw BackupException.media("volume.missing", key, missing.get() + " is not in " + where() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private Optional<String> cartridge(String key) throws BackupException {
        Optional<VolumeId> on = store.place(pool, key).map(BlobPlace::volume);
        return members().stream().filter(member -> on.equals(Optional.of(member.volume()))).findFirst().map(Cartridges::named);
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
