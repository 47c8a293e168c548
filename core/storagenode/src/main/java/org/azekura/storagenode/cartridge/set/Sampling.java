package org.azekura.storagenode.cartridge.set;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.LastLook;
import org.azekura.storagenode.cartridge.note.Noted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads some packs of a cartridge before it goes back to its slot, when nobody wants it: what can't be read any more is found while it can be stored again, not when it is
 * restored. For a minute at most, and not a moment longer when somebody wants a drive. The last pack, before which the tape stands as a rule; then those that were read
 * longest ago in this way; and the first, which lies where the tape is wound to anyway. Of what can't be read the first is told, and nothing is read behind it: it may be
 * the drive's fault, and whoever looks into that one has the cartridge fetched anew. By one thread at a time for each drive.
 */
public final class Sampling implements LastLook {

    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();
    /** What is left of it then is for the first pack. */
    private static final long ENOUGH = LONGEST / 4 * 3;
    /** More can't be read in that time, if packs are as long as they usually are. */
    private static final int MOST = 1_000;

    private final Damage damage;
    /** How many packs of a volume were read in their order, since this library is served. */
    private final Map<VolumeId, Integer> read = new ConcurrentHashMap<>();
    /** Those that were told, which are not read again: behind one that stays as it is nothing would ever be looked at. */
    private final Set<Accused> told = ConcurrentHashMap.newKeySet();

    private record Accused(VolumeId volume, String key) {}

    /** How a pack was found. */
    private enum Look {
        SOUND, DAMAGED,
        /** Not read to its end, for somebody wants a drive. */
        GAVE_WAY
    }

    /** Told of a pack that is not what it was. */
    public interface Damage {
        void found(PoolName pool, String key, String what);
    }

    public Sampling(Damage damage) {
        this.damage = damage;
    }

    /** Packs by their names: the first, the last, and those whose turn it is. */
    private static final class Chosen {

        private final int from;
        private final List<String> next = new ArrayList<>();
        private String first;
        private String last;
        private int all;

        Chosen(int from) {
            this.from = from;
        }

        void see(String key) {
            if (Keys.isPack(key)) {
                first = first == null ? key : first;
                last = key;
                if (all >= from && next.size() < MOST) {
                    next.add(key);
                }
                all++;
            }
        }
    }

    @Override
    public boolean at(Bay bay) throws BackupException {
        if (!(bay.tape() instanceof Tape tape) || tape.contents() == null) {
            return true;
        }
        VolumeId volume = tape.volume().id();
        Chosen chosen = new Chosen(read.getOrDefault(volume, 0));
        tape.contents().list("", blob -> chosen.see(blob.key()));
        if (chosen.all == 0) {
            return true;
        }
        long begun = bay.now();
        Look look = look(bay, tape, chosen.last);
        int done = 0;
        while (look == Look.SOUND && done < chosen.next.size() && bay.now() - begun < ENOUGH) {
            look = look(bay, tape, chosen.next.get(done++));
        }
        int reached = chosen.from + done;
        read.put(volume, reached >= chosen.all ? 0 : reached);
        look = look == Look.SOUND && bay.now() - begun < LONGEST ? look(bay, tape, chosen.first) : look;
        LOG.debug("{}: {} packs of {} were read before it goes back to its slot", tape.where(), done, chosen.all);
        return look != Look.GAVE_WAY;
    }

    /** Reads all of a pack. */
    private Look look(Bay bay, Tape tape, String key) throws BackupException {
        Noted pack = tape.contents().get(key);
        Accused one = new Accused(tape.volume().id(), key);
        if (pack == null || told.contains(one)) {
            return Look.SOUND;
        }
        try {
            return tape.volume().look(bay, pack, tape.where()) ? Look.SOUND : Look.GAVE_WAY;
        } catch (BackupException e) {
            if (!Trouble.is(e, "blob.corrupt") && !Trouble.is(e, "media.read")) {
                throw e;
            }
            LOG.warn("{}: {}; it goes back to its slot, and nothing else is read of it", tape.where(), e.getMessage());
            bay.moved();
            told.add(one);
            damage.found(tape.label().pool(), key, e.getMessage());
            return Look.DAMAGED;
        }
    }
}
