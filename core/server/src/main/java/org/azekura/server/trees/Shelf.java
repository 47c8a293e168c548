package org.azekura.server.trees;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/**
 * The segments on the shared device, and which of them are condemned. Thread-safe; every call may block for as long as the device does.
 *
 * <p>What the device says comes out as {@code trees.away}, which can be tried again, but for {@code blob.missing}, {@code blob.exists} and
 * {@code server.full}.
 */
final class Shelf {

    private static final String CONDEMNED = ".drop";
    private static final int PIECE = 1 << 20;

    private final Sharing sharing;

    Shelf(Sharing sharing) {
        this.sharing = sharing;
    }

    /** What is there; a condemned one may be gone already. */
    record Listing(Map<Segment, Long> sizes, Set<Segment> condemned) {}

    /** For people. */
    String device() {
        return sharing.place().name();
    }

    private String key(Segment segment) {
        return sharing.prefix() + "/" + segment.key();
    }

    private interface Work<T> {
        T on(BlobStore device) throws BackupException, IOException;
    }

    /** A driver that is exchanged gives up what has begun: whoever comes in its place is asked once. */
    private <T> T call(String doing, Work<T> work) throws BackupException {
        return once(doing, device -> {
            try {
                return work.on(device);
            } catch (BackupException e) {
                if (!e.failure().code().equals("device.closed")) {
                    throw e;
                }
                return work.on(sharing.place().device());
            }
        });
    }

    private <T> T once(String doing, Work<T> work) throws BackupException {
        try {
            return Aside.call(() -> work.on(sharing.place().device()));
        } catch (BackupException e) {
            throw told(doing, e);
        } catch (IOException e) {
            throw BackupException.device("trees.io", "", "could not " + doing + ": " + e.getMessage() + " (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static BackupException told(String doing, BackupException why) {
        Failure failure = why.failure();
        return switch (failure.code()) {
            case "blob.missing", "blob.exists" -> why;
            case "device.full" -> BackupException.device(PageAllowances.FULL, failure.subject(), "the shared store of tree pages is full, could not " + doing + ": "
                    + failure.message(), why);
            default -> BackupException.network(SharedFiles.AWAY, failure.subject(), "the shared store of tree pages is away, could not " + doing + ": "
                    + failure.message(), why);
        };
    }

    Listing list() throws BackupException {
        return call("list it", device -> {
            Map<Segment, Long> sizes = new TreeMap<>();
            Set<Segment> condemned = new HashSet<>();
            int from = sharing.prefix().length() + 1;
            device.list(sharing.prefix() + "/", blob -> {
                String name = blob.key().substring(from);
                if (name.endsWith(CONDEMNED)) {
                    Segment.parse(name.substring(0, name.length() - CONDEMNED.length())).ifPresent(condemned::add);
                } else {
                    Segment.parse(name).ifPresent(segment -> sizes.put(segment, blob.size()));
                }
            });
            return new Listing(sizes, condemned);
        });
    }

    /**
     * Puts a file there as this segment. Whether it is there after a failure is unknown: use another number then.
     *
     * @throws BackupException {@code blob.exists} if others have written it
     */
    void put(Segment segment, Path file) throws BackupException {
        once("write " + segment, device -> {
            try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r"); BlobWriter writer = device.create(key(segment))) {
                byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, from.length()))];
                for (int got = from.read(piece); got > 0; got = from.read(piece)) {
                    writer.write(ByteBuffer.wrap(piece, 0, got));
                }
                writer.commit();
            } catch (BackupException e) {
                if (!e.failure().code().equals("blob.exists") || !isThere(device, segment, file)) {
                    throw e;
                }
            }
            return null;
        });
    }

    private boolean isThere(BlobStore device, Segment segment, Path file) throws BackupException, IOException {
        try (RandomAccessFile ours = new RandomAccessFile(file.toFile(), "r")) {
            if (device.size(key(segment)) != ours.length()) {
                return false;
            }
            byte[] piece = new byte[PIECE];
            for (long at = 0; at < ours.length();) {
                int got = ours.read(piece);
                ByteBuffer theirs = ByteBuffer.allocate(got);
                fill(device, segment, at, theirs);
                if (!Arrays.equals(piece, 0, got, theirs.array(), 0, got)) {
                    return false;
                }
                at += got;
            }
            return true;
        }
    }

    private void fill(BlobStore device, Segment segment, long at, ByteBuffer into) throws BackupException, IOException {
        while (into.hasRemaining()) {
            int got = device.read(key(segment), at + into.position(), into);
            if (got == 0) {
                throw new EOFException(segment + " ends at " + (at + into.position()));
            }
        }
    }

    /** Some bytes of a segment, which has them. */
    ByteBuffer read(Segment segment, long offset, int length) throws BackupException {
        return call("read " + segment, device -> {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            fill(device, segment, offset, bytes);
            return bytes.flip();
        });
    }

    /**
     * Brings a segment into this file, behind what an earlier call has brought; durable at return.
     *
     * @throws BackupException {@code blob.missing} if it has gone meanwhile
     */
    void fetch(Segment segment, long size, Path into) throws BackupException {
        call("read " + segment, device -> {
            try (RandomAccessFile file = new RandomAccessFile(into.toFile(), "rw")) {
                file.setLength(Math.min(file.length(), size));
                file.seek(file.length());
                ByteBuffer piece = ByteBuffer.allocate(PIECE);
                while (file.length() < size) {
                    if (Thread.interrupted()) {
                        throw new InterruptedIOException("the store is closed");
                    }
                    piece.clear().limit((int) Math.min(PIECE, size - file.length()));
                    fill(device, segment, file.length(), piece);
                    file.write(piece.array(), 0, piece.limit());
                }
                file.getFD().sync();
                return null;
            }
        });
    }

    /** Says to all that nobody relies on this segment any more. */
    void condemn(Segment segment) throws BackupException {
        call("condemn " + segment, device -> {
            try (BlobWriter writer = device.create(key(segment) + CONDEMNED)) {
                writer.write(ByteBuffer.wrap("nobody relies on it from here on\n".getBytes()));
                writer.commit();
            } catch (BackupException e) {
                if (!e.failure().code().equals("blob.exists")) {
                    throw e;
                }
            }
            return null;
        });
    }

    /** Nothing of it remains, at the latest after another call. */
    void delete(Segment segment) throws BackupException {
        call("delete " + segment, device -> {
            device.delete(key(segment));
            device.delete(key(segment) + CONDEMNED);
            return null;
        });
    }

    /** Takes away what a deletion that was cut off has left of a segment that is gone. */
    void tidy(Segment segment) throws BackupException {
        call("delete " + segment, device -> {
            if (device.size(key(segment)) < 0) {
                device.delete(key(segment) + CONDEMNED);
            }
            return null;
        });
    }
}
