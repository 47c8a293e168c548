package org.azekura.server.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.server.Appliance.Left;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.server.host.Hosts;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the audit log back from media, once after a rebuild, as soon as a key of a pool is here: without one nobody can tell what is forged. */
public record RevivedAudit(CatalogStore catalog, PoolVault vault, Hosts hosts) {

    static final String KEY = "key";
    private static final String WAITS = "audit.waits";
    private static final String GAPS = "gaps";
    private static final Duration FRAME = Duration.ofMinutes(10);
    private static final Logger log = LoggerFactory.getLogger(RevivedAudit.class);

    /**
     * What came of it.
     *
     * @param last     the newest line that came from media; 0: none did
     * @param problems what is missing of it, or forged, for people
     */
    public record Back(long last, List<String> problems) {

        @Override
        public String toString() {
            return last == 0 ? "of the audit log nothing is on the media" : "the audit log is back up to line " + last + ", and goes on behind it";
        }
    }

    /**
     * Compares the audit log of this catalog with what media say how far it went, and has whoever looks at the log be told that, if it has not that line.
     *
     * @return the same for people, empty if nothing is missing
     */
    public static Optional<String> compare(CatalogEdit edit, Collection<RevivedConfiguration.Found> all) throws BackupException {
        Optional<AuditHead> said = said(all);
        if (said.isEmpty() || said.get().isIn(edit)) {
            return Optional.empty();
        }
        if (AuditHead.written(edit).map(AuditHead::number).orElse(0L) < said.get().number()) {
            said.get().noteWritten(edit);
        }
        long last = edit.audit(Long.MAX_VALUE, 1).stream().mapToLong(line -> line.number()).findFirst().orElse(0);
        return Optional.of("the audit log here ends at line " + last + " and is not the one that media know, which had " + said.get().number()
                + " lines; it comes back with a key of one of the pools, and \"azekura audit verify\" tells what is missing from now on");
    }

    private static Optional<AuditHead> said(Collection<RevivedConfiguration.Found> all) {
        return all.stream().flatMap(found -> found.items().stream()).filter(ConfigurationItem.AuditLine.class::isInstance).map(ConfigurationItem.AuditLine.class::cast)
                .max(Comparator.comparingLong(ConfigurationItem.AuditLine::number)).map(line -> new AuditHead(line.number(), line.hash()));
    }

    /** Has it be brought back, if media say that there was one; until then no medium gets lines of this one, whose numbers are others' perhaps. */
    public static void await(CatalogEdit edit, Collection<RevivedConfiguration.Found> all) throws BackupException {
        if (said(all).isPresent()) {
            edit.putSetting(WAITS, "");
            Leftovers.add(edit, new Left(Leftovers.AUDIT, KEY, "the audit log that is on the media comes back with a key of one of the pools", "azekura key import FILE"));
        }
    }

    /** Whether it is to be brought back still. */
    static boolean waits(CatalogView view) throws BackupException {
        return view.setting(WAITS).isPresent();
    }

    /** @return empty if nothing is to be brought back, or no key is here that opens any, or no medium that has it can be read now: then it waits on */
    public Optional<Back> bring() throws BackupException {
        if (!catalog.read(RevivedAudit::waits)) {
            return Optional.empty();
        }
        ApplianceId self = ApplianceId.parse(catalog.read(view -> view.setting("appliance.id")).orElseThrow());
        Map<PoolName, PoolKeys> keys = new HashMap<>();
        List<AuditChain.Link> links = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (FrameSpool spool = new FrameSpool()) {
            for (Pool pool : catalog.read(MediaSets::all)) {
                if (vault.opens(pool) && hosts.isConnected(pool.node())) {
                    try {
                        PoolKeys opened = vault.keys(pool);
                        read(pool, self, opened, spool, links, problems);
                        keys.put(pool.name(), opened);
                    } catch (BackupException e) {
                        log.info("pool={} its audit log can't be read now: {}", pool.name(), e.getMessage());
                        problems.add("the medium of pool " + pool.name() + " can't be read: " + e.getMessage());
                    }
                }
            }
            if (keys.isEmpty()) {
                return Optional.empty();
            }
            links.removeIf(link -> !keys.containsKey(link.pool()));
            Back back = catalog.write(edit -> waits(edit) ? put(edit, links, keys, spool, problems) : null);
            Optional.ofNullable(back).ifPresent(RevivedAudit::tell);
            return Optional.ofNullable(back);
        }
    }

    private static void tell(Back back) {
        log.info("{}", back);
        back.problems.forEach(problem -> log.warn("audit log: {}", problem));
    }

    private void read(Pool pool, ApplianceId self, PoolKeys keys, FrameSpool spool, List<AuditChain.Link> links, List<String> problems) throws BackupException {
        try (Stream stream = hosts.node(pool.node()).open()) {
            stream.send(MessageCodec.encode(new StreamOpening.ReadAudit(pool.name())), FRAME);
            stream.endSending();
            for (ByteBuffer frame = stream.receive(FRAME); frame != null; frame = stream.receive(FRAME)) {
                AuditSegment segment = sound(pool.name(), self, keys, frame, problems);
                if (segment != null) {
                    links.add(AuditChain.Link.of(segment, pool.name(), spool.add(frame)));
                }
            }
        }
    }

    /** Null if it is not believed. */
    private static AuditSegment sound(PoolName pool, ApplianceId self, PoolKeys keys, ByteBuffer frame, List<String> problems) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(frame.position(), bytes);
        try {
            AuditSegment segment = AuditSegment.parse(bytes);
            if (segment.appliance().equals(self) && segment.isMadeWith(keys.idKey())) {
                segment.open(keys);
                return segment;
            }
            problems.add("lines " + segment.first() + " to " + segment.last() + " on the medium of pool " + pool
                    + " are not taken: they were written by somebody who did not know the pool's keys, or for another appliance");
        } catch (BackupException e) {
            problems.add("a segment on the medium of pool " + pool + " is not taken: " + (bytes.length == 0 ? "it can't be read" : e.getMessage()));
        }
        return null;
    }

    private static Back put(CatalogEdit edit, List<AuditChain.Link> links, Map<PoolName, PoolKeys> keys, FrameSpool spool, List<String> problems) throws BackupException {
        AuditChain chain = AuditChain.of(links);
        List<String> all = new ArrayList<>(problems);
        all.addAll(chain.gaps());
        new AuditSeam(edit, all).put(chain, link -> entries(AuditSegment.parse(spool.at(link.place())).open(keys.get(link.pool()))));
        edit.deleteSetting(WAITS);
        for (PoolName pool : keys.keySet()) {
            // One that lacks anything gets all of it anew.
            AuditChain own = AuditChain.of(links.stream().filter(link -> link.pool().equals(pool)).toList());
            if (own.gaps().isEmpty() && !own.links().isEmpty() && own.head().equals(chain.head())) {
                WrittenAudit.note(edit, pool, own.head());
            }
        }
        if (!all.isEmpty()) {
            Leftovers.add(edit, new Left(Leftovers.AUDIT, GAPS, "the audit log is not whole: " + String.join("; ", all), "azekura audit verify"));
        }
        return new Back(chain.links().isEmpty() ? 0 : chain.head().number(), List.copyOf(all));
    }

    private static List<AuditEntry> entries(List<AuditSegment.Line> lines) {
        return lines.stream().map(line -> new AuditEntry(line.number(), line.time(), line.machine(), line.who(), line.from(), line.operation(), line.object(), line.outcome(),
                line.hash())).toList();
    }
}
