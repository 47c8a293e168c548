package org.azekura.storagenode.cartridge.set;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.storagenode.cartridge.note.NoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which volume of which pool was on which cartridge when it was looked at last. A cache: labels are true. Thread-safe. */
public final class CartridgeNotes {

    private static final Logger LOG = LoggerFactory.getLogger(CartridgeNotes.class);
    private static final long MOST = 16 << 20;

    private final Path file;
    private final Map<Barcode, Owner> owners = new TreeMap<>();
    private boolean read;

    /** Whose a cartridge is. */
    public record Owner(VolumeId volume, PoolName pool) {}

    CartridgeNotes(Path folder) {
        this.file = folder.resolve("cartridges");
    }

    private Map<Barcode, Owner> owners() {
        if (!read) {
            read = true;
            try {
                if (Files.exists(file) && Files.size(file) <= MOST) {
                    Files.readAllLines(file, US_ASCII).forEach(this::line);
                }
            } catch (IOException e) {
                LOG.warn("{} can't be read, labels are read anew: {}", file, e.toString());
            }
        }
        return owners;
    }

    /** A barcode may have blanks; the others may not. */
    private void line(String line) {
        try {
            int pool = line.lastIndexOf(' ');
            int volume = line.lastIndexOf(' ', pool - 1);
            owners.put(new Barcode(line.substring(0, volume)),
                    new Owner(VolumeId.parse(line.substring(volume + 1, pool)), new PoolName(line.substring(pool + 1))));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            LOG.warn("{}: the line \"{}\" says nothing", file, line);
        }
    }

    synchronized Optional<Owner> get(Barcode barcode) {
        return Optional.ofNullable(owners().get(barcode));
    }

    /** The cartridges of a pool. */
    synchronized List<Barcode> of(PoolName pool) {
        return owners().entrySet().stream().filter(entry -> entry.getValue().pool().equals(pool)).map(Map.Entry::getKey).toList();
    }

    /** The cartridge on which a volume was seen. */
    synchronized Optional<Barcode> of(VolumeId volume) {
        return owners().entrySet().stream().filter(entry -> entry.getValue().volume().equals(volume)).map(Map.Entry::getKey).findFirst();
    }

    synchronized void put(Barcode barcode, Owner owner) {
        if (!owner.equals(owners().put(barcode, owner))) {
            save();
        }
    }

    synchronized void remove(Barcode barcode) {
        if (owners().remove(barcode) != null) {
            save();
        }
    }

    private void save() {
        StringBuilder text = new StringBuilder();
        owners.forEach((barcode, owner) -> text.append(barcode).append(' ').append(owner.volume()).append(' ').append(owner.pool()).append('\n'));
        try {
            Files.createDirectories(file.getParent());
            NoteFile.replace(file, text.toString().getBytes(US_ASCII));
        } catch (IOException e) {
            LOG.warn("{} can't be written, labels are read again: {}", file, e.toString());
        }
    }
}
