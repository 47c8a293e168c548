package org.azekura.driver.serialchanger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;

/** Where cartridges are, as far as it was written down; the grammar of the notes is in the package's description. Guarded by its user. */
final class Stock {

    static final String HEAD = "azekura serial changer notes 1";
    private static final int MOST_BYTES = 1 << 20;

    private final Profile profile;
    private final Path file;
    private final TreeMap<ElementAddress, Element.Content> contents;

    private Stock(Profile profile, Path file, TreeMap<ElementAddress, Element.Content> contents) {
        this.profile = profile;
        this.file = file;
        this.contents = contents;
    }

    /**
     * @param first what is where if there are no notes yet; null: nobody knows
     * @throws BackupException {@code device.state} if the notes can't be read, or are not such
     */
    static Stock open(Profile profile, Path file, Map<ElementAddress, Element.Content> first) throws BackupException {
        TreeMap<ElementAddress, Element.Content> contents = new TreeMap<>();
        for (Profile.Group group : profile.groups()) {
            for (int address = group.range().first(); address <= group.range().last(); address++) {
                contents.put(new ElementAddress(address), first == null ? new Element.Unknown() : new Element.Empty());
            }
        }
        try {
            if (Files.exists(file)) {
                if (Files.size(file) > MOST_BYTES) {
                    throw wrong(file.toString(), 1, "at most " + MOST_BYTES + " bytes");
                }
                read(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString(), contents);
            } else if (first != null) {
                contents.putAll(first);
            }
        } catch (IOException e) {
            throw BackupException.device("device.state", file.toString(), "notes " + file + " can't be read: " + e.getMessage(), e);
        }
        return new Stock(profile, file, contents);
    }

    /**
     * Puts what the notes say in place of what is there; elements that the profile has no more are left out.
     *
     * @throws BackupException {@code device.state}
     */
    static void read(String text, String from, TreeMap<ElementAddress, Element.Content> contents) throws BackupException {
        Set<ElementAddress> seen = new HashSet<>();
        Set<Barcode> barcodes = new HashSet<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (++number == 1) {
                if (!line.equals(HEAD)) {
                    throw wrong(from, number, "\"" + HEAD + "\"");
                }
                continue;
            }
            String[] words = line.split(" ", 3);
            try {
                ElementAddress address = new ElementAddress(Integer.parseInt(words[0]));
                Element.Content content = content(words);
                if (!seen.add(address) || content instanceof Element.Named named && !barcodes.add(named.barcode())) {
                    throw wrong(from, number, "each address and each barcode once");
                }
                contents.computeIfPresent(address, (at, before) -> content);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw wrong(from, number, "a line like \"10 barcode A00001L8\", \"11 unnamed\", \"12 empty\" or \"13 unknown\"");
            }
        }
        if (number == 0) {
            throw wrong(from, 1, "\"" + HEAD + "\"");
        }
    }

    private static Element.Content content(String[] words) {
        if (words.length == 3 && words[1].equals("barcode")) {
            return new Element.Named(new Barcode(words[2]));
        }
        if (words.length != 2) {
            throw new IllegalArgumentException();
        }
        return switch (words[1]) {
            case "empty" -> new Element.Empty();
            case "unknown" -> new Element.Unknown();
            case "unnamed" -> new Element.Unnamed();
            default -> throw new IllegalArgumentException(words[1]);
        };
    }

    private static BackupException wrong(String from, int line, String expected) {
        return BackupException.device("device.state", from, "notes " + from + ", line " + line + ": expected " + expected
                + "; mend the file, or delete it and say anew where cartridges are", null);
    }

    Map<ElementAddress, Element.Content> contents() {
        return contents;
    }

    Element.Content at(ElementAddress address) {
        return contents.get(address);
    }

    /** Notes both, durably. */
    void put(ElementAddress one, Element.Content content, ElementAddress other, Element.Content otherContent) throws BackupException {
        contents.put(one, content);
        contents.put(other, otherContent);
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        contents.forEach((address, is) -> text.append(address).append(' ').append(switch (is) {
            case Element.Named named -> "barcode " + named.barcode();
            case Element.Unnamed unnamed -> "unnamed";
            case Element.Empty empty -> "empty";
            case Element.Unknown unknown -> "unknown";
        }).append('\n'));
        Path made = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel out = FileChannel.open(made, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw BackupException.device("device.state", file.toString(), "notes " + file + " can't be written: " + e.getMessage(), e);
        }
    }

    /** Whether of a stack only another is reached: something may lie on it, or there is a gap below. */
    boolean isBuried(ElementAddress address, boolean toPut) {
        Profile.Group group = profile.group(address).orElseThrow();
        if (!group.stack()) {
            return false;
        }
        boolean above = contents.subMap(address, false, new ElementAddress(group.range().last()), true).values().stream().anyMatch(Stock::holds);
        boolean gap = toPut && contents.subMap(new ElementAddress(group.range().first()), true, address, false).values().stream()
                .anyMatch(Element.Empty.class::isInstance);
        return above || gap;
    }

    private static boolean holds(Element.Content content) {
        return content instanceof Element.Named || content instanceof Element.Unnamed;
    }
}
