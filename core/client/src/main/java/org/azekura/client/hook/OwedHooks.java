package org.azekura.client.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.HookName;
import org.azekura.api.JobId;

/** Remembers on disk which hooks have to be called yet, in the form that the package tells. */
final class OwedHooks {

    private static final String POST = "post";
    private static final Pattern FACT = Pattern.compile("AZEKURA_[A-Z_]+");

    private final Path folder;

    /** A hook that was owed when its client went away. */
    record Owed(Path file, HookName post, Map<String, String> environment) {}

    OwedHooks(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Durable at return. */
    void owe(HookName post, HookFacts facts) throws BackupException {
        Properties text = new Properties();
        text.putAll(facts.environment());
        text.setProperty(POST, post.value());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path file = file(facts.job());
        try {
            text.store(bytes, null);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                channel.write(ByteBuffer.wrap(bytes.toByteArray()));
                channel.force(true);
            }
        } catch (IOException e) {
            throw BackupException.device("client.home", file.toString(), "hook " + post + " is not begun: that it is owed cannot be kept in " + file + ": " + e, e);
        }
    }

    void settle(JobId job) throws IOException {
        Files.deleteIfExists(file(job));
    }

    private Path file(JobId job) {
        return folder.resolve(job.toString());
    }

    /** What an earlier run of this client left; files that make no sense are removed. */
    List<Owed> left() throws IOException {
        List<Owed> left = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Owed owed = read(file);
                if (owed == null) {
                    Files.delete(file);
                } else {
                    left.add(owed);
                }
            }
        }
        return left;
    }

    private static Owed read(Path file) throws IOException {
        Properties text = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            text.load(in);
            HookName post = new HookName(text.getProperty(POST));
            Map<String, String> environment = new TreeMap<>();
            for (String key : text.stringPropertyNames()) {
                if (FACT.matcher(key).matches() && text.getProperty(key).indexOf('\0') < 0) {
                    environment.put(key, text.getProperty(key));
                }
            }
            return new Owed(file, post, environment);
        } catch (IllegalArgumentException e) {
            return null; // half written: its job had not begun
        }
    }
}
