package org.azekura.driver.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.SpaceResult.Stop;
import org.azekura.api.device.WriteResult;

/** What a drive does with the cartridge that is loaded. One thread at a time. */
final class TapeWork {

    private static final double UNLOAD_s = 20;
    /** More places than this are visited from the beginning to the end. */
    private static final int MOST_ORDERED = 2000;
    private static final int MOST_FILEMARKS = 1000;

    private final String where;
    private final Setup setup;
    private final DriveClock clock;
    private final Set<Integer> alerts;

    TapeWork(String where, Setup setup, DriveClock clock, Set<Integer> alerts) {
        this.where = where;
        this.setup = setup;
        this.clock = clock;
        this.alerts = alerts;
    }

    void requireKnown(Mount mount) throws BackupException {
        if (mount.isLost()) {
            throw Trouble.lost(where);
        }
    }

    /** Lets what time has emptied from the buffer be on the tape, and tells what was found bad thereby. */
    private void settle(Mount mount) throws IOException, BackupException {
        mount.drain(clock.level());
        if (mount.takeFailure()) {
            clock.drop();
            mount.at(mount.reel().objects());
            alerts.add(6);
            throw unwritten(mount);
        }
    }

    private BackupException unwritten(Mount mount) {
        return Trouble.media("media.write", where, "cartridge " + mount.lying().barcode() + " took no more than its first " + mount.reel().objects()
                + " objects");
    }

    /** Empties the buffer. */
    private void flush(Mount mount) throws IOException, BackupException {
        clock.flush();
        settle(mount);
    }

    void sync(Mount mount) throws IOException, BackupException {
        flush(mount);
        mount.reel().sync();
    }

    void movedBehindOurBack(Mount mount, long object) throws IOException, BackupException {
        flush(mount);
        mount.at(Math.min(object, mount.end()));
    }

    /** What must be so before anything is written or erased here. */
    private void requireWritable(Mount mount) throws BackupException, IOException {
        requireKnown(mount);
        if (mount.cartridge().writeProtected()) {
            alerts.add(9);
            throw Trouble.media("media.protected", where, "cartridge " + mount.lying().barcode() + " is write-protected in this drive");
        }
        if (mount.cartridge().writeOnce() && mount.at() < mount.end()) {
            alerts.add(60);
            throw Trouble.media("media.protected", where, "cartridge " + mount.lying().barcode() + " is written once: it takes data at its end only");
        }
    }

    WriteResult write(Mount mount, ByteBuffer block, DriveSettings settings, Effect effect) throws BackupException, IOException {
        requireKnown(mount);
        if (block.remaining() < 1 || block.remaining() > SimulatedDrive.MAX_BLOCK) {
            throw Trouble.operator("drive.block", where, "a block has 1 to " + SimulatedDrive.MAX_BLOCK + " bytes, not " + block.remaining());
        }
        requireWritable(mount);
        if (effect instanceof Effect.FalseGood) {
            block.position(block.limit());
            return room(mount, settings);
        }
        Piece piece = spoiled(Piece.block(block, settings.compressing(), settings.seal().orElse(null)), effect);
        WriteResult result = put(mount, piece, settings, effect);
        if (result.isWritten()) {
            block.position(block.limit());
        }
        return result;
    }

    private static Piece spoiled(Piece piece, Effect effect) {
        return switch (effect) {
            case Effect.DeferredError error -> piece.spoiled();
            case Effect.Flip flip -> piece.flipped(flip.bit(), flip.unreadable());
            case null, default -> piece;
        };
    }

    private WriteResult put(Mount mount, Piece piece, DriveSettings settings, Effect effect) throws BackupException, IOException {
        if (effect instanceof Effect.MediumError) {
            flush(mount);
            alerts.add(6);
            throw unwritten(mount);
        }
        settle(mount);
        if (effect instanceof Effect.Full || mount.used() + piece.tape() > mount.reel().capacity()) {
            return WriteResult.FULL;
        }
        if (mount.at() < mount.end()) {
            flush(mount);
            mount.reel().cut(mount.at());
        }
        clock.write(piece.tape());
        settle(mount);
        mount.add(piece);
        if (effect instanceof Effect.EarlyWarning) {
            mount.warn(WriteResult.EARLY_WARNING);
        } else if (effect instanceof Effect.ProgrammedWarning) {
            mount.warn(WriteResult.PROGRAMMED_WARNING);
        }
        return room(mount, settings);
    }

    private WriteResult room(Mount mount, DriveSettings settings) throws IOException, BackupException {
        long left = mount.reel().capacity() - mount.used() - setup.earlyWarning();
        WriteResult byRoom = left < 0 ? WriteResult.EARLY_WARNING : left < settings.programmed() ? WriteResult.PROGRAMMED_WARNING : WriteResult.WRITTEN;
        return byRoom.compareTo(mount.warned()) < 0 ? mount.warned() : byRoom;
    }

    WriteResult writeFilemarks(Mount mount, int count, boolean immediate, DriveSettings settings, Effect effect) throws BackupException, IOException {
        requireKnown(mount);
        if (count < 0 || count > MOST_FILEMARKS) {
            throw Trouble.operator("drive.block", where, "0 to " + MOST_FILEMARKS + " filemarks are written at once, not " + count);
        }
        if (count > 0) {
            requireWritable(mount);
        }
        if (effect instanceof Effect.Full) {
            return WriteResult.FULL;
        }
        if (effect instanceof Effect.MediumError) {
            flush(mount);
            alerts.add(6);
            throw unwritten(mount);
        }
        WriteResult result = room(mount, settings);
        for (int i = 0; i < count && result.isWritten(); i++) {
            result = put(mount, spoiled(Piece.filemark(), effect), settings, effect);
        }
        if (result.isWritten() && !immediate && !(effect instanceof Effect.FalseGood)) {
            sync(mount);
        }
        return result;
    }

