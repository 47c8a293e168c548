package org.azekura.storagenode.index;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.register.RegisterReader;
import org.azekura.engine.register.RegisteredPack;

/** Enters packs as a register names them. What it began and did not finish is not there in the end. One thread; nobody else uses the index yet. */
public final class RegisterTaking implements RegisterReader.Visitor, AutoCloseable {

    private final IndexFiles files;
    private final GroupKeys keys;
    private final IndexLock lock;
    private final Leaving leaving;
    private final References references;
    private final int register;
    private final ToLongFunction<PackId> sizes;
    private final Instant found;
    private final List<SealedSession> sessions = new ArrayList<>();
    private final Set<PackId> taken = new HashSet<>();
    /** Of each pack of the register: its number in the index, -1 if it is not taken; and how many of its chunks are to come. */
    private int[] numbers = new int[64];
    private int[] missing = new int[64];
    private int count;
    private boolean finished;

    RegisterTaking(IndexFiles files, GroupKeys keys, IndexLock lock, Leaving leaving, References references, int register, ToLongFunction<PackId> sizes,
            Instant found) {
        this.files = files;
        this.keys = keys;
        this.lock = lock;
        this.leaving = leaving;
        this.references = references;
        this.register = register;
        this.sizes = sizes;
        this.found = found;
    }

    @Override
    public void session(SealedSession session) {
        sessions.add(session);
    }

    @Override
    public void pack(RegisteredPack pack, List<Integer> its) throws BackupException {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
            missing = Arrays.copyOf(missing, 2 * count);
        }
        boolean wanted = sizes.applyAsLong(pack.id()) == pack.size() && its.size() <= Place.MAX_SESSION + 1 && taken.add(pack.id());
        numbers[count] = wanted ? enter(pack, its.stream().map(sessions::get).toList()) : -1;
        missing[count++] = pack.places();
    }

    private int enter(RegisteredPack pack, List<SealedSession> its) throws BackupException {
        return changed(() -> files.packs().number(pack.id()) >= 0 ? -1 : files.packs().enter(new PackTable.Entry(pack.id(), pack.tree(), false, pack.group(),
                pack.size(), pack.chunks(), pack.places(), found, files.sessions().add(its))));
    }

    @Override
    public void chunk(int pack, ChunkId chunk, int offset, int length, int session) throws BackupException {
        int number = numbers[pack];
        if (number >= 0 && length <= Frame.MAX_BYTES && session <= Place.MAX_SESSION) {
            changed(() -> {
                ChunkId key = keys.key(files.packs().group(number), chunk);
                if (files.roomy(key).put(key, new Place(number, offset, length, session, false, 0))) {
                    missing[pack]--;
                }
                return 0;
            });
        }
    }

    private interface Change {
        int run() throws IOException;
    }

    private int changed(Change change) throws BackupException {
        IOException[] problem = {null};
        int result = lock.write(() -> {
            try {
                return change.run();
            } catch (IOException e) {
                problem[0] = e;
                return -1;
            }
        });
        if (problem[0] != null) {
            throw BackupException.device("index.io", files.folder().toString(), "chunk index in " + files.folder() + ": " + problem[0].getMessage(), problem[0]);
        }
        return result;
    }

    /** All of the register was read: the packs of which everything came are known. Returns how many. */
    public int finish() throws BackupException {
        finished = true;
        int[] whole = {0};
        lock.change(() -> {
            for (int i = 0; i < count; i++) {
                if (numbers[i] >= 0 && missing[i] == 0) {
                    files.packs().whole(numbers[i]);
                    files.packs().register(numbers[i], register);
                    references.entered(numbers[i]);
                    whole[0]++;
                }
            }
        });
        drop();
        return whole[0];
    }

    private void drop() throws BackupException {
        BitSet entering = new BitSet();
        for (int i = 0; i < count; i++) {
            if (numbers[i] >= 0 && (!finished || missing[i] != 0)) {
                entering.set(numbers[i]);
                numbers[i] = -1;
            }
        }
        leaving.remove(entering);
    }

    /** What was not finished goes. */
    @Override
    public void close() throws BackupException {
        if (!finished) {
            drop();
        }
    }
}
