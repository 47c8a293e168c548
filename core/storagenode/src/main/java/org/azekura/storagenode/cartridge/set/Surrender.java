package org.azekura.storagenode.cartridge.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.First;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a cartridge leave a set though something counts there, for an operator says that it is lost or can't be read. What is known of it that others need is
 * written again: deletions, and marks of those that left before. One at a time.
 */
record Surrender(Shelf shelf, Finding finding, Spanning spanning, Lane lane) {

    /** In one batch. */
    private static final int WORDS = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(Surrender.class);

    /** Nothing if it has left. The cartridge that is written is followed by another first. */
    void run(VolumeId volume, int number) throws BackupException {
        lane.take(finding.where(), () -> {
            shelf.requireOpen();
            Set<LeftMark> left = LeftMark.on(finding.tapes());
            if (!LeftMark.isOf(left, volume) || volume.equals(LeftMark.WHOEVER) && !left.contains(new LeftMark(number, volume))) {
                mark(member(volume), volume, number);
            }
            return null;
        });
    }

    private Tape member(VolumeId volume) {
        return finding.tapes().stream().filter(one -> one.volume().id().equals(volume)).findFirst().orElse(null);
    }

    private void mark(Tape tape, VolumeId volume, int number) throws BackupException {
        if (tape == null) {
            requireVoid(volume, number);
        } else {
            if (tape == finding.tapes().getLast()) {
                spanning.giveUp(tape, Trouble.full(tape.where(), "an operator has given it up"), true);
            }
            writeAgain(tape);
        }
        write(List.of(new Waiting(new LeftMark(number, volume).key(), new Content.Bytes(tape == null ? new byte[0] : Leaving.mark(tape)))));
        if (tape != null) {
            finding.leave(tape);
        }
        LOG.warn("volume={} number={} has left its pool by the word of an operator, whatever lay there", volume, number);
    }

    /** The label of a first volume is the pool's: of one that was never seen there is none to be kept. */
    private void requireVoid(VolumeId volume, int number) throws BackupException {
        List<Tape> tapes = finding.tapes();
        boolean seen = !volume.equals(LeftMark.WHOEVER);
        boolean fits = number > 1 && (seen || number < tapes.getLast().label().number()) && tapes.stream().noneMatch(one -> one.label().number() == number);
        if (!fits) {
            throw BackupException.operator("volume.unknown", Integer.toString(number), finding.where() + ": the pool has no volume number " + number
                    + " that could be given up");
        }
    }

    private void writeAgain(Tape tape) throws BackupException {
        if (tape.contents() == null) {
            return;
        }
        List<Waiting> marks = new ArrayList<>();
        Set<LeftMark> there = LeftMark.on(List.of(tape));
        Set<LeftMark> elsewhere = LeftMark.on(finding.tapes().stream().filter(one -> one != tape).toList());
        for (LeftMark mark : there) {
            if (!elsewhere.contains(mark)) {
                marks.add(Waiting.again(mark.key(), new Content.Bytes(content(mark))));
            }
        }
        write(marks);
        for (;;) {
            List<Waiting> deletions = Debts.of(tape, finding.tapes()).deletions(WORDS).stream().map(Waiting::mark).toList();
            if (deletions.isEmpty()) {
                return;
            }
            write(deletions);
        }
    }

    private byte[] content(LeftMark mark) throws BackupException {
        if (mark.number() > 1) {
            return new byte[0];
        }
        return Optional.ofNullable(shelf.owners().label(mark.volume())).map(First.Labelled::bytes).orElseThrow(() -> BackupException.operator("volume.stuck",
                mark.volume().toString(), finding.where() + ": the pool's label is known from there alone; put that cartridge in once more"));
    }

    private void write(List<Waiting> batch) throws BackupException {
        spanning.write(batch, key -> false, true);
        for (Waiting one : batch) {
            one.result();
        }
    }
}
