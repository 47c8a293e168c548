package org.azekura.storagenode.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobWriter;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.register.RegisterReader;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.index.RegisterTaking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registers on a pool's cartridges: what is in its packs, so that nobody has to go to each of them. A new one takes in those that are not larger than
 * twice what it has by then, from the newest on: so there are few, and each pack is written down a few times at most.
 *
 * @param device of the pool's volume
 */
record Registers(Device device, ChunkIndex index) {

    private static final int MOST_NUMBER = 65_535;
    private static final int READ_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Registers.class);

    private record Lying(long number, long size) {

        String key() {
            return VolumeKeys.register(number);
        }

        /** As the index has it; those that there are at one time are few. */
        int mark() {
            return (int) ((number - 1) % MOST_NUMBER) + 1;
        }
    }

    /** Newest first. */
    private List<Lying> all() throws BackupException {
        List<Lying> all = new ArrayList<>();
        device.call("list its registers", Pool.READ, store -> {
            store.list(VolumeKeys.REGISTERS, blob -> all.add(new Lying(VolumeKeys.register(blob.key()), blob.size())));
            return null;
        });
        all.removeIf(register -> register.number() == 0);
        all.sort(Comparator.comparingLong(Lying::number).reversed());
        return all;
    }

    /**
     * Writes one of what no register names. Durable at return, if there was anything.
     *
     * @param beside folder for a file meanwhile
     */
    void write(Path beside) throws BackupException {
        long bytes = index.unregistered();
        if (bytes == 0) {
            return;
        }
        List<Lying> instead = new ArrayList<>();
        BitSet marks = new BitSet();
        List<Lying> all = all();
        for (Lying earlier : all) {
            if (earlier.size() > 2 * bytes) {
                break;
            }
            bytes += earlier.size();
            instead.add(earlier);
            marks.set(earlier.mark());
        }
        Lying next = new Lying(all.isEmpty() ? 1 : all.getFirst().number() + 1, 0);
        Path file = beside.resolve("register.new");
        try {
            List<KnownPack> named = index.register(marks, file);
            store(next.key(), file);
            index.registered(named, next.mark());
        } finally {
            delete(file);
        }
        for (Lying earlier : instead) {
            device.call("delete " + earlier.key(), Pool.READ, store -> {
                store.delete(earlier.key());
                return null;
            });
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} can't be deleted: {}", file, e.toString());
        }
    }

    private void store(String key, Path file) throws BackupException {
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

    /**
     * Enters the packs that registers name.
     *
     * @param wanted packs on the volume that the index does not know, and their sizes; those that are entered go
     */
    void take(Map<PackId, Long> wanted, Instant found) throws BackupException {
        for (Lying register : wanted.isEmpty() ? List.<Lying>of() : all()) {
            try (RegisterTaking taking = index.taking(register.mark(), pack -> wanted.getOrDefault(pack, -1L), found)) {
                long[] at = {0};
                new RegisterReader(into -> at[0] += fill(register.key(), at[0], into), register.key()).read(taking);
                int taken = taking.finish();
                LOG.info("{} in {} told what is in {} packs", register.key(), device.store().location(), taken);
            } catch (BackupException e) {
                if (Device.isGone(e) || FormatVersion.isOther(e)) {
                    throw e;
                }
                LOG.warn("{} in {}: {}; packs are read one by one", register.key(), device.store().location(), e.getMessage());
            }
        }
        wanted.entrySet().removeIf(pack -> index.number(pack.getKey(), pack.getValue()) >= 0);
    }

    private int fill(String key, long from, ByteBuffer into) throws BackupException {
        return device.call("read " + key, CartridgePlaces.PATIENCE, store -> {
            int before = into.position();
            while (into.hasRemaining() && store.read(key, from + into.position() - before, into) > 0) { }
            return into.position() - before;
        });
    }
}
