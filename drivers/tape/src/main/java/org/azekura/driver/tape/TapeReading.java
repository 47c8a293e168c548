package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.azekura.api.BackupException;
import org.azekura.api.device.ReadResult;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Sense;

/**
 * How blocks are read (SSC-3, READ(6) with variable blocks). A block is always asked for with the largest length there is: there are drives that cut a longer
 * one in silence. One thread at a time.
 */
final class TapeReading {

    private static final int READ = 0x08;
    private static final int MEDIUM_ERROR = 3;

    private final SpcDevice device;
    private final Places places;
    private final Protection protection;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    TapeReading(SpcDevice device, Places places, Protection protection) {
        this.device = device;
        this.places = places;
        this.protection = protection;
    }

    ReadResult read(Mount mount, ByteBuffer into, int maxBlock) throws BackupException {
        int most = maxBlock + protection.length();
        boolean direct = into.remaining() >= most;
        ByteBuffer data = direct ? into.duplicate() : own(most);
        int from = data.position();
        data.limit(from + most);
        long object = mount.track().objects();
        Answer answer = device.once(Cdb.six(READ, Direction.IN, 0, most), data);
        mount.moved();
        ReadResult result = unprotected(result(mount, answer, object), data, from);
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

    /** What came without the checksum that came with it. */
    private ReadResult unprotected(ReadResult result, ByteBuffer data, int from) throws BackupException {
        if (!protection.isOn()) {
            return result;
        }
        return switch (result) {
            case ReadResult.Block block -> new ReadResult.Block(protection.open(data, from, block.length()));
            case ReadResult.TooLong tooLong -> new ReadResult.TooLong(tooLong.length() < 0 ? -1 : tooLong.length() - Protection.LENGTH);
            case ReadResult.Filemark filemark -> filemark;
            case ReadResult.EndOfData end -> end;
        };
    }

    private ByteBuffer own(int most) {
        if (buffer.capacity() < most) {
            buffer = ByteBuffer.allocateDirect(most);
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
            case END_OF_DATA -> last(answer);
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
