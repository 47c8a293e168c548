package org.azekura.server.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Alert;
import org.azekura.api.message.NodeReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What drives say, as the catalog keeps it, and what comes of it for them and for cartridges. */
final class DriveBook {

    private static final Logger log = LoggerFactory.getLogger(DriveBook.class);
    private static final int LONGEST_TEXT = 300;

    private DriveBook() {}

    static void take(CatalogEdit edit, NodeName node, NodeReport.DriveSaid said, Instant now) throws BackupException {
        DriveStates.met(edit, node, said.device(), said.number(), said.serial());
        String drive = DriveStates.name(edit, node, said.device(), said.number());
        for (Alert alert : alerts(said)) {
            log.warn("drive={} barcode={} {}", drive, said.barcode(), alert);
            switch (AlertRule.of(alert)) {
                case TOLD -> { }
                case CLEAN -> unclean(edit, drive, alert.toString(), now);
                case NO_WRITE -> accuse(edit, said.barcode() == null ? null : said.barcode().value(), alert + ", in drive " + drive);
                case STOP -> ail(edit, drive, DriveHealth.State.DOWN, alert.toString(), now);
            }
        }
        if (said.error() != null && said.barcode() != null) {
            String what = said.error().length() <= LONGEST_TEXT ? said.error() : said.error().substring(0, LONGEST_TEXT);
            err(edit, drive, said.barcode().value(), 1, what, now);
        }
        if (said.mounted() != null && said.barcode() != null) {
            counted(edit, drive, said.barcode().value(), said.mounted(), now);
        }
    }

    private static void counted(CatalogEdit edit, String drive, String barcode, NodeReport.DriveMounted mounted, Instant now) throws BackupException {
        int silent = MountBook.take(edit, drive, barcode, mounted, now);
        if (silent > 0) {
            err(edit, drive, barcode, silent, silent + " that drive " + drive + " counted and told of none", now);
        }
        for (Map.Entry<String, String> suspect : MountBook.suspects(edit).entrySet()) {
            accuse(edit, suspect.getKey(), suspect.getValue());
        }
    }

    private static void unclean(CatalogEdit edit, String drive, String why, Instant now) throws BackupException {
        if (!DriveStates.isFresh(edit, drive, now)) {
            ail(edit, drive, DriveHealth.State.UNCLEAN, why, now);
        }
    }

    private static List<Alert> alerts(NodeReport.DriveSaid said) {
        List<Alert> alerts = new ArrayList<>();
        for (int flag : said.alerts()) {
            if (flag >= 1 && flag <= 64) {
                alerts.add(new Alert(flag));
            }
        }
        return alerts;
    }

    private static void err(CatalogEdit edit, String drive, String barcode, int more, String what, Instant now) throws BackupException {
        int before = edit.driveErrors().stream().filter(one -> one.drive().equals(drive) && one.barcode().equals(barcode)).mapToInt(DriveErrors::errors)
                .findFirst().orElse(0);
        edit.putDriveErrors(new DriveErrors(drive, barcode, before + more, now, what));
        Volume volume = volume(edit, barcode).orElse(null);
        if (volume != null) {
            edit.putVolume(volume.erring(volume.errors() + more));
        }
        Blame blame = Blame.of(edit.driveErrors());
        for (String blamed : blame.cartridges()) {
            accuse(edit, blamed, "errors in two drives; the last: " + what);
        }
        for (String blamed : blame.drives()) {
            ail(edit, blamed, DriveHealth.State.DOWN, "errors with two cartridges; the last: " + what, now);
        }
    }

    private static Optional<Volume> volume(CatalogView view, String barcode) throws BackupException {
        return NamedVolume.cartridge(view, view.volumes().stream().filter(one -> barcode.equals(one.barcode())).toList()).stream().findFirst();
    }

    private static void accuse(CatalogEdit edit, String barcode, String why) throws BackupException {
        Volume volume = barcode == null ? null : volume(edit, barcode).orElse(null);
        if (volume != null && VolumeChange.of(volume.state(), VolumeEvent.ACCUSED).isPresent()) {
            VolumeMarks.doubt(edit, volume.id());
            VolumeBook.change(edit, volume, VolumeEvent.ACCUSED, why);
        }
    }

    /** One that is down stays so until somebody has looked at it. */
    private static void ail(CatalogEdit edit, String drive, DriveHealth.State state, String why, Instant now) throws BackupException {
        DriveHealth known = edit.driveHealth().stream().filter(one -> one.drive().equals(drive)).findFirst().orElse(null);
        if (known == null || known.state() == DriveHealth.State.UNCLEAN && state == DriveHealth.State.DOWN) {
            log.warn("drive={} is {}: {}", drive, state.word(), why);
            edit.putDriveHealth(new DriveHealth(drive, state, why, now));
        }
    }

    /** A cleaning cartridge has been in it, or somebody has looked at it: what was said of it before is no more held against it. */
    static void recovered(CatalogEdit edit, String drive) throws BackupException {
        edit.deleteDriveHealth(drive);
        for (DriveErrors one : edit.driveErrors()) {
            if (one.drive().equals(drive)) {
                edit.deleteDriveErrors(one.drive(), one.barcode());
            }
        }
        MountBook.forgetDrive(edit, drive);
    }
}
