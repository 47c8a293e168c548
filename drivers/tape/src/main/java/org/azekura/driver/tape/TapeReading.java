package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.azekura.api.BackupException;
import org.azekura.api.device.ReadResult;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Sense;
import org.azekura.driver.tape.scsi.SenseTable;

/**
 * How blocks are read (SSC-3, READ(6) with variable blocks). A block is always asked for with the largest length there is: there are drives that cut a longer
 * one in silence. One thread at a time.
 */
final class TapeReading {

    private static final int READ = 0x08;
    private static final int MEDIUM_ERROR = 3;

    private final SpcDevice device;
    private final Places places;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    TapeReading(SpcDevice device, Places places) {
        this.device = device;
        this.places = places;
    }

    ReadResult read(Mount mount, ByteBuffer into, int maxBlock) throws BackupException {
        boolean direct = into.remaining() >= maxBlock;
        ByteBuffer data = direct ? into.duplicate() : own(maxBlock);
        int from = data.position();
        data.limit(from + maxBlock);
        long object = mount.track().objects();
        Answer answer = device.once(Cdb.six(READ, Direction.IN, 0, maxBlock), data);
        mount.moved();
        ReadResult result = result(mount, answer, object);
        if (result instanceof ReadResult.EndOfData) {
            return result;
        }
        passed(mount, result);
        if (!(result instanceof ReadResult.Block block)) {
            return result;
        }
        if (block.length() > into.remaining()) {
            return new ReadResult.TooLong(block.length());
        }
        if (!direct) {
            into.put(data.slice(from, block.length()));
        } else {
            into.position(into.position() + block.length());
        }
        return result;
    }

    private ByteBuffer own(int maxBlock) {
        if (buffer.capacity() < maxBlock) {
            buffer = ByteBuffer.allocateDirect(maxBlock);
        }
        return buffer.clear();
    }

    private void passed(Mount mount, ReadResult result) throws BackupException {
        if (result instanceof ReadResult.Filemark) {
            mount.track().passedFilemark();
            places.passedFilemark(mount);
        } else {
            mount.track().passedBlock();
            mount.located(-1);
        }
        places.decide(mount);
    }

    private ReadResult result(Mount mount, Answer answer, long object) throws BackupException {
        return switch (answer.verdict()) {
            case FILEMARK -> new ReadResult.Filemark();
            case END_OF_DATA -> {
                if (object == 0 && answer.sense().filter(SenseTable::isEndUnmarked).isPresent()) {
                    // A cartridge on which nothing was ever written says that its data end. What this one has is not known.
                    throw Trouble.media("media.read", device.location(), answer.text() + "; clean the drive, or try another one");
                }
                yield last(answer);
            }
            case DONE, NOTE, CLEAN, EARLY_WARNING, PROGRAMMED_WARNING -> block(answer);
            case KEY -> {
                BackupException refused = device.refused(answer, Doing.READING);
                // Drives stand on either side of a block that they can't open.
                if (object >= 0 && mount.form() == Mount.Form.NUMBERS) {
                    places.locate(mount, object);
                }
                throw refused;
            }
            default -> throw device.refused(answer, Doing.READING);
        };
    }

    /** The last block before the end of the tape may come together with the news that it ends there. */
    private static ReadResult last(Answer answer) {
        long left = answer.sense().filter(sense -> sense.key() == MEDIUM_ERROR && sense.endOfMedium()).map(Sense::information).orElse(OptionalLong.empty())
                .orElse(answer.asked());
        long length = answer.asked() - left;
        return length > 0 && length <= answer.came() ? new ReadResult.Block((int) length) : new ReadResult.EndOfData();
    }

    /** How long the block was: by the sense data if they vouch for a number, for the transport's may be wrong then. */
    private ReadResult block(Answer answer) throws BackupException {
        boolean other = answer.sense().map(Sense::wrongLength).orElse(false);
        OptionalLong difference = answer.sense().map(Sense::information).orElse(OptionalLong.empty());
        long length = other && difference.isPresent() ? answer.asked() - difference.getAsLong() : (long) answer.asked() - answer.residual();
        if (other && (difference.isPresent() ? difference.getAsLong() < 0 : answer.residual() <= 0)) {
            return new ReadResult.TooLong(difference.isPresent() ? length : -1);
        }
        if (length < 0 || length > answer.came()) {
            throw Trouble.device("device.io", device.location(), "a block of " + length + " bytes was read, but " + answer.came() + " came");
        }
        return new ReadResult.Block((int) length);
    }
}
