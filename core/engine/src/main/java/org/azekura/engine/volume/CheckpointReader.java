package org.azekura.engine.volume;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.seal.PoolProof;

/** Reads a checkpoint, page by page, and believes nothing: lengths are checked before anything is allocated by them. One thread. */
public final class CheckpointReader {

    private final Source source;
    private final String subject;
    private final MessageDigest digest = Sha256.begin();
    private CheckpointProof proof = CheckpointProof.NONE;
    private CheckpointForm.Kind last;
    private int version;
    private long pages;
    private long all;

    /** Gives the bytes of a checkpoint in order. */
    @FunctionalInterface
    public interface Source {

        /** Fills the buffer; less only at the end. */
        void read(ByteBuffer into) throws BackupException;
    }

    /** Takes what a checkpoint says. */
    @FunctionalInterface
    public interface Visitor {

        void item(CheckpointItem item) throws BackupException;
    }

    /** @param subject which checkpoint this is, for messages */
    public CheckpointReader(Source source, String subject) {
        this.source = source;
        this.subject = subject;
    }

    /**
     * Reads all of it. What was visited before a failure is true, but not all.
     *
     * @throws BackupException {@code checkpoint.corrupt}, {@code format.version}; what the source and the visitor throw
     */
    public void read(Visitor visitor) throws BackupException {
        while (last != CheckpointForm.Kind.END) {
            page(visitor);
        }
        if (fill(1, true).hasRemaining()) {
            throw corrupt("something follows its end");
        }
    }

    /** What proves who wrote it, once all of it was read. */
    public CheckpointProof proof() {
        return proof;
    }

    private void page(Visitor visitor) throws BackupException {
        ByteBuffer head = fill(CheckpointForm.HEAD_BYTES, false);
        int magic = head.getInt(0);
        int version = head.get(4) & 0xff;
        int kind = head.get(5) & 0xff;
        int length = head.getInt(6);
        if (magic != CheckpointForm.MAGIC) {
            throw corrupt("page %d begins with %08x, expected %08x (AZCP)".formatted(pages, magic, CheckpointForm.MAGIC));
        }
        if (length < 1 || length > CheckpointForm.MAX_BODY) {
            throw corrupt("page " + pages + " has " + Integer.toUnsignedString(length) + " bytes, expected 1 to " + CheckpointForm.MAX_BODY);
        }
        ByteBuffer page = ByteBuffer.allocate(CheckpointForm.HEAD_BYTES + length).put(head);
        page.put(fill(length, false)).flip();
        ByteBuffer sum = fill(Integer.BYTES, false);
        int found = sum.getInt(0);
        int expected = CheckpointForm.checksum(page);
        if (found != expected) {
            throw corrupt("page %d: checksum %08x, expected %08x".formatted(pages, found, expected));
        }
        List<CheckpointForm.Kind> kinds = kinds(version);
        if (kind >= kinds.size()) {
            throw corrupt("page " + pages + " is of kind " + kind + ", expected 0 to " + (kinds.size() - 1));
        }
        byte[] body = new byte[length];
        page.get(CheckpointForm.HEAD_BYTES, body);
        body(kinds.get(kind), new ByteInput(body, CheckpointForm.CORRUPT, subject), visitor);
        digest.update(page.rewind());
        digest.update(sum.rewind());
    }

    /** All pages are of the first one's version. */
    private List<CheckpointForm.Kind> kinds(int version) throws BackupException {
        if (version < CheckpointForm.VERSION || version > CheckpointForm.TOLD) {
            throw FormatVersion.other(subject, subject, version, CheckpointForm.TOLD);
        }
        if (last != null && version != this.version) {
            throw corrupt("page " + pages + " is of version " + version + ", the one before of " + this.version);
        }
        this.version = version;
        return CheckpointForm.kinds(version);
    }

    private void body(CheckpointForm.Kind kind, ByteInput in, Visitor visitor) throws BackupException {
        boolean head = kind == CheckpointForm.Kind.HEAD;
        if (head != (last == null) || last != null && kind.compareTo(last) < 0) {
            throw in.corrupt("page " + pages + ": " + kind + " behind " + last);
        }
        last = kind;
        if (kind == CheckpointForm.Kind.END) {
            end(in);
            return;
        }
        int count = in.count(1, "number of items");
        if (count == 0 || head && count != 1) {
            throw in.corrupt("page " + pages + " has " + count + " items");
        }
        try {
            for (int i = 0; i < count; i++) {
                CheckpointItem item = CheckpointForm.read(kind, in);
                if (CheckpointForm.version(item) > version) {
                    throw in.corrupt("an item of version " + CheckpointForm.version(item) + " in a checkpoint of version " + version);
                }
                visitor.item(item);
            }
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
        in.end("page " + pages);
        pages++;
        all += count;
    }

    private void end(ByteInput in) throws BackupException {
        long wantedPages = in.uint(Long.MAX_VALUE, "pages");
        long wanted = in.uint(Long.MAX_VALUE, "items");
        if (wantedPages != pages || wanted != all) {
            throw in.corrupt(pages + " pages with " + all + " items, expected " + wantedPages + " with " + wanted);
        }
        if (version >= CheckpointForm.TOLD) {
            byte[] proven = in.block(PoolProof.BYTES, "proof");
            if (proven.length != 0 && proven.length != PoolProof.BYTES) {
                throw in.corrupt("a proof of " + proven.length + " bytes");
            }
            proof = proven.length == 0 ? CheckpointProof.NONE : new CheckpointProof(HexFormat.of().formatHex(digest.digest()), HexFormat.of().formatHex(proven));
        }
        in.end("end");
    }

    /** From position 0 to its limit. */
    private ByteBuffer fill(int length, boolean lessWillDo) throws BackupException {
        ByteBuffer into = ByteBuffer.allocate(length);
        source.read(into);
        into.flip();
        if (into.remaining() < length && !lessWillDo) {
            throw corrupt("it ends in page " + pages);
        }
        return into;
    }

    private BackupException corrupt(String what) {
        return BackupException.corrupt(CheckpointForm.CORRUPT, subject, subject + ": " + what);
    }
}
