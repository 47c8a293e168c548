package org.azekura.engine.volume;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** Writes a checkpoint, page by page: it may say millions of things and is never in memory as a whole. One thread. */
public final class CheckpointWriter {

    /** A page has room for it beside what is in it already. */
    private static final int MOST = 1 << 20;

    private final Sink sink;
    private final int version;
    private final ByteOutput items = new ByteOutput(CheckpointForm.FULL + 1024);
    private final MessageDigest digest = Sha256.begin();
    private CheckpointForm.Kind kind;
    private long count;
    private long pages;
    private long all;

    /** Takes pages in order. */
    @FunctionalInterface
    public interface Sink {

        /** @param page whole; belongs to the sink */
        void page(ByteBuffer page) throws BackupException;
    }

    /** One without configuration: programs that know nothing of that read it. */
    public CheckpointWriter(Sink sink) {
        this(sink, CheckpointForm.VERSION);
    }

    private CheckpointWriter(Sink sink, int version) {
        this.sink = sink;
        this.version = version;
    }

    /** One that ends with configuration. */
    public static CheckpointWriter configured(Sink sink) {
        return new CheckpointWriter(sink, CheckpointForm.CONFIGURED);
    }

    /** One that ends with what is known of media, behind configuration if there is any. */
    public static CheckpointWriter withMedia(Sink sink) {
        return new CheckpointWriter(sink, CheckpointForm.WITH_MEDIA);
    }

    /** One of the lowest version that can say all of this: programs that know nothing of the rest read it. */
    public static CheckpointWriter of(Sink sink, List<? extends CheckpointItem> said) {
        return new CheckpointWriter(sink, said.stream().mapToInt(CheckpointForm::version).max().orElse(CheckpointForm.VERSION));
    }

    /** Whether a checkpoint can say this: no text in it is longer, and it is not larger, than its readers take. */
    public static boolean canSay(CheckpointItem item) {
        ByteOutput out = new ByteOutput(256);
        CheckpointForm.write(item, out);
        try {
            return out.size() <= MOST && item.equals(CheckpointForm.read(CheckpointForm.kind(item), new ByteInput(out.toBytes(), CheckpointForm.CORRUPT, "item")));
        } catch (BackupException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * @throws IllegalArgumentException if the items do not come in the order of the grammar, a head is not just the first, or it is configuration
     *                                  or of media and this checkpoint has none
     */
    public void add(CheckpointItem item) throws BackupException {
        CheckpointForm.Kind next = CheckpointForm.kind(item);
        boolean head = next == CheckpointForm.Kind.HEAD;
        if (head != (kind == null) || kind != null && next.compareTo(kind) < 0) {
            throw new IllegalArgumentException("a checkpoint has no " + next + " behind " + kind);
        }
        if (CheckpointForm.version(item) > version) {
            throw new IllegalArgumentException("a checkpoint of version " + version + " has no " + next);
        }
        if (next != kind || items.size() >= CheckpointForm.FULL) {
            flush();
        }
        kind = next;
        CheckpointForm.write(item, items);
        count++;
    }

    /** Whether a checkpoint of this version says such things. */
    public boolean says(CheckpointItem item) {
        return CheckpointForm.version(item) <= version;
    }

    /** Writes what is left and the end, which proves nothing; nothing may be added afterwards. */
    public void finish() throws BackupException {
        finish(null);
    }

    /**
     * Writes what is left and the end; nothing may be added afterwards.
     *
     * @param idKey of the pool, to prove who wrote it, if it is of a version that can; null: it proves nothing
     */
    public void finish(byte[] idKey) throws BackupException {
        if (kind == null) {
            throw new IllegalArgumentException("a checkpoint has a head");
        }
        flush();
        items.uint(pages);
        items.uint(all);
        if (version >= CheckpointForm.TOLD) {
            items.block((idKey == null ? CheckpointProof.NONE : CheckpointProof.of(digest.digest(), idKey)).bytes());
        }
        kind = CheckpointForm.Kind.END;
        page();
    }

    private void flush() throws BackupException {
        if (count > 0) {
            ByteOutput body = new ByteOutput(items.size() + 10);
            body.uint(count);
            body.append(items);
            items.truncate(0);
            items.append(body);
            page();
            pages++;
            all += count;
            count = 0;
        }
    }

    private void page() throws BackupException {
        ByteOutput page = new ByteOutput(CheckpointForm.HEAD_BYTES + items.size() + Integer.BYTES);
        page.u32(CheckpointForm.MAGIC);
        page.u8(version);
        page.u8(CheckpointForm.kinds(version).indexOf(kind));
        page.u32(items.size());
        page.append(items);
        page.u32(CheckpointForm.checksum(ByteBuffer.wrap(page.toBytes())));
        items.truncate(0);
        digest.update(page.toBytes());
        sink.page(ByteBuffer.wrap(page.toBytes()));
    }
}
