package org.azekura.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.seal.KeyRing;

/** The volumes of one pool, and what was learnt of them. Not thread-safe while it is filled. */
final class Media {

    /** One pack on one volume. {@code kind}: null if its header is lost; {@code chunks}: -1 if nothing of it can be read. */
    record Pack(Volume volume, PackId id, ChunkKind kind, long size, int chunks) {

        Medium.Blob open() throws BackupException {
            return volume.pack(id);
        }
    }

    private static final int FOLDER_s = 15 * 60;
    private static final int TAPE_s = 7 * 24 * 60 * 60;

    private final List<Volume> volumes;
    private final Notes notes;
    private final List<Pack> packs = new ArrayList<>();
    private final ChunkPlaces places = new ChunkPlaces();
    private final Map<SessionId, byte[]> sessions = new HashMap<>();
    private final Map<SnapshotId, Saved> snapshots = new HashMap<>();
    private final Set<SnapshotId> deleted = new HashSet<>();
    private final List<KeyRing> rings = new ArrayList<>();

    private Media(List<Volume> volumes, Notes notes) {
        this.volumes = List.copyOf(volumes);
        this.notes = notes;
    }

    /** @throws BackupException {@code volume.foreign} if they are of several pools; {@code volume.unreadable} */
    static Media read(List<Volume> volumes, Notes notes) throws BackupException {
        Media media = new Media(volumes, notes);
        media.requireOnePool();
        for (Volume volume : media.volumes) {
            new KeyRings(volume, notes).read(media.rings);
            new Checkpoints(volume, notes).read(media.sessions::putIfAbsent, media.deleted::add, media.rings);
            media.readManifests(volume);
            Set<PackId> left = new LinkedHashSet<>(volume.packs());
            new Registered(volume, notes).read(left, media.new Taking());
            for (PackId pack : left) {
                new PackScan(volume, pack, notes).read(media::add);
            }
        }
        media.snapshots.keySet().removeAll(media.deleted);
        media.rings.sort(Comparator.comparingInt(KeyRing::number).reversed());
        return media;
    }

    private void requireOnePool() throws BackupException {
        Volume first = volumes.stream().filter(volume -> volume.label() != null).findFirst().orElse(null);
        for (Volume volume : volumes) {
            if (volume.label() != null && !(volume.label().pool().equals(first.label().pool())
                    && volume.label().appliance().equals(first.label().appliance()))) {
                throw BackupException.operator("volume.foreign", volume.where(), "volume \"" + volume.name() + "\" in " + volume.where()
                        + " is of pool " + volume.label().pool() + ", volume \"" + first.name() + "\" of pool " + first.label().pool()
                        + (volume.label().pool().equals(first.label().pool()) ? " of another appliance" : "") + "; give volumes of one pool");
            }
        }
    }

    private void readManifests(Volume volume) throws BackupException {
        for (String name : volume.manifests()) {
            try {
                Saved saved = Saved.read(volume, name);
                snapshots.putIfAbsent(saved.id(), saved);
            } catch (BackupException e) {
                notes.warn("the snapshot in " + volume.at(name) + " is left out: " + e.getMessage());
            }
        }
    }

    private final class Taking implements Registered.Taker {

        @Override
        public void session(SealedSession session) {
            sessions.putIfAbsent(session.session(), session.sealedKey());
        }

        @Override
        public int pack(Pack pack) {
            packs.add(pack);
            return packs.size() - 1;
        }

        @Override
        public void chunk(int number, ChunkId chunk, int offset, int length) {
            places.add(chunk, number, offset, length);
        }
    }

    private void add(Pack pack, PackIndex index, List<IndexEntry> entries) {
        int number = packs.size();
        packs.add(pack);
        if (index != null) {
            for (SealedSession session : index.sessions()) {
                sessions.putIfAbsent(session.session(), session.sealedKey());
            }
        }
        for (var entry : entries) {
            places.add(entry.chunk(), number, entry.offset(), entry.length());
        }
    }

    boolean isOnTape() {
        return volumes.stream().anyMatch(volume -> volume.medium().isTape());
    }

    /** How long a read may take: a cartridge may have to be fetched from a vault. */
    int patience_s() {
        return isOnTape() ? TAPE_s : FOLDER_s;
    }

    List<Volume> volumes() {
        return volumes;
    }

    /** The pool's name; null if no label can be read. */
    PoolName pool() {
        return volumes.stream().filter(volume -> volume.label() != null).map(volume -> volume.label().pool()).findFirst().orElse(null);
    }

    List<Pack> packs() {
        return packs;
    }

    Pack pack(int number) {
        return packs.get(number);
    }

    List<ChunkPlaces.Place> places(ChunkId chunk) {
        return places.find(chunk);
    }

    /** A session key, sealed; null if no volume has it. */
    byte[] session(SessionId id) {
        return sessions.get(id);
    }

    /** Sound key rings, newest first. */
    List<KeyRing> rings() {
        return rings;
    }

    /** Oldest first. */
    List<Saved> snapshots() {
        return snapshots.values().stream().sorted(Comparator.comparing(Saved::received).thenComparing(Saved::id)).toList();
    }

    /**
     * @param beginning the first digits of an id; null for the newest
     * @throws BackupException {@code snapshot.unknown}, {@code snapshot.ambiguous}
     */
    Saved snapshot(String beginning) throws BackupException {
        List<Saved> all = snapshots();
        if (all.isEmpty()) {
            throw BackupException.operator("snapshot.unknown", "", "there is no snapshot on these volumes");
        }
        if (beginning == null) {
            return all.getLast();
        }
        List<Saved> found = all.stream().filter(saved -> saved.id().toString().startsWith(beginning)).toList();
        if (found.size() != 1) {
            throw BackupException.operator(found.isEmpty() ? "snapshot.unknown" : "snapshot.ambiguous", beginning, found.isEmpty()
                    ? "there is no snapshot " + beginning + " on these volumes; --list names them all"
                    : beginning + " is the beginning of " + found.size() + " snapshot ids; give more digits");
        }
        return found.getFirst();
    }
}
