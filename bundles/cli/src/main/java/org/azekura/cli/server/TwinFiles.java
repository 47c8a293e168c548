package org.azekura.cli.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.cli.text.CommandFailure;
import org.azekura.engine.seal.PassphraseFile;

/** The files of a home by which hosts, media and users know a server: what a second one on the same catalog needs to take its place. */
record TwinFiles(SortedMap<String, byte[]> byPath) {

    private static final PassphraseFile FORM = new PassphraseFile("azekura-twin 1");
    /** Certificate authority, signer of labels, seal of secrets in the catalog, keys of pools, where the catalog is, and the directories of snapshots. */
    private static final Pattern TAKEN = Pattern.compile("ca/ca\\.p12|server/signing-key|access\\.key|keys/(?:_id/|_tape/)?[A-Za-z0-9][A-Za-z0-9._-]*|etc/(?:catalog|trees)\\.(?:json|password)");
    private static final List<String> NEEDED = List.of("ca/ca.p12", "server/signing-key", "access.key", "etc/catalog.json");
    private static final long LARGEST = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws CommandFailure if the home is not one of a server whose catalog others can have, too */
    static TwinFiles of(Path home) throws IOException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        for (String folder : List.of("ca", "server", "keys", "etc", "")) {
            if (!Files.isDirectory(home.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(home.resolve(folder), folder.isEmpty() ? 1 : 2)) {
                for (Path file : (Iterable<Path>) files.filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))::iterator) {
                    String path = home.relativize(file).toString();
                    if (TAKEN.matcher(path).matches()) {
                        found.put(path, Files.readAllBytes(file));
                    }
                }
            }
        }
        for (String needed : NEEDED) {
            if (!found.containsKey(needed)) {
                throw CommandFailure.failed(needed.startsWith("etc/") ? "home " + home + " has no etc/catalog.json: only a catalog on PostgreSQL can be shared by two servers; move it"
                        + " there first" : "home " + home + " has no " + needed + ": start the server once, and say this on its own machine");
            }
        }
        return new TwinFiles(found);
    }

    byte[] closed(char[] passphrase) throws IOException {
        ObjectNode content = JSON.createObjectNode();
        byPath.forEach(content::put);
        return FORM.close(JSON.writeValueAsBytes(content), passphrase);
    }

    static TwinFiles open(byte[] file, char[] passphrase) throws BackupException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> each : JSON.readTree(FORM.open(file, passphrase)).properties()) {
                if (!TAKEN.matcher(each.getKey()).matches()) {
                    throw CommandFailure.failed("\"" + each.getKey() + "\" in it is no file that a second server gets; nothing was done");
                }
                found.put(each.getKey(), each.getValue().binaryValue());
            }
        } catch (JsonProcessingException e) {
            throw CommandFailure.failed("its content can't be read: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw CommandFailure.failed("its content can't be read: " + e.getMessage());
        }
        return new TwinFiles(found);
    }

    /** Makes a home of them, which must not be one yet; what is there of it when this fails is taken for no home. */
    void place(Path home) throws IOException {
        if (Files.exists(home.resolve("ca")) || Files.exists(home.resolve("server")) || Files.exists(home.resolve("keys")) || Files.exists(home.resolve("catalog"))) {
            throw CommandFailure.failed("home " + home + " is one of a server already, and has keys of its own; choose a new one");
        }
        for (Map.Entry<String, byte[]> each : byPath.entrySet()) {
            Path file = home.resolve(each.getKey());
            if (Files.exists(file)) {
                continue; // what the operator has put into etc stands
            }
            Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            write(file, each.getValue());
        }
        write(home.resolve("lock"), new byte[0]); // by this "up" takes the folder for a home
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Whether the catalog is said to be on the very machine that the server is on. */
    boolean isCatalogHere() throws IOException {
        for (JsonNode store : JSON.readTree(byPath.get("etc/catalog.json"))) {
            if (List.of("", "localhost", "127.0.0.1", "::1").contains(store.path("host").asText())) {
                return true;
            }
        }
        return false;
    }

    /** Whether servers keep the directories of snapshots on a device, whose driver runs where a node is. */
    boolean hasTrees() {
        return byPath.containsKey("etc/trees.json");
    }

    static byte[] read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw CommandFailure.failed(file + " is larger than any file for a second server");
        }
        return Files.readAllBytes(file);
    }
}
