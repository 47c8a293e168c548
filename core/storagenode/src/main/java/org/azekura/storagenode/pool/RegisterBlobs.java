package org.azekura.storagenode.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.register.RegisterReader;
import org.azekura.storagenode.cartridge.Recall;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.device.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers as they lie on a volume.
 *
 * @param device that has it
 * @param folder before their keys on its medium, as {@link Pool#folder}
 * @param hand   may have some
 */
record RegisterBlobs(Device device, String folder, AtHand hand) {

    private static final int MOST_NUMBER = 65_535;
    private static final int READ_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(RegisterBlobs.class);

    record Lying(long number, long size) {

        String key() {
            return VolumeKeys.register(number);
        }

        /** As the index has it; those that there are at one time are few. */
        int mark() {
            return (int) ((number - 1) % MOST_NUMBER) + 1;
        }
    }

    /** Newest first. */
    List<Lying> all() throws BackupException {
        List<Lying> all = new ArrayList<>();
        device.call("list its registers", Pool.READ, store -> {
            store.list(VolumeKeys.REGISTERS, blob -> all.add(new Lying(VolumeKeys.register(blob.key()), blob.size())));
            return null;
        });
        all.removeIf(register -> register.number() == 0);
        all.sort(Comparator.comparingLong(Lying::number).reversed());
        return all;
    }

    /** On which cartridge one lies; empty if on none yet. */
    Optional<VolumeId> volume(Lying register, Recall recall) throws BackupException {
        return recall.place(folder + register.key()).map(BlobPlace::volume);
    }

    /** Durable at return. */
    void store(String key, Path file) throws BackupException {
        try (InputStream in = Files.newInputStream(file); Device.Span span = device.span("write " + key)) {
            BlobWriter writer = span.call("begin " + key, Pool.READ, store -> store.create(key));
            try {
                for (byte[] part = in.readNBytes(READ_BYTES); part.length > 0; part = in.readNBytes(READ_BYTES)) {
                    ByteBuffer bytes = ByteBuffer.wrap(part);
                    span.call("write " + key, Pool.READ, store -> {
                        writer.write(bytes);
                        return null;
                    });
                }
                span.call("complete " + key, Pool.READ, store -> {
                    writer.commit();
                    return null;
                });
            } finally {
                span.call("end " + key, Pool.READ, store -> {
                    writer.close();
                    return null;
                });
            }
        } catch (IOException e) {
            throw BackupException.device("index.io", file.toString(), "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void delete(Lying register) throws BackupException {
        device.call("delete " + register.key(), Pool.READ, store -> {
            store.delete(register.key());
            return null;
        });
    }

    /**
     * Reads this much of one. Whether it was sound as far as that; if not, that was told.
     *
     * @throws BackupException {@code format.version}; if the device is gone; what the visitor throws of what it does elsewhere
     */
    boolean read(Lying register, RegisterReader.Part part, RegisterReader.Visitor visitor) throws BackupException {
        try {
            long[] at = {0};
            new RegisterReader(into -> at[0] += fill(register.key(), at[0], into), register.key()).read(part, visitor);
            return true;
        } catch (BackupException e) {
            if (Device.isGone(e) || FormatVersion.isOther(e) || e.failure().code().startsWith("transport.")) {
                throw e;
            }
            LOG.warn("{} in {}: {}; packs are read one by one", register.key(), device.store().location(), e.getMessage());
            return false;
        }
    }

    private int fill(String key, long from, ByteBuffer into) throws BackupException {
        return device.call("read " + key, CartridgePlaces.PATIENCE, store -> {
            BlobStore near = hand.on(store);
            int before = into.position();
            while (into.hasRemaining() && near.read(key, from + into.position() - before, into) > 0) { }
            return into.position() - before;
        });
    }
}
