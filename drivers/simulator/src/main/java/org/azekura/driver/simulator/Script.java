package org.azekura.driver.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;

/**
 * What shall go wrong, from the settings and from a file that may be written at any time. How often each line took effect is noted with the
 * library, so that a restart repeats nothing. One thread at a time.
 */
final class Script {

    static final String BARCODE = "[A-Z0-9]{2,16}";
    static final int MOST_LINES = 1000;
    private static final int MOST_BYTES = 64 << 10;

    private final List<String> settings;
    private final Path file;
    private final Shelf shelf;
    private Object seen;
    private List<Line> lines = List.of();

    Script(List<String> settings, Path file, Shelf shelf) {
        this.settings = settings;
        this.file = file;
        this.shelf = shelf;
    }

    /** @throws BackupException {@code setting.faults} */
    static List<Line> parse(List<String> texts) throws BackupException {
        List<Line> lines = new ArrayList<>();
        for (String text : texts) {
            String line = text.strip().replaceAll("\\s+", " ");
            if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(Line.parse(line));
            }
            if (lines.size() > MOST_LINES) {
                throw Line.refused(line, "there are more than " + MOST_LINES + " lines");
            }
        }
        return lines;
    }

    /** Looks whether somebody wrote something: two calls of the file system. */
    private void look() throws BackupException {
        try {
            BasicFileAttributes now = Files.exists(file) ? Files.readAttributes(file, BasicFileAttributes.class) : null;
            Object key = now == null ? "" : List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
            if (key.equals(seen)) {
                return;
            }
            List<String> all = new ArrayList<>(settings);
            if (now != null) {
                all.addAll(read(now));
            }
            lines = parse(all);
            forget();
            seen = key;
        } catch (IOException e) {
            throw Trouble.files(e, file.toString(), "read the faults");
        }
    }

    private List<String> read(BasicFileAttributes now) throws IOException, BackupException {
        if (now.size() > MOST_BYTES) {
            throw Line.refused(file.toString(), "the file has more than " + MOST_BYTES + " bytes");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    }

    /** A line that is there no more may be written again, and then takes effect again. */
    private void forget() throws BackupException {
        SortedMap<String, Integer> kept = new TreeMap<>(shelf.fired());
        if (kept.keySet().removeIf(text -> lines.stream().noneMatch(line -> line.text().equals(text)))) {
            shelf.fired(kept);
        }
    }

    private int fired(String text) {
        return shelf.fired().getOrDefault(text, 0);
    }

    private void fire(String text) throws BackupException {
        SortedMap<String, Integer> more = new TreeMap<>(shelf.fired());
        more.merge(text, 1, Integer::sum);
        shelf.fired(more);
    }

    /** What hands have to do now, each once; the same line a second time is a second time. */
    List<Act> acts() throws BackupException {
        look();
        List<Act> due = new ArrayList<>();
        SortedMap<String, Integer> met = new TreeMap<>();
        for (Line line : lines) {
            if (line instanceof Line.Hand hand && met.merge(hand.text(), 1, Integer::sum) > fired(hand.text())) {
                fire(hand.text());
                due.add(hand.act());
            }
        }
        return due;
    }

    /** What goes wrong with this call: the first line that fits and has not been used up. */
    Optional<Effect> next(Call call, long object, Optional<Barcode> cartridge, int drive) throws BackupException {
        for (Line line : lines) {
            if (line instanceof Line.Fault fault && fault.fits(call, object, cartridge, drive)) {
                if (fault.times() == Integer.MAX_VALUE) {
                    return Optional.of(fault.effect());
                }
                if (fired(fault.text()) < fault.times()) {
                    fire(fault.text());
                    return Optional.of(fault.effect());
                }
            }
        }
        return Optional.empty();
    }
}
