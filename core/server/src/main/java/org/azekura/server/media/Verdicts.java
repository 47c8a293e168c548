package org.azekura.server.media;

import java.util.Optional;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;

/** Whether one cartridge will do. */
final class Verdicts {

    private static final int LABELLED = 1;
    private static final int PREPARED = 2;
    private static final int GIVEN_UP = 3;
    private static final int BLANK = 4;

    private Verdicts() {}

    sealed interface Verdict {}

    record Fits(Choice.Candidate candidate) implements Verdict {}

    record Fails(Choice.Obstacle why) implements Verdict {}

    static Verdict of(Element element, Choice.Wish wish, Choice.Known known) {
        Barcode barcode = element.barcode().orElse(null);
        if (barcode == null) {
            return new Fails(Choice.Obstacle.UNNAMED);
        }
        if (barcode.isCleaning()) {
            return new Fails(Choice.Obstacle.CLEANING);
        }
        if (element.kind() == Element.Kind.MAIL_SLOT || element.kind() == Element.Kind.PICKER) {
            return new Fails(Choice.Obstacle.MAIL_SLOT);
        }
        if (wish.refused().contains(barcode)) {
            return new Fails(Choice.Obstacle.REFUSED);
        }
        Optional<PendingVolume> awaited = known.pending().stream().filter(one -> barcode.value().equals(one.barcode())).findFirst();
        if (awaited.isPresent() && !awaited.get().pool().equals(wish.pool())) {
            return new Fails(Choice.Obstacle.AWAITED);
        }
        Optional<Volume> volume = known.volumes().stream().filter(one -> barcode.value().equals(one.barcode())).findFirst();
        return volume.isPresent() ? ofVolume(element, volume.get(), wish) : ofOther(element, barcode, known);
    }

    private static Verdict ofVolume(Element element, Volume volume, Choice.Wish wish) {
        if (!volume.pool().equals(wish.pool())) {
            return new Fails(Choice.Obstacle.OTHERS);
        }
        return switch (volume.state()) {
            // one that was away, and is there again, is proven by the node that loads it
            case APPENDABLE, MISSING -> volume.used() == 0 && volume.number() >= wish.number() && volume.labelled() != null
                    ? new Fits(new Choice.Candidate(new Choice.Labelled(volume), element, LABELLED, volume.number()))
                    : new Fails(Choice.Obstacle.WRITTEN);
            case SCRATCH -> new Fits(new Choice.Candidate(new Choice.Prepared(volume), element, PREPARED, 0));
            case FULL, EXPIRED -> new Fails(Choice.Obstacle.WRITTEN);
            case SUSPECT, QUARANTINED, LOCKED, CLEANING -> new Fails(Choice.Obstacle.UNFIT);
        };
    }

    private static Verdict ofOther(Element element, Barcode barcode, Choice.Known known) {
        Optional<ScratchVolume> scratch = known.scratch().stream().filter(one -> barcode.value().equals(one.barcode())).findFirst();
        if (scratch.isPresent()) {
            return known.rules().scratch() ? new Fits(new Choice.Candidate(new Choice.GivenUp(scratch.get()), element, GIVEN_UP, 0))
                    : new Fails(Choice.Obstacle.GIVEN_UP);
        }
        return known.rules().blank() ? new Fits(new Choice.Candidate(new Choice.Blank(barcode), element, BLANK, 0))
                : new Fails(Choice.Obstacle.UNLABELLED);
    }
}
