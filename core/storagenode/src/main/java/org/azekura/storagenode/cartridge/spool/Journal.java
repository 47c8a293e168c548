package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packs of a pool that are durable in the spool, and may not be on tape yet: each a file, whose name says that it was complete when it got that name.
 * Nothing is ever changed in such a file. Thread-safe.
 */
public final class Journal {

    public static final String PACK = ".pack";
    static final String MAKING = ".new";
    /** Of files that nobody can make a pack of; they stay for who wants to look at them. */
    public static final String ASIDE = ".aside";
    private static final int MOST_NAME = 100;
    private static final int MOST_PACKS = 50_000;
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path folder;
    private final VolumeId volume;
    private final SpoolDisk disk;
    private final LongSupplier clock;
    private final ConcurrentSkipListMap<Long, JournalPack> packs = new ConcurrentSkipListMap<>();
    private final Map<String, JournalPack> byKey = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis());
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong drained = new AtomicLong();

    private Journal(Path folder, VolumeId volume, SpoolDisk disk, LongSupplier clock) {
        this.folder = folder;
        this.volume = volume;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Reads what is there; what was in the making goes.
     *
     * @param lost told of each pack that was whole once, and is none any more
     */
    static Journal open(SpoolPlace place, VolumeId volume, LongSupplier clock, Consumer<String> lost) throws BackupException {
        Journal journal = new Journal(place.folder(), volume, place.disk(), clock);
        try {
            place.make();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place.folder())) {
                for (Path file : files) {
                    journal.found(file, lost);
                }
            }
            place.disk().force(place.folder());
        } catch (IOException e) {
            throw Trouble.files(e, place.folder(), "read the packs of the spool");
        }
        return journal;
    }

    private void found(Path file, Consumer<String> lost) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(MAKING)) {
            disk.delete(file);
        } else if (name.endsWith(PACK)) {
            PackFile found = PackFile.look(file, volume);
            String problem = found.problem() == null && isAnother(found.trailer()) ? "there is another " + found.trailer().key() : found.problem();
            if (problem != null) {
                aside(file, problem);
                lost.accept(file + " is no pack any more: " + problem);
            } else {
                numbers.accumulateAndGet(found.trailer().number(), Math::max);
                bytes.addAndGet(found.size());
                enter(new JournalPack(file, found.trailer(), clock.getAsLong(), drained::addAndGet));
            }
        }
    }

    /** Whether one of the same name waits, and neither takes the place of the other. */
    private boolean isAnother(PackTrailer trailer) {
        JournalPack other = byKey.get(trailer.key());
        return other != null && !(other.number() < trailer.number() ? trailer.replaces() : other.replaces());
    }

    private void aside(Path file, String why) throws IOException {
        LOG.error("{} is no pack of volume {}: {}; it is kept as {}{}, and what was in it has to be backed up again", file, volume, why,
                file.getFileName(), ASIDE);
        disk.rename(file, file.resolveSibling(file.getFileName() + ASIDE));
    }

    private void enter(JournalPack pack) {
        byKey.merge(pack.key(), pack, (one, other) -> one.number() > other.number() ? one : other);
        packs.put(pack.number(), pack);
    }

    /** Of all that is in it, in the making or not. */
    public long bytes() {
        return bytes.get();
    }

    /** How many bytes were read from it on their way to the tape, ever. */
    long drained() {
        return drained.get();
    }

    /** Null if there is none. */
    public JournalPack get(String key) {
        return byKey.get(key);
    }

    /** In their order; what becomes durable meanwhile may be among them or not. */
    public Collection<JournalPack> packs() {
        return packs.values();
    }

    /** Null if there is none. */
    JournalPack first() {
        Map.Entry<Long, JournalPack> first = packs.firstEntry();
        return first == null ? null : first.getValue();
    }

    /** Takes the first of them: so many bytes that the next would be too many, but one at least. */
    static List<JournalPack> next(Queue<JournalPack> of, long most) {
        List<JournalPack> next = new ArrayList<>();
        long sum = 0;
        while (!of.isEmpty() && next.size() < MOST_PACKS && (next.isEmpty() || sum + of.element().size() <= most)) {
            sum += of.element().size();
            next.add(of.remove());
        }
        return next;
    }

    boolean isEmpty() {
        return packs.isEmpty();
    }

    /** Whether one is left with this number or one before it. */
    boolean hasUpTo(long number) {
        return !packs.headMap(number, true).isEmpty();
    }

    /** No pack that is durable now has a higher one. */
    long last() {
        return numbers.get();
    }

    BackupException failed(IOException e, String doing) {
        return Trouble.files(e, folder, doing);
    }

    /** A file for a pack in the making. */
    JournalMaking begin() throws BackupException {
        Path file = folder.resolve(Long.toHexString(System.nanoTime()) + "-" + numbers.incrementAndGet() + MAKING);
        try {
            return new JournalMaking(this, file, disk.create(file));
        } catch (IOException e) {
            throw failed(e, "begin a pack");
        }
    }

    /** What is in the making has come to have more bytes, or is gone. */
    void grew(long more) {
        bytes.addAndGet(more);
    }

    /** What stands behind a pack that is complete, and how its file is called from then on. */
    PackTrailer trailer(String key, long size, int checksum, boolean replaces) {
        return new PackTrailer(volume, key, numbers.incrementAndGet(), size, checksum, replaces);
    }

    Path file(PackTrailer trailer) {
        String name = trailer.key().substring(trailer.key().lastIndexOf('/') + 1);
        return folder.resolve(HexFormat.of().toHexDigits(trailer.number()) + "-" + name.substring(0, Math.min(name.length(), MOST_NAME)) + PACK);
    }

    /** It is durable. */
    void enter(Path file, PackTrailer trailer) {
        bytes.addAndGet(PackTrailer.BYTES);
        enter(new JournalPack(file, trailer, clock.getAsLong(), drained::addAndGet));
    }

    SpoolDisk disk() {
        return disk;
    }

    /** Of all packs of the pool. */
    Path folder() {
        return folder;
    }

    /** It is on tape, and synced there. */
    void forget(JournalPack pack) {
        packs.remove(pack.number());
        byKey.remove(pack.key(), pack);
        pack.done();
        bytes.addAndGet(-pack.size() - PackTrailer.BYTES);
        try {
            disk.delete(pack.file());
        } catch (IOException e) {
            LOG.warn("{} is on tape and can't be removed; that is tried again at the next start: {}", pack.file(), e.toString());
        }
    }

    /** Its file can't be read: it is no pack any more. */
    void giveUp(JournalPack pack, String why) {
        packs.remove(pack.number());
        byKey.remove(pack.key(), pack);
        pack.done();
        bytes.addAndGet(-pack.size() - PackTrailer.BYTES);
        try {
            aside(pack.file(), why);
        } catch (IOException e) {
            LOG.error("{} can't be put aside: {}", pack.file(), e.toString());
        }
    }
}
