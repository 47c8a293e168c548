package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.ScratchVolume;

/** What is known of cartridges and drives beyond their volumes. */
final class MediaRows {

    static final Table PENDING = new Table("pending_volume", 2, 0, "pool", "number", "volume", "set_id", "label", "barcode", "made", "overwrites");
    static final Table SCRATCH = new Table("scratch_volume", 1, 0, "volume", "label", "barcode", "since", "why");
    static final Table RULES = new Table("media_rules", 1, 0, "pool", "blank", "scratch", "keep_s", "repack", "cut_after_s", "cut_size", "reserve",
            "set_after_s", "set_size", "sealed", "error_factor");
    static final Table SETS = new Table("media_set", 1, 0, "pool", "source", "number");
    static final Table ERRORS = new Table("drive_errors", 2, 0, "drive", "barcode", "errors", "last", "what");
    static final Table HEALTH = new Table("drive_health", 1, 0, "drive", "state", "why", "since");

    static final Table MOUNTS = new Table("drive_mount", 3, 0, "barcode", "drive", "loaded", "written", "read", "write_corrected", "read_corrected", "uncorrected", "held");
    static final Table LIVES = new Table("cartridge_life", 1, 0, "barcode", "mounts", "seen", "loads", "written", "read", "uncorrected");

    private MediaRows() {}

    static PendingVolume pending(Row row) throws SQLException {
        return new PendingVolume(row.text(1, PoolName::new), row.count(2), row.id(3, VolumeId::read), row.id(4, VolumeId::read), row.text(5), row.text(6),
                row.instant(7), row.id(8, VolumeId::read));
    }

    static void put(Sql sql, PendingVolume p) throws BackupException {
        sql.update(PENDING.put(), p.pool(), p.number(), p.volume().bytes(), p.set().bytes(), p.label(), p.barcode(), p.made(),
                p.overwrites() == null ? null : p.overwrites().bytes());
    }

    static ScratchVolume scratch(Row row) throws SQLException {
        return new ScratchVolume(row.id(1, VolumeId::read), row.text(2), row.text(3), row.instant(4), row.text(5));
    }

    static void put(Sql sql, ScratchVolume v) throws BackupException {
        sql.update(SCRATCH.put(), v.volume().bytes(), v.label(), v.barcode(), v.since(), v.why());
    }

    static MediaRules rules(Row row) throws SQLException {
        return new MediaRules(row.text(1, PoolName::new), row.flag(2), row.flag(3), Duration.ofSeconds(row.number(4)), row.count(5), Duration.ofSeconds(row.number(6)),
                row.number(7), row.count(8), Duration.ofSeconds(row.number(9)), row.number(10), row.flag(11), row.count(12));
    }

    static void put(Sql sql, MediaRules r) throws BackupException {
        sql.update(RULES.put(), r.pool(), r.blank(), r.scratch(), r.keep().toSeconds(), r.repack(), r.cutAfter().toSeconds(), r.cutSize(), r.reserve(),
                r.setAfter().toSeconds(), r.setSize(), r.sealed(), r.errorFactor());
    }

    static MediaSet set(Row row) throws SQLException {
        return new MediaSet(row.text(1, PoolName::new), row.text(2, PoolName::new), row.count(3));
    }

    static void put(Sql sql, MediaSet s) throws BackupException {
        sql.update(SETS.put(), s.name(), s.of(), s.number());
    }

    static DriveErrors errors(Row row) throws SQLException {
        return new DriveErrors(row.text(1), row.text(2), row.count(3), row.instant(4), row.text(5));
    }

    static void put(Sql sql, DriveErrors e) throws BackupException {
        sql.update(ERRORS.put(), e.drive(), e.barcode(), e.errors(), e.last(), e.what());
    }

    static DriveHealth health(Row row) throws SQLException {
        return new DriveHealth(row.text(1), row.word(2, DriveHealth.State.class), row.text(3), row.instant(4));
    }

    static void put(Sql sql, DriveHealth h) throws BackupException {
        sql.update(HEALTH.put(), h.drive(), h.state().name(), h.why(), h.since());
    }

    static DriveMount mount(Row row) throws SQLException {
        return new DriveMount(row.text(2), row.text(1), row.instant(3), row.number(4), row.number(5), row.number(6), row.number(7), row.number(8), row.flag(9));
    }

    static void put(Sql sql, DriveMount m) throws BackupException {
        sql.update(MOUNTS.put(), m.barcode(), m.drive(), m.loaded(), m.written(), m.read(), m.writeCorrected(), m.readCorrected(), m.uncorrected(), m.held());
    }

    static CartridgeLife life(Row row) throws SQLException {
        return new CartridgeLife(row.text(1), row.count(2), row.instant(3), row.number(4), row.number(5), row.number(6), row.number(7));
    }

    static void put(Sql sql, CartridgeLife l) throws BackupException {
        sql.update(LIVES.put(), l.barcode(), l.mounts(), l.seen(), l.loads(), l.written(), l.read(), l.uncorrected());
    }
}
