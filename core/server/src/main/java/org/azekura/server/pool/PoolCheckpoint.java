package org.azekura.server.pool;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.format.Sha256;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.trees.TreeStore;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the catalog knows of a pool on its volume, and what people have laid down for the appliance. A checkpoint says everything anew, so it is written when an eighth of what it says
 * has changed since the last (or {@value Said#FEW} things, if that is more), or anything that was laid down: all checkpoints of a pool together cost a few
 * times one, and never more than that is left to be read behind the newest.
 */
public final class PoolCheckpoint {

    private static final Logger log = LoggerFactory.getLogger(PoolCheckpoint.class);
    private static final Duration SEND = Duration.ofSeconds(30);
    /** So many packs are some 100 GB: what a drive reads through in five minutes. */
    private static final int UNREGISTERED = 3000;
    /** As its setting, like anything that says nothing: another is due. */
    private static final String UNDER_WAY = "under way";

    private final CatalogStore catalog;
    private final TreeStore trees;
    private final PoolVault vault;
    private final ConnectedNode node;
    private final PoolName pool;

    /**
     * @param trees has the pages that the pool's snapshots need
     * @param vault proves that what is written is the server's
     */
    public PoolCheckpoint(CatalogStore catalog, TreeStore trees, PoolVault vault, ConnectedNode node, PoolName pool) {
        this.catalog = catalog;
        this.trees = trees;
        this.vault = vault;
        this.node = node;
        this.pool = pool;
    }

    /**
     * Writes one after a change that only added, if one is due, or else a register if many packs have come since the last. Without one nothing is lost: so a failure is only told, and the next backup tries again.
     *
     * @return why there is none, for people; empty: it is there, or none was due
     */
    public Optional<String> writeIfDue() {
        return tried("", () -> {
            if (isFar()) {
                inTurn(() -> {
                    // Whoever had the turn before has perhaps said it.
                    if (isFar()) {
                        write();
                    }
                });
            } else if (isRegisterDue()) {
                inTurn(() -> {
                    if (isRegisterDue()) {
                        register();
                    }
                });
            }
        });
    }

    /** What no register names is read pack by pack when there is no index any more; so one comes between two checkpoints where these are far apart. */
    private boolean isRegisterDue() throws BackupException {
        return catalog.read(view -> isMuch(view.figures(pool).packs() - view.setting(registered(pool)).map(Long::parseLong).orElse(0L)));
    }

    /** @param packs that came since the last register */
    static boolean isMuch(long packs) {
        return packs >= UNREGISTERED;
    }

    /** What a pool's last one said, as far as it is known to be on the medium; null: nothing. */
    static Said said(CatalogView view, PoolName pool) throws BackupException {
        return view.setting(setting(pool)).map(Said::parse).orElse(null);
    }

    private boolean isFar() throws BackupException {
        Said last = catalog.read(view -> said(view, pool));
        return last == null || last.isFarFrom(catalog.read(view -> Said.of(view, pool)));
    }

    /**
     * Writes one after a change that took away: what is gone must not be looked for. A failure is only told, and the next backup tries again.
     *
     * @return as {@link #writeIfDue}
     */
    public Optional<String> writeAfterRemoval() {
        return tried(" after a removal", () -> {
            due(catalog, pool);
            inTurn(this::write);
        });
    }

    /** Writes one, whatever the last one says. @return as {@link #writeIfDue} */
    public Optional<String> writeAnyway() {
        return tried("", () -> inTurn(this::write));
    }

    private interface Step {
        void run() throws BackupException;
    }

    private Optional<String> tried(String when, Step step) {
        try {
            step.run();
            return Optional.empty();
        } catch (BackupException | RuntimeException e) {
            log.warn("pool={} no checkpoint was written{}, the next backup tries again: {}", pool, when, e.getMessage());
            return Optional.of("pool " + pool + " has no checkpoint of this yet, the next backup tries again: " + e.getMessage());
        }
    }

    private void inTurn(Step step) throws BackupException {
        ReentrantLock turn = node.turn(pool);
        turn.lock();
        try {
            step.run();
        } finally {
            turn.unlock();
        }
    }

    /** What a pool's last one says is not so any more: whatever ends the caller, the next backup writes another. */
    public static void due(CatalogStore catalog, PoolName pool) throws BackupException {
        catalog.write(edit -> {
            due(edit, pool);
            return null;
        });
    }

    /** The same, with whatever else makes it so. */
    public static void due(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.putSetting(setting(pool), "");
    }

    /** Whether a pool's last one says what is not so any more. */
    public static boolean isDue(CatalogStore catalog, PoolName pool) throws BackupException {
        return catalog.read(view -> said(view, pool)) == null;
    }

    /** Whether a pool's last one says what the pool has now; what people have laid down since does not count. */
    public static boolean isCurrent(CatalogStore catalog, PoolName pool) throws BackupException {
        return catalog.read(view -> {
            Said last = said(view, pool);
            return last != null && last.figures().equals(view.figures(pool));
        });
    }

    private static String setting(PoolName pool) {
        return "checkpoint." + pool;
    }

    private static String registered(PoolName pool) {
        return "register." + pool;
    }

    /** Nothing is remembered of one that is gone. */
    static void forget(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.deleteSetting(setting(pool));
        edit.deleteSetting(registered(pool));
        WrittenAudit.forget(edit, pool);
        LastCheckpoint.forget(edit, pool);
    }

    /** Durable at return. The node takes all of it before it waits for a device: so the catalog is not read for longer than that takes. */
    private void write() throws BackupException {
        register();
        audit();
        long began = System.nanoTime();
        catalog.write(edit -> {
            Uncounted.count(edit);
            edit.putSetting(setting(pool), UNDER_WAY);
            return null;
        });
        Sent sent = send();
        Said said = sent.said;
        catalog.write(edit -> {
            // Not if somebody took away since it was read, which may be hours ago.
            if (edit.setting(setting(pool)).equals(Optional.of(UNDER_WAY))) {
                edit.putSetting(setting(pool), said.toString());
            }
            noteWritten(edit, sent.head);
            if (edit.pool(pool).isPresent()) {
                sent.last.note(edit, pool);
            }
            return null;
        });
        log.info("pool={} checkpoint written: {} packs, {} snapshots, in {} ms", pool, said.figures().packs(), said.figures().snapshots(),
                (System.nanoTime() - began) / 1_000_000);
    }

    /** @param head how far the audit log went, as it was said */
    private record Sent(Said said, Optional<AuditHead> head, LastCheckpoint last) {}

    /** Of two pools' checkpoints the one that went further counts, whichever was written last. */
    private static void noteWritten(CatalogEdit edit, Optional<AuditHead> head) throws BackupException {
        long before = AuditHead.written(edit).map(AuditHead::number).orElse(0L);
        if (head.isPresent() && head.get().number() > before) {
            head.get().noteWritten(edit);
        }
    }

    private Sent send() throws BackupException {
        byte[] idKey = vault.idKeyIfHere(catalog.read(view -> view.pool(pool)).orElseThrow());
        try (Stream stream = node.open()) {
            stream.send(MessageCodec.encode(new StreamOpening.StoreCheckpoint(pool)), SEND);
            Sent said = catalog.read(view -> {
                MessageDigest hash = Sha256.begin();
                WrittenPool.of(view, pool, idKey, page -> {
                    hash.update(page.duplicate());
                    stream.send(page, SEND);
                });
                return new Sent(Said.of(view, pool), AuditHead.known(view), LastCheckpoint.of(view, Instant.now()).of(hash.digest()));
            });
            stream.endSending();
            if (stream.receive(ConnectedNode.DURABLE) != null) {
                throw BackupException.network("message.unexpected", node.name().value(), "node " + node.name() + " answered a checkpoint with data", null);
            }
            return said;
        } catch (BackupException e) {
            if (!e.failure().code().startsWith("transport.")) {
                throw e;
            }
            throw BackupException.network(e.failure().code(), node.name().value(), "storage node " + node.name() + " has not written it (" + e.getMessage()
                    + "), its log says why", e);
        }
    }

    /** Before the checkpoint, so that who finds that has both. */
    private void register() {
        try {
            long packs = catalog.read(view -> view.figures(pool)).packs();
            new RegisterHelp(catalog, trees, node, pool).write();
            catalog.write(edit -> {
                if (edit.pool(pool).isPresent()) {
                    edit.putSetting(registered(pool), Long.toString(packs));
                }
                return null;
            });
        } catch (BackupException e) {
            log.warn("pool={} no register was written, the next checkpoint tries again: {}", pool, e.getMessage());
        }
    }

    /** Before the checkpoint, which says how far the log goes. */
    private void audit() {
        try {
            new WrittenAudit(catalog, vault, node, pool).write();
        } catch (BackupException e) {
            log.warn("pool={} its medium lacks lines of the audit log, the next checkpoint tries again: {}", pool, e.getMessage());
        }
    }
}
