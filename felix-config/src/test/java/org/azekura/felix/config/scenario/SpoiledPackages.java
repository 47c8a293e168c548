package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.PackageVersion;
import org.azekura.packages.PackageWriter;
import org.azekura.packages.PublisherKey;
import org.azekura.packages.SpiNeed;

/** Packages of a driver that does nothing, whole and spoiled in each way that there is. */
final class SpoiledPackages {

    private static final String EVIL = "bundles/../../../evil";
    private static final int DIRECTORY_OFFSET = 16;
    private static final int END_BYTES = 22;

    private final Path folder;
    private final PublisherKey key;
    private final PublisherKey foreign;
    private final PublisherKey late;
    private final PublisherKey early;
    private int number;

    SpoiledPackages(Path folder) throws Exception {
        this.folder = folder;
        Instant now = Instant.now();
        Duration day = Duration.ofDays(1);
        key = PublisherKey.make(folder.resolve("publisher"), "Spoiled Drivers", day.multipliedBy(30), now.minus(day.multipliedBy(9)));
        foreign = PublisherKey.make(folder.resolve("foreign"), "Somebody Else", day, now);
        late = key.certify(folder.resolve("late"), "Too Late", day, now.minus(day.multipliedBy(5)));
        early = key.certify(folder.resolve("early"), "Too Early", day.multipliedBy(2), now.plus(day));
    }

    /** Of the publisher who signs all but the foreign one. */
    Path certificate() {
        return PublisherKey.certificateFile(folder.resolve("publisher"));
    }

    /** What is spoiled, and a few words of what is said of it. */
    record Spoiled(Path file, int exit, String said) {}

    /** Each way to spoil a package of this driver. @param other a driver that is there */
    List<Spoiled> all(String name, String version, String other) throws Exception {
        Path whole = whole(name, version);
        byte[] bytes = Files.readAllBytes(whole);
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        return List.of(
                refused(write(changed), "it was tampered with: "),
                refused(write(Arrays.copyOf(bytes, bytes.length / 2)), "it is truncated"),
                refused(write(longer), "it is truncated or damaged"),
                refused(unsigned(name, version), "it is unsigned"),
                refused(signed(late, name, version, bundle(name)), "\"Too Late\", by which it is signed, expired at "),
                refused(signed(early, name, version, bundle(name)), "is not valid before "),
                refused(signed(foreign, name, version, bundle(name)), "it is signed by \"Somebody Else\""),
                refused(made(manifest(name, version, "9.0.0"), key, bundle(name), Map.of()), "it is made for another SPI version: it needs org.azekura.api.device [9.0.0,10.0.0)"),
                refused(made(manifest(name, version, "0.1.0"), key, bundle(name), Map.of(EVIL, new byte[1])), "\"" + EVIL + "\" leads out of the package"),
                refused(signed(key, name, version, bundle(name, "../../evil", new byte[1])), "leads out of it"),
                refused(zipped(whole, "bomb", new byte[100 << 20]), "it is a zip bomb: "),
                refused(signed(key, name, version, bundle(name, "bomb", new byte[100 << 20])), "it is a zip bomb: "),
                refused(made(manifest(name, version, "0.1.0"), key, bundle(name), Map.of("Bundles/" + name + ".jar", new byte[1])), "is there twice"),
                refused(made(manifest(name, version, "0.1.0"), key, bundle(name), Map.of("bundles/more.jar", new byte[1])), "its manifest does not name bundles/more.jar"),
                refused(write(appended(bytes, "unlisted", new byte[3])), "it has an entry that is not in its list of entries"),
                refused(zipped(whole, "more", new byte[3]), "is compressed, which another zip program has done"),
                refused(signed(key, name, version, bundle(other)), "its bundle is called org.azekura.driver." + other),
                refused(signed(key, name, version, new byte[100]), "is no jar"),
                none(write(new byte[0]), "it is empty"),
                none(write("#!/bin/sh\nexit 0\n".getBytes(US_ASCII)), "it is no zip with a driver in it"),
                none(write(bundle(name)), "it is no zip with a driver in it"),
                none(folder, "it is a folder"),
                none(folder.resolve("missing.azd"), "there is no such file"));
    }

