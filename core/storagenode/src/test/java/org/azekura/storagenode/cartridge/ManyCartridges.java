package org.azekura.storagenode.cartridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobStore;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.testkit.device.Blobs;

/**
 * A pool of many full cartridges, in a process of its own: opened, listed, looked into and written. Notes say what lies on those that are full, as the node
 * itself would have left them; the last one is in the simulator. Says how many blobs it listed, and what that cost.
 */
final class ManyCartridges {

    private static final int SNAPSHOT_EVERY = 1_000;
    private static final int LOOKED_FOR = 50_000;
    private static final int PAYLOAD = 262_088;
    private static final int PACK = 32 << 20;
    private static final int BLOCKS = 1 + PACK / PAYLOAD;

    private final Path dir;
    private final int full;
    private final int objects;

    private ManyCartridges(Path dir, int full, int objects) {
        this.dir = dir;
        this.full = full;
        this.objects = objects;
    }

    /** Where to, how many cartridges, how many blobs on each. */
    public static void main(String[] args) throws Exception {
        new ManyCartridges(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1)) {
            Blobs.put(cartridges.pool(Cartridges.POOL), "keyring-1", new byte[100]);
            Blobs.put(cartridges.pool(Cartridges.POOL), Keys.LABEL, Cartridges.label(Cartridges.POOL, full + 1, full + 1));
        }
        for (int number = 1; number <= full; number++) {
            note(number);
        }
        say("noted", 0);
        try (Cartridges cartridges = new Cartridges(dir, 1)) {
            BlobStore pool = cartridges.pool(Cartridges.POOL);
            require(pool.size(key(1, 1)) == PACK, "the first pack");
            say("opened", 0);
            long[] listed = new long[1];
            pool.list("packs/", blob -> listed[0]++);
            require(listed[0] == (long) full * (objects - objects / SNAPSHOT_EVERY), listed[0] + " packs");
            say("listed", listed[0]);
            listed[0] = 0;
            pool.list("snapshots/", blob -> listed[0]++);
            require(listed[0] == (long) full * (objects / SNAPSHOT_EVERY), listed[0] + " snapshots");
            say("snapshots", listed[0]);
            for (int i = 0; i < LOOKED_FOR; i++) {
                int object = 1 + i % (objects - 1);
                require(pool.size(key(1 + i % full, object)) == (object % SNAPSHOT_EVERY == 0 ? 1 : PACK), "object " + object);
                require(pool.size(key(1 + i % full, objects + object)) < 0, "none");
            }
            say("lookedup", 2 * LOOKED_FOR);
            for (int i = 0; i < 20; i++) {
                Blobs.put(pool, "packs/00/" + i, new byte[1_000]);
            }
            pool.delete(key(1, 1));
            require(pool.size(key(1, 1)) < 0 && pool.size("packs/00/7") == 1_000, "what was written");
            say("written", 21);
        }
    }

    private static void require(boolean so, String what) {
        if (!so) {
            throw new IllegalStateException(what + " is not as it should be");
        }
    }

    /** A line: what was done, how many, heap in use at most since the last line in KiB, CPU milliseconds of the process. */
    private static void say(String what, long count) throws IOException {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().contains("Tenured"))
                .mapToLong(pool -> pool.getUsage().getUsed()).sum();
        String[] stat = Files.readString(Path.of("/proc/self/stat")).split(" ");
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("RssAnon:")).findFirst().orElse("0");
        System.out.println(what + " " + count + " " + (heap >> 10) + " " + resident.replaceAll("\\D", "") + " " + 10 * (Long.parseLong(stat[13]) + Long.parseLong(stat[14])));
    }

    private static String key(int cartridge, int object) {
        HexFormat hex = HexFormat.of();
        String id = hex.toHexDigits(((long) cartridge << 32 | object) * 0x9e37_79b9_7f4a_7c15L) + hex.toHexDigits(object * 0xd6e8_feb8_6659_fd93L);
        return object % SNAPSHOT_EVERY == 0 ? "snapshots/" + id : "packs/" + id.substring(0, 2) + "/" + id;
    }

    /** Of a volume that is full and closed, whose cartridge is somewhere else. */
    private void note(int number) throws Exception {
        byte[] label = number == 1 ? Cartridges.label(Cartridges.POOL) : Cartridges.label(Cartridges.POOL, number, number);
        VolumeId volume = Label.parse(label).volume();
        Path folder = dir.resolve("notes/lib1");
        Files.write(folder.resolve(volume + ".label"), label);
        try (FileChannel to = FileChannel.open(folder.resolve(volume + ".note"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
            volume.write(buffer.put("AZEKNOTE".getBytes(US_ASCII)).putShort((short) 0));
            long block = 1;
            long place = 2;
            for (int i = 1; i <= objects; i++) {
                byte[] key = key(number, i).getBytes(US_ASCII);
                int blocks = i % SNAPSHOT_EVERY == 0 ? 1 : BLOCKS;
                int from = buffer.position();
                buffer.putInt(0).put((byte) 1).putLong(i).putLong(block).putInt(PAYLOAD).putLong(blocks == 1 ? 1 : PACK).putLong(place).put((byte) 0);
                seal(buffer.putShort((short) key.length).put(key), from);
                block += blocks;
                place += blocks + 1;
                if (buffer.remaining() < 1_000 || i == objects) {
                    flush(buffer, to);
                }
            }
            int from = buffer.position();
            buffer.putInt(0).put((byte) 3).putLong(objects).putLong(block).putInt(1).putLong((long) objects * PACK);
            seal(buffer.putLong(place - 2).put((byte) 0).putLong(place).put((byte) 0), from);
            seal(buffer.putInt(0).put((byte) 4), buffer.position() - 5);
            flush(buffer, to);
        }
    }

    private static void seal(ByteBuffer buffer, int from) {
        buffer.putInt(from, buffer.position() - from - 4);
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), from, buffer.position() - from);
        buffer.putInt((int) crc.getValue());
    }

    private static void flush(ByteBuffer buffer, FileChannel to) throws IOException {
        for (buffer.flip(); buffer.hasRemaining();) {
            to.write(buffer);
        }
        buffer.clear();
    }
}
