package org.azekura.storagenode.cartridge.note;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.api.device.Position;
import org.azekura.storagenode.cartridge.blob.Keys;

/**
 * What lies on a cartridge. There may be hundreds of thousands of blobs on each of many: so nothing is on the heap for one of them, but for those that came
 * since the note was read, which are some thousands. Read by any thread, changed by one at a time.
 */
public final class Contents {

    /** So many bytes of records are on the heap before those of a note that has them are taken instead. */
    private static final long LOOSE = 1 << 20;
    private static final int USUAL_RECORD = 85;
    private static final Name LABEL = Name.of(Keys.LABEL);

    /** What was deleted here counts for the cartridges before this one, too: so deletions have names as blobs have. */
    private static final class Lying {

        private volatile NoteBytes bytes;
        private final NoteNames names;
        private final FewNames few = new FewNames();
        private volatile int entered;

        Lying(NoteBytes bytes) {
            this.bytes = bytes;
            this.names = new NoteNames(bytes, bytes.mapped() / USUAL_RECORD);
            bytes.each(this::enter);
        }

        /** They lie there, too. */
        void in(NoteBytes same) {
            bytes = same;
            names.in(same);
        }

        /** It lies behind all others. */
        private void enter(MemorySegment in, long at, long address) {
            Name name = Name.of(in, at);
            boolean deletion = NoteForm.kind(in, at) == NoteForm.DELETION;
            entered++;
            if (deletion && LABEL.isOf(in, at)) {
                return;
            }
            long before = names.find(name);
            if (deletion || before == 0 || isDeletion(bytes, before)) {
                names.put(name, address);
                if (!deletion && FewNames.is(in, at)) {
                    few.add(address);
                }
            }
        }

        static boolean isDeletion(NoteBytes bytes, long address) {
            return NoteForm.kind(bytes.in(address), bytes.offset(address)) == NoteForm.DELETION;
        }

        /** Whether each record has the last word on its name. */
        boolean isPlain() {
            return entered == names.size();
        }

        boolean counts(MemorySegment in, long at, long address) {
            return names.find(Name.of(in, at)) == address;
        }
    }

    private volatile Lying lying;
    private volatile Tail tail;
    private volatile boolean closed;

    public Contents(Tail tail) {
        this.lying = new Lying(new NoteBytes());
        this.tail = tail;
    }

    /** @param note what was found sound of it, and stays as it is */
    Contents(MemorySegment note, NoteScan found) {
        this.lying = new Lying(new NoteBytes(note.asSlice(0, found.sound())));
        this.tail = found.tail();
        this.closed = found.closed();
    }

    /** Null if there is none. */
    public Noted get(String key) {
        return get(Name.of(key));
    }

    /** Null if there is none. */
    public Noted get(Name name) {
        Lying all = lying;
        long address = all.names.find(name);
        NoteBytes bytes = all.bytes;
        return address == 0 || Lying.isDeletion(bytes, address) ? null : NoteForm.object(bytes.in(address), bytes.offset(address));
    }

    /** Whether it says something of a blob of that name: it is here, or was deleted here. Then cartridges before this one are not asked. */
    public boolean covers(Name name) {
        return lying.names.find(name) != 0;
    }

    /** In the order in which they lie: who reads all that is listed reads on. */
    public void list(String prefix, Consumer<Blob> each) {
        Lying all = lying;
        MemorySegment begin = Name.of(prefix).in();
        boolean plain = all.isPlain();
        NoteBytes.Visitor visitor = (in, at, address) -> {
            long key = NoteForm.keyAt(in, at);
            if (NoteForm.kind(in, at) == NoteForm.BLOB && NoteForm.keyLength(in, key) >= prefix.length()
                    && MemorySegment.mismatch(in, key, key + prefix.length(), begin, 0, prefix.length()) < 0 && (plain || all.counts(in, at, address))) {
                each.accept(new Blob(NoteForm.key(in, at), NoteForm.size(in, at)));
            }
        };
        if (FewNames.areAll(prefix)) {
            all.few.each(address -> {
                NoteBytes bytes = all.bytes;
                visitor.object(bytes.in(address), bytes.offset(address), address);
            });
        } else {
            all.bytes.each(visitor);
        }
    }

    /** Names of what was deleted here, and is not here again. */
    public void deletions(Consumer<String> each) {
        Lying all = lying;
        all.bytes.each((in, at, address) -> {
            if (NoteForm.kind(in, at) == NoteForm.DELETION && all.counts(in, at, address)) {
                each.accept(NoteForm.key(in, at));
            }
        });
    }

    /** Of blobs that begin there, by the count in their places. */
    public Map<Long, Position> places(Collection<Long> begins) {
        Set<Long> wanted = new HashSet<>(begins);
        Map<Long, Position> places = new HashMap<>();
        Lying all = lying;
        all.bytes.each((in, at, address) -> {
            if (NoteForm.kind(in, at) == NoteForm.BLOB && wanted.contains(NoteForm.begins(in, at)) && all.counts(in, at, address)) {
                places.put(NoteForm.begins(in, at), NoteForm.place(in, at));
            }
        });
        return places;
    }

    /** All that must be remembered, in the order in which it lies. */
    void write(NoteWriter to) throws IOException {
        Lying all = lying;
        try {
            all.bytes.each((in, at, address) -> {
                try {
                    if (all.counts(in, at, address)) {
                        to.copy(in, at);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        to.end(tail);
        if (closed) {
            to.closed();
        }
    }

    /** Whether nothing is written behind that any more: another cartridge follows. */
    public boolean isClosed() {
        return closed;
    }

    public void close() {
        closed = true;
    }

    public Tail tail() {
        return tail;
    }

    /** Objects that stand behind all others, and where they end. */
    public void add(List<Noted> objects, Tail end) {
        lying.bytes.add(objects, end, lying::enter);
        tail = end;
    }

    /** Whether much of it is on the heap: it is compared with the note byte by byte, so not too often. */
    boolean isLoose() {
        NoteBytes bytes = lying.bytes;
        return bytes.added() > LOOSE + bytes.mapped() / 16;
    }

    /** Whether some of it is mapped from a note. */
    boolean isMapped() {
        return lying.bytes.mapped() > NoteForm.HEAD;
    }

    /** Has what a note says that has all of this from there; whether it has. */
    boolean extend(MemorySegment note) {
        NoteBytes same = lying.bytes.in(note);
        if (same != null) {
            lying.in(same);
        }
        return same != null;
    }

    /** Has what a note says that was written from this, and what is its, from there. */
    void adopt(Contents same) {
        if (same.tail.equals(tail) && same.closed == closed) {
            lying = same.lying;
        }
    }
}
