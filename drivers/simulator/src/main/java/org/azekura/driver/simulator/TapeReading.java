package org.azekura.driver.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.SpaceResult.Stop;

/** How a drive reads the cartridge that is loaded, and finds places on it. One thread at a time. */
final class TapeReading {

    /** More places than this are visited from the beginning to the end. */
    private static final int MOST_ORDERED = 2000;

    private final String where;
    private final DriveClock clock;
    private final DriveBuffer buffer;
    private final Complaints complaints;

    TapeReading(String where, DriveClock clock, DriveBuffer buffer, Complaints complaints) {
        this.where = where;
        this.clock = clock;
        this.buffer = buffer;
        this.complaints = complaints;
    }

    ReadResult read(Mount mount, ByteBuffer into, DriveSettings settings, Effect effect) throws BackupException, IOException {
        buffer.requireKnown(mount);
        buffer.flush(mount);
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
        complaints.readFailed();
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
        buffer.flush(mount);
        boolean there = place.token().isEmpty() && place.object() <= mount.end();
        wind(mount, there ? place.object() : mount.end());
        if (!there) {
            throw Trouble.media("media.position", where, "the data of cartridge " + mount.lying().barcode() + " end at " + mount.end() + ", before " + place);
        }
    }

    void spaceToEnd(Mount mount) throws IOException, BackupException {
        buffer.flush(mount);
        wind(mount, mount.end());
    }

    SpaceResult space(Mount mount, long count, Entry.Kind counted) throws IOException, BackupException {
        buffer.requireKnown(mount);
        buffer.flush(mount);
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

    Drive.Wraps wraps(Mount mount) throws IOException, BackupException {
        buffer.flush(mount);
        List<Long> ends = new ArrayList<>();
        for (long end = mount.geometry().wrapEnd(1); end <= mount.reel().used() && ends.size() < mount.geometry().wraps();
                end = mount.geometry().wrapEnd(ends.size() + 1)) {
            ends.add(firstBehind(mount, end));
        }
        return new Drive.Wraps(mount.geometry().wraps(), ends);
    }

    /** The first object with at least so much tape before it. */
    private static long firstBehind(Mount mount, long tape) throws IOException, BackupException {
        long from = 0;
        long to = mount.end();
        while (from < to) {
            long middle = (from + to) / 2;
            if (mount.reel().usedBefore(middle) < tape) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    List<Position> order(Mount mount, List<Position> places) throws IOException, BackupException {
        buffer.requireKnown(mount);
        buffer.flush(mount);
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
}