    private static Spoiled refused(Path file, String said) {
        return new Spoiled(file, 4, said);
    }

    private static Spoiled none(Path file, String said) {
        return new Spoiled(file, 2, said);
    }

    /** One that is let in. */
    Path whole(String name, String version) throws Exception {
        return signed(key, name, version, bundle(name));
    }

    Path unsigned(String name, String version) throws Exception {
        return made(manifest(name, version, "0.1.0"), null, bundle(name), Map.of());
    }

    private Path signed(PublisherKey by, String name, String version, byte[] bundle) throws Exception {
        return made(manifest(name, version, "0.1.0"), by, bundle, Map.of());
    }

    private static DriverManifest manifest(String name, String version, String needs) {
        PackageVersion least = PackageVersion.parse(needs);
        return new DriverManifest(name, PackageVersion.parse(version), DriverManifest.Kind.DEVICE, "Spoiled Drivers", "Apache-2.0",
                List.of(new SpiNeed("org.azekura.api.device", least, new PackageVersion(least.major() + 1, 0, 0))), List.of("bundles/" + name + ".jar"), List.of(), List.of());
    }

    private Path made(DriverManifest manifest, PublisherKey by, byte[] bundle, Map<String, byte[]> more) throws Exception {
        PackageWriter writer = PackageWriter.of(manifest).add(manifest.bundles().getFirst(), write(bundle));
        for (var entry : more.entrySet()) {
            writer.add(entry.getKey(), write(entry.getValue()));
        }
        Path file = next();
        writer.write(file, Optional.ofNullable(by), true);
        return file;
    }

    private Path next() {
        return folder.resolve(++number + ".azd");
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(next(), content);
    }

    private static byte[] bundle(String name) throws IOException {
        return bundle(name, "empty", new byte[0]);
    }

    private static byte[] bundle(String name, String entry, byte[] content) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(jar)) {
            put(out, "META-INF/MANIFEST.MF", ("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: org.azekura.driver." + name
                    + "\nBundle-Version: 77.0.0\n").getBytes(UTF_8));
            put(out, entry, content);
        }
        return jar.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
    }

    /** As another zip program adds an entry to a package: it writes all of them anew. */
    private Path zipped(Path whole, String name, byte[] content) throws IOException {
        Path file = next();
        try (ZipFile in = new ZipFile(whole.toFile()); ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : (Iterable<ZipEntry>) in.stream().map(one -> (ZipEntry) one)::iterator) {
                put(out, entry.getName(), in.getInputStream(entry).readAllBytes());
            }
            put(out, name, content);
        }
        return file;
    }

    /** As a program that knows the form of packages adds an entry: in the place of the directory, which moves behind it. */
    private static byte[] appended(byte[] whole, String name, byte[] content) {
        ByteBuffer end = ByteBuffer.wrap(whole, whole.length - END_BYTES, END_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
        int directory = end.getInt(DIRECTORY_OFFSET);
        CRC32 crc = new CRC32();
        crc.update(content);
        byte[] common = ByteBuffer.allocate(26 + name.length()).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 10).putInt(0).putInt(0x0021_0000).putInt((int) crc.getValue())
                .putInt(content.length).putInt(content.length).putShort((short) name.length()).putShort((short) 0).array();
        ByteBuffer out = ByteBuffer.allocate(whole.length + 100 + 2 * name.length() + content.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(whole, 0, directory).putInt(0x04034b50).put(common, 0, 26).put(name.getBytes(US_ASCII)).put(content);
        int now = out.position();
        out.put(whole, directory, whole.length - directory - END_BYTES).putInt(0x02014b50).putShort((short) 10).put(common, 0, 26).putShort((short) 0).putInt(0).putInt(0)
                .putInt(directory).put(name.getBytes(US_ASCII));
        int length = out.position() - now;
        short entries = (short) (end.getShort(8) + 1);
        out.putInt(0x06054b50).putInt(0).putShort(entries).putShort(entries).putInt(length).putInt(now).putShort((short) 0);
        return Arrays.copyOf(out.array(), out.position());
    }
}