    ReadResult read(Mount mount, ByteBuffer into, DriveSettings settings, Effect effect) throws BackupException, IOException {
        requireKnown(mount);
        flush(mount);
        if (mount.at() == mount.end()) {
            return new ReadResult.EndOfData();
        }
        if (effect instanceof Effect.MediumError) {
            throw unreadable(mount);
        }
        Entry entry = mount.reel().entry(mount.at());
        if (entry.kind() == Entry.Kind.FILEMARK) {
            mount.at(mount.at() + 1);
            return new ReadResult.Filemark();
        }
        clock.read(Entry.tape(entry.kind(), entry.form(), entry.length()));
        if (entry.length() > into.remaining()) {
            mount.at(mount.at() + 1);
            return new ReadResult.TooLong(entry.length());
        }
        int from = into.position();
        fill(mount, entry, into, settings);
        mount.at(mount.at() + 1);
        return spoiled(into, from, entry.length(), effect);
    }

    private void fill(Mount mount, Entry entry, ByteBuffer into, DriveSettings settings) throws IOException, BackupException {
        byte[] stored = mount.reel().stored(entry);
        if (Checksum.of(ByteBuffer.wrap(stored)) != entry.crc()) {
            throw unreadable(mount);
        }
        switch (entry.form()) {
            case PLAIN -> into.put(stored);
            case ZEROS, COMPRESSED_ZEROS -> into.put(new byte[entry.length()]);
            case SEALED -> {
                if (settings.seal().isEmpty() || !settings.seal().get().open(stored, into)) {
                    throw Trouble.media("media.key", where, "object " + mount.at() + " of cartridge " + mount.lying().barcode()
                            + " was written with another key than the drive has");
                }
            }
        }
    }

    private BackupException unreadable(Mount mount) {
        alerts.add(5);
        return Trouble.media("media.read", where, "object " + mount.at() + " of cartridge " + mount.lying().barcode() + " can't be read");
    }

    private static ReadResult spoiled(ByteBuffer into, int from, int length, Effect effect) {
        if (effect instanceof Effect.Flip flip) {
            int at = from + (int) (flip.bit() / 8 % length);
            into.put(at, (byte) (into.get(at) ^ 1 << flip.bit() % 8));
        }
        int left = effect instanceof Effect.Cut cut ? Math.max(0, length - cut.bytes()) : length;
        into.position(from + left);
        return new ReadResult.Block(left);
    }

    /** Goes to an object, which must be there, or to the end. */
    private void wind(Mount mount, long object) throws IOException, BackupException {
        long from = mount.used();
        clock.wind(mount.geometry().seconds(from, mount.reel().usedBefore(object)));
        mount.at(object);
        mount.lost(false);
    }

    void locate(Mount mount, Position place) throws IOException, BackupException {
        flush(mount);
        boolean there = place.token().isEmpty() && place.object() <= mount.end();
        wind(mount, there ? place.object() : mount.end());
        if (!there) {
            throw Trouble.media("media.position", where, "the data of cartridge " + mount.lying().barcode() + " end at " + mount.end() + ", before " + place);
        }
    }

    void spaceToEnd(Mount mount) throws IOException, BackupException {
        flush(mount);
        wind(mount, mount.end());
    }

    SpaceResult space(Mount mount, long count, Entry.Kind counted) throws IOException, BackupException {
        requireKnown(mount);
        flush(mount);
        int step = count < 0 ? -1 : 1;
        long at = mount.at();
        long passed = 0;
        Stop stop = Stop.COUNT;
        while (stop == Stop.COUNT && passed * step != count) {
            if (at == (step < 0 ? 0 : mount.end())) {
                stop = step < 0 ? Stop.BEGINNING : Stop.END_OF_DATA;
            } else {
                Entry.Kind kind = mount.reel().entry(step < 0 ? at - 1 : at).kind();
                at += step;
                passed += kind == counted ? 1 : 0;
                stop = counted == Entry.Kind.BLOCK && kind == Entry.Kind.FILEMARK ? Stop.FILEMARK : stop;
            }
        }
        wind(mount, at);
        return new SpaceResult(passed, stop);
    }

    /** On the tape is what a power loss of the machine leaves there, too. */
    Position onTape(Mount mount) throws IOException {
        mount.drain(clock.level());
        mount.reel().sync();
        return Position.of(mount.isLost() || !mount.isBufferEmpty() ? mount.reel().objects() : Math.min(mount.at(), mount.reel().objects()));
    }

    List<Position> order(Mount mount, List<Position> places) throws IOException, BackupException {
        requireKnown(mount);
        flush(mount);
        if (places.size() > MOST_ORDERED) {
            return places.stream().sorted().toList();
        }
        record Place(Position position, long used) {}
        List<Place> spots = new ArrayList<>();
        for (Position place : places) {
            spots.add(new Place(place, mount.reel().usedBefore(Math.min(place.object(), mount.end()))));
        }
        return mount.geometry().order(mount.used(), spots, Place::used).stream().map(Place::position).toList();
    }

    void erase(Mount mount, boolean whole) throws BackupException, IOException {
        requireWritable(mount);
        flush(mount);
        mount.reel().cut(mount.at());
        mount.reel().sync();
        if (whole) {
            clock.wind((mount.reel().capacity() - mount.used()) * 1.0 / setup.speed());
        }
    }

    void unload(Mount mount, Effect effect) throws IOException, BackupException {
        if (effect instanceof Effect.MediumError) {
            throw unwritten(mount);
        }
        sync(mount);
        clock.wind(mount.geometry().seconds(mount.used(), 0) + UNLOAD_s);
    }
}
