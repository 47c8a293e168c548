package org.azekura.storagenode.cartridge.note;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Where blobs lie that are no packs: they are few, and looked through often. Packs are those in the folder {@code packs/}, and in that of a folder in
 * {@code copies/}. Read by any thread, added to by one at a time.
 */
final class FewNames {

    private static final String PACKS = "packs/";
    private static final String COPIES = "copies/";
    private static final MemorySegment PACKS_BYTES = Name.of(PACKS).in();

    private long[] addresses = new long[16];
    /** Written behind all else, and read before. */
    private volatile int count;

    /** Whether it is one of these; at a record in a note. */
    static boolean is(MemorySegment in, long at) {
        long key = NoteForm.keyAt(in, at);
        int length = NoteForm.keyLength(in, key);
        if (length > PACKS.length() && MemorySegment.mismatch(in, key, key + PACKS.length(), PACKS_BYTES, 0, PACKS.length()) < 0) {
            return false;
        }
        String text = NoteForm.key(in, at);
        return !text.startsWith(COPIES) || !text.startsWith(PACKS, text.indexOf('/', COPIES.length()) + 1);
    }

    /** Whether all that begins so are of these. */
    static boolean areAll(String prefix) {
        if (COPIES.startsWith(prefix)) {
            return false;
        }
        String rest = prefix;
        if (prefix.startsWith(COPIES)) {
            int slash = prefix.indexOf('/', COPIES.length());
            if (slash < 0) {
                return false;
            }
            rest = prefix.substring(slash + 1);
        }
        return !rest.startsWith(PACKS) && !PACKS.startsWith(rest);
    }

    void add(long address) {
        int now = count;
        if (now == addresses.length) {
            addresses = Arrays.copyOf(addresses, now * 2);
        }
        addresses[now] = address;
        count = now + 1;
    }

    void each(LongConsumer visitor) {
        int all = count;
        long[] known = addresses;
        for (int i = 0; i < all; i++) {
            visitor.accept(known[i]);
        }
    }
}
