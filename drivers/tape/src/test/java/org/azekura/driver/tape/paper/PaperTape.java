package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.driver.tape.scsi.Outcome;

/** What lies on the cartridge, and what the commands of SSC-3 do with it. */
final class PaperTape {

    /** @param block null for a filemark; key null for a plain block */
    private record Item(byte[] block, byte[] key) {}

    private final List<Item> items = new ArrayList<>();
    private final long capacity;
    private final long early;
    private final boolean writeOnce;
    private long programmed;
    private int at;
    private int onTape;
    private byte[] key;
    private final PaperProtection protection;

    PaperTape(long capacity, long early, boolean writeOnce, PaperProtection protection) {
        this.protection = protection;
        this.capacity = capacity;
        this.early = early;
        this.writeOnce = writeOnce;
    }

    int at() {
        return at;
    }

    int onTape() {
        return Math.min(at, onTape);
    }

    int buffered() {
        return at - onTape();
    }

    long filemarks() {
        return items.subList(0, at).stream().filter(item -> item.block() == null).count();
    }

    /** The last object on each wrap that has data, in wraps of so many bytes. */
    List<Long> wraps(long bytes) {
        List<Long> last = new ArrayList<>();
        long used = 0;
        for (int i = 0; i < items.size(); i++) {
            used += size(items.get(i));
            while (last.size() * bytes < used) {
                last.add(0L);
            }
            last.set((int) ((used - 1) / bytes), (long) i);
        }
        return last;
    }

    private static long size(Item item) {
        return item.block() == null ? 64 : item.block().length;
    }

    void programmed(long bytes) {
        programmed = bytes;
    }

    void key(byte[] now) {
        key = now;
    }

    void rewind() {
        at = 0;
        onTape = items.size();
    }

    private long used() {
        return items.subList(0, at).stream().mapToLong(PaperTape::size).sum();
    }

    private Outcome.Answered room() {
        long left = capacity - used();
        return left < early ? Said.sense(0, 0, 2, Said.END, 0) : left < early + programmed ? Said.sense(0, 0, 7) : Said.good(0);
    }

    private Outcome.Answered add(Item item, long bytes, long count) {
        if (writeOnce && at < items.size()) {
            return Said.sense(7, 0x30, 0x0c);
        }
        if (used() + bytes > capacity) {
            return Said.sense(0xd, 0, 2, Said.END, count);
        }
        items.subList(at, items.size()).clear();
        onTape = Math.min(onTape, at);
        items.add(item);
        at++;
        return room();
    }

    Outcome.Answered write(ByteBuffer data) {
        ByteBuffer came = protection.received(data);
        if (came == null) {
            return Said.sense(4, 0x10, 1);
        }
        byte[] block = new byte[came.remaining()];
        came.get(block);
        return add(new Item(block, key), block.length, block.length);
    }

    Outcome.Answered filemarks(int count, boolean immediate) {
        Outcome.Answered said = room();
        for (int i = 0; i < count; i++) {
            said = add(new Item(null, null), 64, count - i);
            if (said.status() == 2 && (said.sense()[2] & 0xf) > 1) {
                return said;
            }
        }
        onTape = immediate ? onTape : at;
        return said;
    }

    Outcome.Answered read(int asked, ByteBuffer into) {
        onTape = items.size();
        if (at == items.size()) {
            return Said.sense(8, 0, 5, 0, asked);
        }
        Item item = items.get(at);
        if (item.block() == null) {
            at++;
            return Said.sense(0, 0, 1, Said.FILEMARK, asked);
        }
        if (item.key() != null && !Arrays.equals(item.key(), key)) {
            // Behind it, as some drives do.
            at++;
            return Said.sense(7, 0x74, 2);
        }
        at++;
        byte[] block = protection.sent(item.block());
        into.put(block, 0, Math.min(asked, block.length));
        return asked == block.length ? Said.good(0) : Said.sense(0, 0, 0, Said.LENGTH, (long) asked - block.length);
    }

    Outcome.Answered locate(long object) {
        onTape = items.size();
        at = (int) Math.min(object, items.size());
        return object > items.size() ? Said.sense(8, 0, 5) : Said.good(0);
    }

    Outcome.Answered space(int code, int count) {
        onTape = items.size();
        if (code == 3) {
            at = items.size();
            return Said.good(0);
        }
        int left = Math.abs(count);
        int step = Integer.signum(count);
        while (left > 0) {
            if (step > 0 && at == items.size()) {
                return Said.sense(8, 0, 5, 0, left);
            }
            if (step < 0 && at == 0) {
                return Said.sense(0, 0, 4, Said.END, left);
            }
            boolean mark = items.get(step > 0 ? at : at - 1).block() == null;
            at += step;
            if (code == 0 && mark) {
                return Said.sense(0, 0, 1, Said.FILEMARK, left);
            }
            left -= code == 0 || mark ? 1 : 0;
        }
        return Said.good(0);
    }

    Outcome.Answered erase() {
        items.subList(at, items.size()).clear();
        return Said.good(0);
    }
}
