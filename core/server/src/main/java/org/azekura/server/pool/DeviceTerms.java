package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Terms.Medium;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.server.host.ConnectedNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What reading from the devices of pools takes. Their nodes say so; what they said last is kept, for one that is away its media are of no other kind. A node that
 * is older than the question has disks, and libraries. Thread-safe.
 */
public final class DeviceTerms {

    private static final Logger log = LoggerFactory.getLogger(DeviceTerms.class);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final String SETTING = "terms.";
    /** A robot brings a cartridge and the drive finds a place on it in that time. */
    private static final Terms OF_A_LIBRARY = new Terms(Medium.TAPE, Duration.ofSeconds(90), -1, 0, 0);

    private final CatalogStore catalog;

    public DeviceTerms(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /**
     * How soon something can be read.
     *
     * @param loaded volumes of the pool that are in a drive
     * @param tiers  of its archive, the cheapest first; none if it has none
     */
    public record Now(Terms terms, Set<VolumeId> loaded, List<RetrievalTier> tiers) {

        /** Of a device that has no archive. */
        public Now(Terms terms, Set<VolumeId> loaded) {
            this(terms, loaded, List.of());
        }
    }

    /** Asks, and keeps what was said. @param pool that is open, or a volume of copies that is */
    public Now ask(Pool pool, ConnectedNode node) throws BackupException {
        DeviceAnswer.TermsFound found;
        try {
            found = node.ask(new DeviceOrder.ReadTerms(pool.device(), pool.name()), DeviceAnswer.TermsFound.class, ANSWER);
        } catch (BackupException e) {
            log.debug("pool={} node={} does not say what reading takes: {}", pool.name(), node.name(), e.getMessage());
            return new Now(catalog.read(view -> of(view, pool)), Set.of());
        }
        Terms terms = new Terms(found.medium(), Duration.ofMillis(found.firstByte()), found.bytesPerSecond(), found.microsPerGiB(), found.microsPerThousand(), 0,
                Duration.ofSeconds(found.paidFor_s()), found.paidAbove());
        keep(pool, terms);
        return new Now(terms, Set.copyOf(found.loaded()), found.tiers().stream()
                .map(tier -> new RetrievalTier(tier.name(), Duration.ofMillis(tier.waiting()), tier.microsPerBlob(), tier.microsPerGiB())).toList());
    }

    private void keep(Pool pool, Terms terms) throws BackupException {
        String text = words(terms);
        if (!catalog.read(view -> view.setting(name(pool))).equals(Optional.of(text))) {
            catalog.write(edit -> {
                edit.putSetting(name(pool), text);
                return null;
            });
        }
    }

    private static String name(Pool pool) {
        NodeName node = pool.node();
        return SETTING + node + "/" + pool.device();
    }

    private static String words(Terms terms) {
        return terms.medium() + " " + terms.firstByte().toMillis() + " " + terms.bytesPerSecond() + " " + terms.microsPerGiB() + " " + terms.microsPerThousand()
                + " " + terms.paidFor().toSeconds() + " " + terms.paidAbove();
    }

    /** As its node said last. */
    public static Terms of(CatalogView view, Pool pool) throws BackupException {
        String text = view.setting(name(pool)).orElse(null);
        if (text == null) {
            PoolName medium = MediaSets.medium(view, pool).name();
            return view.volumes().stream().filter(volume -> volume.pool().equals(medium)).map(Volume::barcode).anyMatch(Objects::nonNull) ? OF_A_LIBRARY : Terms.OF_A_DISK;
        }
        String[] words = text.split(" ");
        // 0.1 wrote five
        boolean isWhole = words.length > 5;
        return new Terms(Medium.valueOf(words[0]), Duration.ofMillis(Long.parseLong(words[1])), Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]), 0,
                isWhole ? Duration.ofSeconds(Long.parseLong(words[5])) : Duration.ZERO, isWhole ? Long.parseLong(words[6]) : 0);
    }
}
