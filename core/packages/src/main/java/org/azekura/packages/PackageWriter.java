package org.azekura.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.azekura.api.BackupException;

/**
 * Writes a package: entries first, then {@link #write}. Not safe for threads.
 */
public final class PackageWriter {

    private static final Comparator<Entry> ORDER = Comparator.comparing((Entry entry) -> !entry.name.equals(EntryName.MANIFEST)).thenComparing(Entry::name);
    private static final int PIECE = 64 << 10;
    private static final String MEND = "mend that and try again";

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String name, Source source) {}

    /** Gives an entry's bytes, the same each time. */
    @FunctionalInterface
    private interface Source {
        void read(ZipDirectory.Sink sink) throws Flaw, IOException;
    }

    /** A package with this manifest; its bundles must be added. */
    public static PackageWriter of(DriverManifest manifest) {
        PackageWriter writer = new PackageWriter();
        byte[] text = ManifestText.encode(manifest);
        writer.entries.add(new Entry(EntryName.MANIFEST, sink -> sink.take(text, text.length)));
        return writer;
    }

    /** Adds an entry that is a file's content; the file must stay until all is written. */
    public PackageWriter add(String name, Path file) {
        entries.add(new Entry(name, sink -> {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] piece = new byte[PIECE];
                for (int got = in.read(piece); got > 0; got = in.read(piece)) {
                    sink.take(piece, got);
                }
            }
        }));
        return this;
    }

    /**
     * The entries of a package that is there already, in form or not, but for its list and its signature. Gives a package of its own.
     *
     * @param from must stay until all is written
     * @throws BackupException {@code package.invalid}: no zip, or without a driver; {@code package.refused}: too much of it; {@code package.io}
     */
    public static PackageWriter again(Path from) throws BackupException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ)) {
            Region file = Region.of(channel);
            ZipDirectory directory = ZipDirectory.read(file).orElse(null);
            if (directory == null || directory.members().stream().noneMatch(member -> member.name().equals(EntryName.MANIFEST))) {
                throw DriverPackage.invalid(from, "it is no zip with the entry " + EntryName.MANIFEST);
            }
            PackageWriter writer = new PackageWriter();
            Unpacked unpacked = new Unpacked();
            for (ZipDirectory.Member member : directory.members()) {
                unpacked.add("", member);
                if (!member.isFolder() && !member.name().equals(EntryName.LIST) && !member.name().equals(EntryName.SIGNATURE)) {
                    writer.entries.add(new Entry(member.name(), sink -> unpack(from, member, sink)));
                }
            }
            return writer;
        } catch (Flaw e) {
            throw DriverPackage.refused(from, e, MEND);
        } catch (IOException e) {
            throw DriverPackage.unreadable(from, e);
        }
    }

    private static void unpack(Path from, ZipDirectory.Member member, ZipDirectory.Sink sink) throws Flaw, IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ)) {
            new ZipDirectory(Region.of(channel)).unpack(member, sink);
        }
    }

    /**
     * Writes and signs the package in place of what is there; durable, whole or not at all.
     *
     * @param key    empty for an unsigned package
     * @param anyway writes it also if it would be refused everywhere, as who tests that needs it
     * @throws BackupException {@code package.refused}: it would be, and why; {@code key.file}: so would all that this key signs; {@code package.io}
     */
    public void write(Path to, Optional<PublisherKey> key, boolean anyway) throws BackupException {
        if (key.isPresent() && !anyway) {
            key.get().requireFit();
        }
        Path fresh = to.resolveSibling("." + to.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel out = Durable.create(fresh, "rw-r--r--")) {
                write(out, key);
                out.force(true);
            }
            if (!anyway) {
                requireTaken(fresh, to);
            }
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
            Durable.sync(to.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw BackupException.device("package.io", to.toString(), "cannot write " + to + ": " + Durable.reason(to, e), e);
        } catch (Flaw e) {
            throw DriverPackage.refused(to, e, MEND);
        } finally {
            try {
                Files.deleteIfExists(fresh);
            } catch (IOException e) {
                // It lies about under a name that nobody looks for.
            }
        }
    }

    private static void requireTaken(Path fresh, Path to) throws Flaw, IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.READ)) {
            DriverPackage.read(to, Region.of(channel));
        }
    }

    /** One entry's figures. */
    private record Measure(EntryList.Line line, long crc) {}

    private void write(FileChannel out, Optional<PublisherKey> key) throws Flaw, IOException, BackupException {
        entries.sort(ORDER);
        List<Measure> measures = new ArrayList<>();
        for (Entry entry : entries) {
            measures.add(measure(entry));
        }
        byte[] list = new EntryList(measures.stream().map(Measure::line).toList()).encode();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        int count = entries.size() + 1;
        small(out, directory, EntryName.LIST, list);
        if (key.isPresent()) {
            small(out, directory, EntryName.SIGNATURE, key.get().sign(list));
            count++;
        }
        for (int i = 0; i < entries.size(); i++) {
            Measure measure = measures.get(i);
            head(out, directory, measure.line.name(), measure.line.size(), measure.crc);
            entries.get(i).source.read((piece, length) -> Durable.write(out, piece, length));
        }
        byte[] end = ZipForm.end(count, directory.size(), out.position());
        Durable.write(out, directory.toByteArray(), directory.size());
        Durable.write(out, end, end.length);
    }

    private static void small(FileChannel out, ByteArrayOutputStream directory, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        head(out, directory, name, content.length, crc.getValue());
        Durable.write(out, content, content.length);
    }

    private static void head(FileChannel out, ByteArrayOutputStream directory, String name, long size, long crc) throws IOException {
        directory.writeBytes(ZipForm.central(name, size, crc, out.position()));
        byte[] local = ZipForm.local(name, size, crc);
        Durable.write(out, local, local.length);
    }

    private static Measure measure(Entry entry) throws Flaw, IOException {
        MessageDigest sha256 = Digests.sha256();
        CRC32 crc = new CRC32();
        long[] size = new long[1];
        entry.source.read((piece, length) -> {
            sha256.update(piece, 0, length);
            crc.update(piece, 0, length);
            size[0] += length;
        });
        return new Measure(new EntryList.Line(entry.name, size[0], HexFormat.of().formatHex(sha256.digest())), crc.getValue());
    }
}
