package org.azekura.storagenode.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.azekura.api.device.Traffic;
import org.azekura.storagenode.cartridge.note.NoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one device carried, as a file of lines keeps it: the ledger's number, which a file that begins anew has another of, and then for each month
 * {@code 2026-11 BYTES_IN BYTES_OUT WRITES READS FREE}. One thread at a time.
 */
final class UsePage {

    /** What is older was told long ago. */
    private static final int MONTHS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(UsePage.class);

    private final Path file;
    private final String ledger;
    private final TreeMap<YearMonth, Traffic> months = new TreeMap<>();
    private boolean changed;

    private UsePage(Path file, String ledger) {
        this.file = file;
        this.ledger = ledger;
    }

    /** One that can't be read is begun anew. */
    static UsePage open(Path file) {
        if (Files.exists(file)) {
            try {
                return read(file);
            } catch (IOException | DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
                LOG.warn("what a device carried can't be read from {} and is counted anew: {}", file, e.toString());
            }
        }
        return new UsePage(file, UUID.randomUUID().toString());
    }

    private static UsePage read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, US_ASCII);
        UsePage page = new UsePage(file, UUID.fromString(lines.getFirst()).toString());
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ");
            page.months.put(YearMonth.parse(words[0]), new Traffic(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]),
                    Long.parseLong(words[5])));
        }
        return page;
    }

    String ledger() {
        return ledger;
    }

    SortedMap<YearMonth, Traffic> months() {
        return months;
    }

    /** @param month that it is: later ones are of a clock that was wrong, and make way first */
    void add(YearMonth month, Traffic more) {
        if (!more.equals(Traffic.NONE) || !months.containsKey(month)) {
            months.merge(month, more, Traffic::plus);
            while (months.size() > MONTHS) {
                months.remove(months.lastKey().isAfter(month) ? months.lastKey() : months.firstKey());
            }
            changed = true;
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} can't be deleted and is to be deleted by hand: {}", file, e.toString());
        }
    }

    /** Durable at return. */
    void keep() throws IOException {
        if (changed) {
            StringBuilder lines = new StringBuilder(ledger).append('\n');
            months.forEach((month, t) -> lines.append(month).append(' ').append(t.bytesIn()).append(' ').append(t.bytesOut()).append(' ').append(t.writes()).append(' ')
                    .append(t.reads()).append(' ').append(t.free()).append('\n'));
            Files.createDirectories(file.getParent());
            NoteFile.replace(file, lines.toString().getBytes(US_ASCII));
            changed = false;
        }
    }
}
