package org.azekura.api.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tape drive. On a cartridge lie <em>objects</em>, blocks of any length and filemarks, one behind the other from the beginning to the end of
 * data; the drive stands in front of one of them, or at the end of data. Writing there makes what was written the last object: all that lay behind is
 * gone (SSC-3, logical objects).
 *
 * <p><b>Order of calls:</b> {@link #load}, then anything, then {@link #unload}. Before a load that was {@link LoadResult.Ready}, and after an unload,
 * everything that needs a cartridge throws {@code drive.unloaded}. Settings ({@link #compression}, {@link #encryption}, {@link #programWarning}) hold
 * until the next load or unload, which clear them.
 *
 * <p><b>What is written</b> is in the drive's buffer, and on the tape only when a {@link #writeFilemarks} that is not immediate came back with
 * {@link WriteResult#isWritten}. What is not may be lost at any time without a word: by a loss of power, by a reset, by an error that is found later. A driver
 * never sends a write a second time.
 *
 * <p><b>Where the drive stands</b> is known, or it is not. It is not after any exception from a call that moves the tape or writes, unless its code says
 * else below, and after {@code drive.attention}. Then {@link #position}, {@link #read}, {@link #spaceBlocks}, {@link #spaceFilemarks} and all that
 * writes or erases throws {@code drive.lost} and does nothing, until {@link #locate}, {@link #rewind}, {@link #spaceToEnd} or {@link #load} has
 * succeeded. Somebody else, or a machine that slept, may have moved the tape without the drive's saying so: who appends proves the place by reading.
 *
 * <p><b>Failures</b> beside those named with the calls:
 * <pre>
 * device.closed      the service is gone
 * device.io          the drive does not answer, or the way to it broke, or what went over it was not what came; whether the command was carried out
 *                    is not known
 * device.timeout     it took longer than this command may take in this drive; as above
 * device.interrupted the thread was interrupted while it waited; as above
 * device.hardware    the drive says that it is broken (sense key 4)
 * device.reserved    somebody else has reserved it; nothing was done, the position stands
 * device.unsupported this drive has no such thing, see {@link Capabilities}; nothing was done, the position stands
 * drive.unloaded     there is no cartridge that is loaded; nothing was done
 * drive.busy         the cartridge is being loaded still, see {@link LoadResult.Busy}; nothing was done
 * drive.attention    the drive was reset, or its cartridge changed, by somebody else (sense key 6): nothing was done, settings and what was not yet
 *                    on the tape are gone. The next call meets the drive as it is now: load the cartridge again, and prove which it is
 * drive.lost         it is not known where the drive stands; nothing was done
 * media.write        the cartridge took a block or a filemark badly (sense key 3), this one or an earlier one that was in the buffer still:
 *                    {@link #onTape} tells which
 * media.read         what lies here can't be read (sense key 3)
 * </pre>
 *
 * <p><b>Threads:</b> one at a time, on a platform thread under the caller's own time-out; {@link #location} and {@link #capabilities} any. Calls take as long as
 * the drive needs: minutes for most that move the tape, hours for erasing.
 */
@ConsumerType
public interface Drive {

    /** For people: where this is, like {@code /dev/sg4}. Holds no secret. */
    String location();

    /** Who made it and which one it is (SPC-3, INQUIRY and VPD page 80h). Needs no cartridge and moves nothing. */
    Identity identity() throws BackupException;

    /** What this drive can do beyond the rest; may ask the drive once. The contract test asserts the refusal of what is not there. */
    Capabilities capabilities() throws BackupException;

    /**
     * Makes the cartridge that lies in the drive ready, at its beginning, and forgets all settings. One that is loaded already is rewound, what
     * was written to it is brought to the tape first.
     *
     * @param patience how long to wait; what takes longer is {@link LoadResult.Busy}, goes on, and is waited for by another call: new media are
     *                 calibrated by an LTO-9 drive for up to two hours. No other call that needs a cartridge, nor an unload, while it goes on
     * @throws BackupException {@code media.unfit} if this drive can't read this kind, {@code media.read} if the cartridge can't be made ready
     */
    LoadResult load(Duration patience) throws BackupException;

    /**
     * Brings what was written to the tape, winds it back and lets go of the cartridge, so that a changer or a hand can take it. Also of one that
     * nobody has loaded here: drives draw in what is put into them, and still hold what a process that was killed had loaded. Without a cartridge
     * nothing happens.
     *
     * @throws BackupException as {@link #writeFilemarks}; the cartridge is then unloaded all the same if that is possible, and
     *                         {@code drive.unloaded} is what other calls say
     */
    void unload() throws BackupException;

    /**
     * Writes one block here (SSC-3, WRITE(6), variable block mode).
     *
     * @param block {@link Capabilities#minBlock} to {@link Capabilities#maxBlock} bytes, any buffer; consumed if it is written, else untouched
     * @throws BackupException {@code drive.block} if it is too short or too long, {@code media.protected} if the cartridge can't be written, or if it
     *                         is of the kind that is written once and the drive does not stand at the end of data: nothing was done and the position
     *                         stands; {@code media.write}
     */
    WriteResult write(ByteBuffer block) throws BackupException;

    /**
     * Writes filemarks here, and unless it is immediate returns only when they and all before them are on the tape (SSC-3, WRITE FILEMARKS). A count of 0
     * that is not immediate writes nothing and only waits for that: also where the drive does not stand at the end of data, which stays.
     *
     * @param count 0 to 1000
     * @return {@link WriteResult#FULL}: at least one of them was not written; what was written before them may not be on the tape: see {@link #onTape}
     * @throws BackupException as {@link #write}
     */
    WriteResult writeFilemarks(int count, boolean immediate) throws BackupException;

    /**
     * Reads what lies here and goes past it (SSC-3, READ(6), variable block mode).
     *
     * @param into receives the block from its position on, which moves by the block's length; untouched by any other result, but for the bytes behind
     *             its position. Use one of {@link Capabilities#maxBlock} bytes
     * @throws BackupException {@code media.read}: the block can't be read, the drive may stand on either side of it; {@code media.key} if the block was
     *                         written with a key that the drive was not given: the drive stands in front of it
     */
    ReadResult read(ByteBuffer into) throws BackupException;

    /**
     * Goes to a place that {@link #position} named on this cartridge (SSC-3, LOCATE).
     *
     * @throws BackupException {@code media.position} if the data end before it: the drive then stands at the end of data
     */
    void locate(Position place) throws BackupException;

    /** Goes to the beginning. */
    void rewind() throws BackupException;

    /** Goes behind the last object (SSC-3, SPACE to end-of-data). */
    void spaceToEnd() throws BackupException;

    /**
     * Goes over blocks (SSC-3, SPACE). It ends at a filemark: forwards behind it, backwards in front of it.
     *
     * @param count forwards if positive, backwards if negative
     */
    SpaceResult spaceBlocks(long count) throws BackupException;

    /**
     * Goes over filemarks, and whatever lies between (SSC-3, SPACE): forwards to behind the last one, backwards to in front of it.
     *
     * @param count forwards if positive, backwards if negative
     */
    SpaceResult spaceFilemarks(long count) throws BackupException;

    /** Where the drive stands: what will be read, or written, next. Moves nothing. */
    Position position() throws BackupException;

    /**
     * The first place up to which all is on the tape: {@link #position}, less what is in the buffer still. After a failed write it
     * tells what must be written again, until the tape moves (SSC-3, READ POSITION, extended form). May be asked while it is not known where the drive stands.
     */
    Position onTape() throws BackupException;

    /**
     * Brings places into the order in which they are best visited, from where the drive stands now.
     *
     * @return a permutation, doubles included
     */
    List<Position> order(List<Position> places) throws BackupException;

    /**
     * Where the tape of this cartridge turns: for who orders places where {@link #order} is not known (end of wrap positions, LTO). Moves nothing.
     *
     * @return {@link Wraps#NONE} if the drive does not tell
     */
    default Wraps wraps() throws BackupException {
        return Wraps.NONE;
    }

    /**
     * Makes here the end of data (SSC-3, ERASE).
     *
     * @param whole whether all of the tape behind is overwritten as well, which takes hours
     * @throws BackupException {@code media.protected} as {@link #write}
     */
    void erase(boolean whole) throws BackupException;

    /** What the drive has to say since it was asked last, of itself and of the cartridge (SSC-3, TapeAlert); needs no cartridge. Moves nothing. */
    List<Alert> alerts() throws BackupException;

    /**
     * The errors that the drive has counted with the cartridge that is loaded, or was loaded last, since it was loaded (SPC-4, LOG SENSE, pages 02h and 03h).
     * Needs no cartridge and moves nothing; asking takes nothing away.
     *
     * @return {@link Counters#NONE} if it does not tell
     */
    default Counters counters() throws BackupException {
        return Counters.NONE;
    }

    /**
     * What the cartridge that is loaded remembers of all drives that it was in (SSC-4, LOG SENSE, page 17h). Moves nothing.
     *
     * @return {@link Life#NONE} if the drive does not tell
     * @throws BackupException {@code drive.unloaded}
     */
    default Life life() throws BackupException {
        return Life.NONE;
    }

    /** Whether blocks written from here on are compressed. What is read is plain in any case. */
    void compression(boolean on) throws BackupException;

    /**
     * Seals blocks written from here on, and opens those that are read, with this key (SSC-3, SECURITY PROTOCOL OUT 20h). Blocks without a key can be
     * read all the same.
     *
     * @param key 32 bytes, which are not kept but in the drive; null for none
     * @throws BackupException {@code drive.key} if it has another length
     */
    void encryption(byte[] key) throws BackupException;

    /**
     * Opens blocks that are read with this key, and leaves those plain that are written from here on: {@link #encryption} without the sealing. One takes the place of the
     * other.
     *
     * @param key as there
     * @throws BackupException {@code drive.key} if it has another length; {@code device.unsupported} also of drives that only do both
     */
    default void decryption(byte[] key) throws BackupException {
        throw BackupException.operator("device.unsupported", location(), location() + ": this drive does not open blocks without sealing others");
    }

    /**
     * Has writes say {@link WriteResult#PROGRAMMED_WARNING} already so many bytes before the early warning; 0 for not at all (SSC-3, device configuration
     * extension page).
     */
    void programWarning(long bytes) throws BackupException;

    /**
     * Writes into the memory of the cartridge what it is, for whoever meets it without the one who has written it (SPC-4, WRITE ATTRIBUTE). What lies on the tape
     * stays, and so does the place. Nobody may rely on it: others write there, too.
     *
     * @throws BackupException {@code media.protected} if the cartridge takes nothing, {@code media.write} if its memory is bad
     */
    default void describe(Description description) throws BackupException {
        throw BackupException.operator("device.unsupported", location(), location() + ": this drive writes nothing into the memory of cartridges");
    }

    /** What {@link #describe} has written last into the cartridge that is loaded, or others in its form; empty if nothing, or if the drive does not tell. */
    default Optional<Description> description() throws BackupException {
        return Optional.empty();
    }

    /**
     * Writes into the memory of the cartridge where on it lies what says most of it, in place of what it said before (SSC-4, volume coherency information). What lies on the
     * tape stays, and so does the place. A hint and no more: the cartridge may be written on, or copied, without it.
     *
     * @throws BackupException as {@link #describe}
     */
    default void signpost(Signpost signpost) throws BackupException {
        throw BackupException.operator("device.unsupported", location(), location() + ": this drive writes nothing into the memory of cartridges");
    }

    /** What {@link #signpost} has written last into the cartridge that is loaded; empty if nothing, if others wrote there since, or if the drive does not tell. */
    default Optional<Signpost> signpost() throws BackupException {
        return Optional.empty();
    }

    /** As {@link Library#selfTest}, for this drive; a cartridge in it is not touched. */
    default void selfTest() throws BackupException {
        identity();
        capabilities();
    }

    /**
     * How the tape lies: it is written from end to end and back, in wraps.
     *
     * @param count of all wraps of the tape; 0 if nothing is known
     * @param ends  the first {@link Position#object} that is not on the first wrap, on the second, ... of those that are written to their end
     */
    record Wraps(int count, List<Long> ends) {

        public static final Wraps NONE = new Wraps(0, List.of());
    }

    /**
     * Errors, each -1 if the drive does not tell. Those that were corrected cost nothing but time: a cartridge without a fault has thousands of them. Compare cartridges
     * in one drive, and one cartridge in several.
     *
     * @param writeCorrected   while writing, and corrected by writing again
     * @param writeUncorrected while writing, and not
     * @param readCorrected    while reading, and corrected
     * @param readUncorrected  while reading, and not
     */
    record Counters(long writeCorrected, long writeUncorrected, long readCorrected, long readUncorrected) {

        public static final Counters NONE = new Counters(-1, -1, -1, -1);
    }

    /**
     * What a cartridge has been through, each -1 if nobody tells. Whether the mount that goes on is among it depends on the drive.
     *
     * @param loads            into drives
     * @param written          bytes, to the tape
     * @param read             bytes, from the tape
     * @param writeUncorrected errors while writing that were not corrected
     * @param readUncorrected  errors while reading that were not
     */
    record Life(long loads, long written, long read, long writeUncorrected, long readUncorrected) {

        public static final Life NONE = new Life(-1, -1, -1, -1, -1);
    }

    /**
     * What the memory of a cartridge says of it. Texts that are too long for it are cut.
     *
     * @param vendor      who made what has written the cartridge; 8 characters of ASCII
     * @param application what has written it; 32 characters of ASCII
     * @param version     of that; 8 characters of ASCII
     * @param label       for people; 160 bytes of UTF-8
     * @param barcode     32 characters of ASCII
     * @param pool        what the cartridge is one of; 160 bytes of UTF-8
     */
    record Description(String vendor, String application, String version, String label, String barcode, String pool) {}

    /**
     * Where on a cartridge something lies.
     *
     * @param of     which volume was on the cartridge; up to {@value #MOST} characters of ASCII
     * @param object as in {@link Position}
     */
    record Signpost(String of, long object) {

        public static final int MOST = 32;
    }

    /** All texts trimmed; empty where the drive says none. */
    record Identity(String vendor, String product, String revision, String serial) {}

    /**
     * @param minBlock       shortest block in bytes
     * @param maxBlock       longest block in bytes
     * @param onTape         {@link Drive#onTape} is known
     * @param order          {@link Drive#order} is known
     * @param erase          {@link Drive#erase}
     * @param alerts         {@link Drive#alerts}; without it the list is empty
     * @param compression    {@link Drive#compression}
     * @param encryption     {@link Drive#encryption}
     * @param programWarning {@link Drive#programWarning}
     * @param counters       {@link Drive#counters}; without it they are {@link Counters#NONE}
     * @param protection     blocks go to the drive and come from it with a checksum that both sides look at (SSC-4, logical block protection)
     * @param describe       {@link Drive#describe}
     */
    record Capabilities(int minBlock, int maxBlock, boolean onTape, boolean order, boolean erase, boolean alerts, boolean compression,
            boolean encryption, boolean programWarning, boolean counters, boolean protection, boolean describe) {

        /** For drives that do nothing of what came later. */
        public Capabilities(int minBlock, int maxBlock, boolean onTape, boolean order, boolean erase, boolean alerts, boolean compression,
                boolean encryption, boolean programWarning) {
            this(minBlock, maxBlock, onTape, order, erase, alerts, compression, encryption, programWarning, false, false, false);
        }
    }

    /**
     * A cartridge that is loaded, as far as the drive knows.
     *
     * @param kind           for people, like {@code LTO-8}
     * @param serial         what its memory says, if it has one; not the barcode
     * @param capacity       bytes that fit, uncompressed; -1 if unknown
     * @param writeProtected it can't be written in this drive
     * @param writeOnce      what was written on it can't be overwritten
     */
    record Cartridge(String kind, Optional<String> serial, long capacity, boolean writeProtected, boolean writeOnce) {}
}
