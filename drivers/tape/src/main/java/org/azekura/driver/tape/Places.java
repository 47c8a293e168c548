package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.driver.tape.Mount.Form;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a drive stands, and how it gets elsewhere (SSC-3, READ POSITION and LOCATE). Drives are believed what they say only if it agrees with our own count:
 * there are some that claim to stand at object 0 wherever they are, and some that number in a way of their own. One thread at a time.
 *
 * <p>A place is a number of objects; or, with {@code s} in the token, what the drive calls it; or {@code f}, the filemarks and the blocks since the last
 * of them, {@code f2.17}, by which any drive finds it. The beginning is 0 in each of these.
 */
final class Places {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final int READ_POSITION = 0x34;
    private static final int LONG = 6;
    private static final int EXTENDED = 8;
    private static final int UNKNOWN_PLACE = 4;
    private static final int UNKNOWN_FILE = 8;
    private static final int LOCATE_10 = 0x2b;
    private static final int LOCATE_16 = 0x92;
    /** Files and blocks in one number, so that places sort; a cartridge has less than so many of each. */
    private static final int FILE_SHIFT = 32;

    private final SpcDevice device;
    private final Winding winding;

    Places(SpcDevice device, Winding winding) {
        this.device = device;
        this.winding = winding;
    }

    private OptionalLong number(int form, int length, int at, boolean wide) throws BackupException {
        Cdb cdb = Cdb.of(10, READ_POSITION, Direction.IN).service(form);
        if (form == EXTENDED) {
            cdb = cdb.with16(7, length);
        }
        byte[] said = device.optional(cdb, length).orElse(new byte[0]);
        if (said.length < at + (wide ? 8 : 4) || (said[0] & UNKNOWN_PLACE) != 0) {
            return OptionalLong.empty();
        }
        long value = wide ? ByteBuffer.wrap(said).getLong(at) : Integer.toUnsignedLong(ByteBuffer.wrap(said).getInt(at));
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private OptionalLong longForm() throws BackupException {
        return number(LONG, 32, 8, true);
    }

    private OptionalLong shortForm() throws BackupException {
        return number(0, 20, 4, false);
    }

    /**
     * Where a drive stands that numbers its objects.
     *
     * @param file filemarks before it, if it numbers them
     */
    record Here(long object, OptionalLong file) {}

    /** Only for drives whose numbers are right. */
    Here here() throws BackupException {
        Cdb cdb = Cdb.of(10, READ_POSITION, Direction.IN).service(LONG);
        byte[] said = device.optional(cdb, 32).orElse(new byte[0]);
        if (said.length == 32 && (said[0] & UNKNOWN_PLACE) == 0) {
            ByteBuffer in = ByteBuffer.wrap(said);
            return new Here(in.getLong(8), (said[0] & UNKNOWN_FILE) == 0 ? OptionalLong.of(in.getLong(16)) : OptionalLong.empty());
        }
        return new Here(required(shortForm()), OptionalLong.empty());
    }

    /** The first object that is not on the tape; empty if the drive does not tell. */
    OptionalLong onTape() throws BackupException {
        return number(EXTENDED, 32, 16, true);
    }

    /** Compares what the drive says with our own count, once something was passed since the load. Moves nothing but a LOCATE to where it stands. */
    void decide(Mount mount) throws BackupException {
        long count = mount.track().objects();
        if (mount.form() != Form.UNDECIDED || count < 1) {
            return;
        }
        OptionalLong byLong = longForm();
        OptionalLong byShort = shortForm();
        mount.form(Form.COUNTED);
        if (byLong.equals(OptionalLong.of(count)) && (canLocate(locate16(count)) || canLocate(locate10(count)))
                || byShort.equals(OptionalLong.of(count)) && canLocate(locate10(count))) {
            mount.form(Form.NUMBERS);
        } else if (byShort.isPresent() && byShort.getAsLong() > 0 && canLocate(locate10(byShort.getAsLong())) && shortForm().equals(byShort)) {
            mount.form(Form.TOKENS);
        }
        LOG.debug("{}: behind object {} it says {} (long form) and {} (short form): {}", device.location(), count, byLong, byShort, mount.form());
    }

    /** Makes sure that the form is decided, unless nothing lies on the cartridge. */
    void probe(Mount mount) throws BackupException {
        if (mount.form() == Form.UNDECIDED && mount.track().objects() == 0) {
            if (winding.skip(mount) != Winding.Met.END_OF_DATA) {
                decide(mount);
            }
            rewind(mount);
        }
    }

    private boolean canLocate(Cdb cdb) throws BackupException {
        if (device.lacks(cdb)) {
            return false;
        }
        Answer answer = device.once(cdb, null);
        device.note(cdb, answer);
        boolean went = answer.isDone() || answer.verdict() == Verdict.END_OF_DATA;
        if (!went && answer.verdict() != Verdict.UNSUPPORTED) {
            throw device.refused(answer, Doing.READING);
        }
        return went;
    }

    private static Cdb locate16(long object) {
        return Cdb.of(16, LOCATE_16, Direction.NONE).with64(4, object);
    }

    private static Cdb locate10(long place) {
        return Cdb.of(10, LOCATE_10, Direction.NONE).with32(3, place);
    }

    Position position(Mount mount) throws BackupException {
        Track track = mount.track();
        return switch (mount.form()) {
            case UNDECIDED -> Position.of(Math.max(0, track.objects()));
            case NUMBERS -> Position.of(required(longIfRight(mount)));
            case TOKENS -> {
                long name = required(shortForm());
                yield name == 0 ? Position.of(0) : new Position(name, "s" + name);
            }
            case COUNTED -> {
                winding.resolve(mount);
                yield track.file() == 0 && track.block() == 0 ? Position.of(0)
                        : new Position(track.file() << FILE_SHIFT | track.block(), "f" + track.file() + "." + track.block());
            }
        };
    }

    /** The long form, or the short one of drives that have no other. */
    private OptionalLong longIfRight(Mount mount) throws BackupException {
        OptionalLong byLong = longForm();
        return byLong.isPresent() ? byLong : shortForm();
    }

    private long required(OptionalLong place) throws BackupException {
        return place.orElseThrow(() -> Trouble.lost(device.location()));
    }

    void rewind(Mount mount) throws BackupException {
        winding.rewind(mount);
    }

    /** Before anything is known of the cartridge. */
    void rewindAnew() throws BackupException {
        winding.rewindAnew();
    }

    void locate(Mount mount, Position place) throws BackupException {
        if (place.object() == 0) {
            rewind(mount);
            return;
        }
        if (mount.isLost() && mount.form() == Form.UNDECIDED) {
            rewind(mount);
        }
        probe(mount);
        String token = place.token();
        if (token.startsWith("f")) {
            int dot = token.indexOf('.');
            winding.goTo(mount, parse(place, token, 1, dot), parse(place, token, dot + 1, token.length()));
        } else if (token.startsWith("s") && mount.form() != Form.COUNTED) {
            locate(mount, locate10(parse(place, token, 1, token.length())), place);
        } else if (token.isEmpty() && mount.form() == Form.NUMBERS) {
            locate(mount, place.object());
        } else if (token.isEmpty()) {
            // By a drive that could count, and now it lies in one that can't.
            winding.walk(mount, place.object());
        } else {
            throw Trouble.media("media.position", device.location(), "this drive can't go to " + place + ", which another kind of drive has named");
        }
    }

    /** Goes to an object in a drive that numbers them. */
    void locate(Mount mount, long object) throws BackupException {
        Cdb wide = locate16(object);
        if (!device.lacks(wide)) {
            Answer answer = device.once(wide, null);
            device.note(wide, answer);
            if (answer.verdict() != Verdict.UNSUPPORTED) {
                arrived(mount, answer, Position.of(object));
                return;
            }
        }
        locate(mount, locate10(object), Position.of(object));
    }

    private void locate(Mount mount, Cdb cdb, Position place) throws BackupException {
        arrived(mount, device.once(cdb, null), place);
    }

    /** One peer that is sent to in front of a filemark goes behind the next one when it reads that one. Names follow one another, so it can be told. */
    void passedFilemark(Mount mount) throws BackupException {
        long before = mount.located();
        mount.located(-1);
        if (mount.form() == Form.TOKENS && before >= 0 && required(shortForm()) != before + 1) {
            device.require(locate10(before + 1), null, Doing.READING);
        }
    }

    private void arrived(Mount mount, Answer answer, Position place) throws BackupException {
        if (answer.verdict() == Verdict.SUSPECT_DRIVE && mount.form() == Form.TOKENS) {
            // What one peer says of places that are gone.
            winding.walkToEnd(mount);
            if (position(mount).object() < place.object()) {
                throw Trouble.media("media.position", device.location(), "the data of the cartridge end before " + place);
            }
        }
        if (answer.verdict() == Verdict.END_OF_DATA) {
            mount.track().unknown(-1);
            mount.lost(false);
            throw Trouble.media("media.position", device.location(), "the data of the cartridge end before " + place);
        }
        if (!answer.isDone()) {
            throw device.refused(answer, Doing.READING);
        }
        mount.track().unknown(place.object());
        mount.lost(false);
        mount.located(mount.form() == Form.TOKENS ? place.object() : -1);
    }

    private long parse(Position place, String token, int from, int to) throws BackupException {
        try {
            return Long.parseLong(token, from, to, 10);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Trouble.media("media.position", device.location(), "this driver can't go to " + place + ", which another driver has named");
        }
    }
}
