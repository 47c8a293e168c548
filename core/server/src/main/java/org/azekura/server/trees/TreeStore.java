package org.azekura.server.trees;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.SessionId;
import org.azekura.api.server.Appliance;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;

/**
 * Sealed tree pages by id. Grows, until {@link #marks} tells what may go. Thread-safe.
 *
 * <p>What was appended is durable once {@link #sync} returns. If that fails, everything since the last good one is forgotten and
 * cut off, because nobody may believe it, and its senders must send it again. Who appended but did not call {@code sync} yet learns this
 * from {@link #has} and {@link #frame} only: ask them before a snapshot is committed.
 */
public final class TreeStore implements AutoCloseable {

    /** A file that has reached this size is followed by another. */
    static final long ROLL_BYTES = 64 << 20;

    static final long RESERVE = 256 << 20;

    private final PageHome files;
    private final AtomicBoolean marking = new AtomicBoolean();

    private TreeStore(PageHome files) {
        this.files = files;
    }

    /**
     * Opens the store in this folder, which exists. A torn tail is cut off; pages behind damage are found all the same.
     *
     * @throws BackupException {@code trees.io}
     */
    public static TreeStore open(Path folder) throws BackupException {
        return open(folder, ROLL_BYTES, channel -> channel.force(false));
    }

    static TreeStore open(Path folder, long rollBytes, TreeFile.Force force) throws BackupException {
        try {
            new SegmentFolder(folder).leave();
            return new TreeStore(new TreeFiles(folder, rollBytes, force));
        } catch (IOException e) {
            throw TreeFolder.failed(folder, e);
        }
    }

    /**
     * Opens a store that this server shares with others, and has in this folder what is on the device. Waits a moment for all of it to be here; what is not by
     * then comes by and by, and who needs it meanwhile gets {@code trees.behind}. If the device is away, what was here before is read. What a store of this
     * folder alone had in it is read, and goes to the device.
     *
     * @throws BackupException {@code trees.io}
     */
    public static TreeStore open(Path folder, Sharing sharing) throws BackupException {
        try {
            Sharing own = new Sharing(sharing.place(), sharing.prefix(), new SegmentFolder(folder).writer(sharing.server()));
            return open(folder, own, ROLL_BYTES, channel -> channel.force(false));
        } catch (IOException e) {
            throw TreeFolder.failed(folder, e);
        }
    }

    static TreeStore open(Path folder, Sharing sharing, long rollBytes, TreeFile.Force force) throws BackupException {
        try {
            return new TreeStore(SharedFiles.open(folder, sharing, rollBytes, force));
        } catch (IOException e) {
            throw TreeFolder.failed(folder, e);
        }
    }

    /** Whether this says that the store can't be shared with others now, or not under this server's name. */
    public static boolean isOfOthers(BackupException e) {
        String code = e.failure().code();
        return code.equals(SharedFiles.AWAY) || code.equals("trees.behind") || code.equals("trees.fenced");
    }

    /** Where the pages are, and how that was when it was looked last: a minute ago at most. */
    public Appliance.Trees standing() {
        return files.standing();
    }

    /** From now on this one also joins small segments that servers have left which are gone. One of the servers does. */
    public void tend() {
        files.tend();
    }

    /** Whether the page is here and durable. */
    public boolean has(ChunkId id) {
        return files.durable(id);
    }

    /** Whether the page is here and will be durable when {@link #settle} has returned; and if a prune is running, it stays. */
    public boolean rely(ChunkId id) throws BackupException {
        return files.rely(id);
    }

    /**
     * Learns what other servers have done to the pages. To be called by a job that is in the catalog, before it {@linkplain #append appends} the first page or
     * {@linkplain #rely relies} on one.
     *
     * @throws BackupException {@code trees.away}, {@code trees.behind}; nothing where no other server is
     */
    public void renew() throws BackupException {
        files.renew();
    }

    /**
     * Makes sure that what was relied on stays. To be called before that snapshot is committed.
     *
     * @throws BackupException {@code trees.away}, {@code trees.fenced}; nothing where no other server is
     */
    public void settle() throws BackupException {
        files.settle();
    }

    /**
     * Adds a page, unless one of its id is here. The buffer's position stays.
     *
     * @param frame from position to limit one whole frame of kind TREE
     * @return whether none was here
     * @throws BackupException {@code frame.corrupt}, {@code frame.unexpected} for a frame of data, {@code trees.io}; the store is as
     *                         before
     */
    public boolean append(ByteBuffer frame) throws BackupException {
        FrameHeader header = Frame.parse(frame).header();
        if (header.kind() != ChunkKind.TREE) {
            throw BackupException.corrupt("frame.unexpected", header.id().toString(), "chunk " + header.id()
                    + " is data, expected a tree page");
        }
        return files.append(header.id(), frame);
    }

    /**
     * How many bytes of its disk are free, but for those that the catalog beside it needs to go on: a tenth, at most {@link #RESERVE}. Negative if
     * it has fewer.
     *
     * @throws BackupException {@code trees.io}
     */
    public long room() throws BackupException {
        return files.room();
    }

    /**
     * Begins to find out which pages are alive. From here on every page that is appended counts as alive, also one that is here already.
     *
     * @param jobs that have not ended; asked before anything alive is looked for, and again once segments are condemned
     * @throws BackupException {@code prune.running} if somebody else does; {@code trees.away}
     */
    public TreeMarks marks(TreeMarks.Jobs jobs) throws BackupException {
        if (!marking.compareAndSet(false, true)) {
            throw BackupException.operator("prune.running", "", "another prune is running; wait for its end (azekura job list --running)");
        }
        try {
            return new TreeMarks(this, files, jobs, () -> marking.set(false));
        } catch (BackupException e) {
            marking.set(false);
            throw e;
        }
    }

    /** The same, where no other server is. */
    public TreeMarks marks() throws BackupException {
        return marks(Set::of);
    }

    /**
     * Makes durable what was appended before; callers at the same time share one write to the disk.
     *
     * @throws BackupException {@code trees.io} if it is not durable, or was not when another call tried
     */
    public void sync() throws BackupException {
        files.sync();
    }

    /**
     * The page as it was sent, checked. A page found damaged counts as missing from then on, so that the next backup sends it
     * again.
     *
     * @throws BackupException {@code tree.missing}, {@code frame.corrupt}, {@code trees.io}
     */
    public Frame frame(ChunkId id) throws BackupException {
        return files.sound(id).frame();
    }

    /** The same as one piece. */
    public ByteBuffer whole(ChunkId id) throws BackupException {
        return files.sound(id).bytes();
    }

    /** Who sealed this page, as its header says; null if it can't be read. */
    SessionId session(ChunkId id) throws BackupException {
        try {
            return Frame.header(files.read(id).bytes()).session();
        } catch (BackupException e) {
            if (e.failure().kind() != Failure.Kind.CORRUPT) {
                throw e;
            }
            return null;
        }
    }

    /** Makes durable what is not yet, as far as the disk takes it. Nothing can be appended afterwards; calling it again does nothing. */
    @Override
    public void close() {
        files.close();
    }
}
