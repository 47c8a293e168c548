package org.azekura.server.job.mount;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.PackId;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Client;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.place.Thawing;
import org.azekura.server.job.run.Orders;

/** Keeps who reads and can't wait for hours from what lies in an archive, and tells what would do instead before anything of it is read. Asks the archive for nothing. One thread. */
final class ColdReads {

    /** Copies that were brought go again. */
    private static final Duration GOOD = Duration.ofMinutes(10);

    private final SnapshotPlaces places;
    private final SnapshotPlaces.Served place;
    private final Client owner;
    /** Were found to be readable, not long ago. */
    private final Set<PackId> readable = new HashSet<>();
    private long since = System.nanoTime();

    /** @param place where it is read */
    ColdReads(SnapshotPlaces places, SnapshotPlaces.Served place, Client owner) {
        this.places = places;
        this.place = place;
        this.owner = owner;
    }

    /** For people: what of the whole snapshot can't be read, and what would do. */
    String warning(Thawing thawing) {
        return thawing.words() + ": reads of what lies there fail, for nobody waits for it here. " + wouldDo("PATH") + "; all of it: " + thawing.ways();
    }

    /** Chunks that can't be read now. @param why {@code blob.archived}; null if there are none */
    record Archived(Set<ChunkId> chunks, Failure why) {
        static final Archived NONE = new Archived(Set.of(), null);
    }

    /** Those of a file that lie in the archive. */
    Archived of(RawPath file, Set<ChunkId> chunks) throws BackupException {
        if (!place.hasArchive() || chunks.isEmpty()) {
            return Archived.NONE;
        }
        List<ChunkAnswer.ChunkPlace> lying = place.node().ask(new ChunkOrder.LocateChunks(null, place.pool().name(), owner.trustGroup(), List.copyOf(chunks)), ChunkAnswer.Located.class,
                Orders.PROMPT).places();
        Set<PackId> packs = lying.stream().map(ChunkAnswer.ChunkPlace::pack).collect(Collectors.toSet());
        if (System.nanoTime() - since > GOOD.toNanos()) {
            readable.clear();
            since = System.nanoTime();
        }
        packs.removeAll(readable);
        if (packs.isEmpty()) {
            return Archived.NONE;
        }
        Thawing thawing = place.thawing(places, packs, null);
        Set<PackId> cold = new HashSet<>(thawing.cold().archived());
        cold.addAll(thawing.cold().coming());
        packs.removeAll(cold);
        readable.addAll(packs);
        if (cold.isEmpty()) {
            return Archived.NONE;
        }
        Set<ChunkId> away = lying.stream().filter(at -> cold.contains(at.pack())).map(ChunkAnswer.ChunkPlace::chunk).collect(Collectors.toSet());
        return new Archived(away, BackupException.media("blob.archived", file.toString(), "a part of " + file + " can't be read now: " + thawing.words() + ". " + wouldDo(file.toString()), null)
                .failure());
    }

    private String wouldDo(String path) {
        return "A restore asks for it and waits: azekura restore " + places.snapshot().id() + " " + path + " --to DIR --thaw cheap (or usual, or fast); once its copies are there, they are read here, too";
    }
}
