package org.azekura.storagenode.cartridge.drive;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Trouble;

/** Has a cartridge that lies in a drive made ready, and reads what it begins with. In a drive that the caller has. */
final class Beginning {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** New media are calibrated for up to two hours. */
    private static final int MOST_PATIENCE = 130;

    private Beginning() {}

    /** The drive stands behind what was read then. */
    static Loaded ready(Bay bay, Robot.Found cartridge) throws BackupException {
        String what = cartridge.barcode().map(barcode -> "cartridge " + barcode).orElse("the cartridge") + " in " + bay.drive().location();
        for (int i = 0; i < MOST_PATIENCE; i++) {
            LoadResult result;
            try {
                result = bay.drive().load(PATIENCE);
            } catch (BackupException e) {
                if (Trouble.is(e, "media.unfit") || Trouble.is(e, "media.read")) {
                    // hands must get it out again
                    bay.empty(false);
                    return new Loaded(bay, null, new First.Other(e.getMessage()));
                }
                throw e;
            }
            bay.step();
            bay.empty(result instanceof LoadResult.Empty);
            switch (result) {
                case LoadResult.Ready ready -> {
                    First first = first(bay, ready.cartridge());
                    if (first instanceof First.Other) {
                        // What stands at the beginning is said by a second look only: somebody may have moved the tape.
                        bay.drive().rewind();
                        first = first(bay, ready.cartridge());
                    }
                    return new Loaded(bay, ready.cartridge(), first);
                }
                case LoadResult.Busy busy -> { }
                case LoadResult.Empty empty -> {
                    return new Loaded(bay, null, new First.Other("there is no cartridge in the drive"));
                }
                case LoadResult.Cleaned cleaned -> {
                    return new Loaded(bay, null, new First.Other("it is a cleaning cartridge"));
                }
            }
        }
        throw Trouble.busy(what, "it has not become ready for " + MOST_PATIENCE + " minutes");
    }

    /** At the beginning. */
    private static First first(Bay bay, Drive.Cartridge cartridge) throws BackupException {
        ReadResult result;
        try {
            result = bay.read();
        } catch (BackupException e) {
            if (Trouble.is(e, "media.read") || Trouble.is(e, "media.key")) {
                return new First.Other(e.getMessage());
            }
            throw e;
        }
        return switch (result) {
            case ReadResult.EndOfData end -> cartridge.writeProtected() ? new First.Other("it is blank, and write-protected") : new First.Blank();
            case ReadResult.Filemark mark -> new First.Other("it begins with a filemark, expected a label");
            case ReadResult.TooLong tooLong -> new First.Other("it begins with a block of more than " + TapeBlock.MAX + " bytes, expected a label");
            case ReadResult.Block block -> label(bay.block());
        };
    }

    private static First label(ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.get(bytes);
        try {
            return new First.Labelled(Label.parse(bytes), bytes);
        } catch (BackupException e) {
            return new First.Other(e.getMessage());
        }
    }

    /** Reads a label again, at the beginning, and the filemark behind it. Whether it is this one. */
    static boolean isLabel(Bay bay, byte[] label) throws BackupException {
        bay.moved();
        bay.drive().rewind();
        if (!(bay.read() instanceof ReadResult.Block)) {
            return false;
        }
        byte[] there = new byte[bay.block().remaining()];
        bay.block().get(there);
        return Arrays.equals(there, label) && bay.read() instanceof ReadResult.Filemark;
    }
}
