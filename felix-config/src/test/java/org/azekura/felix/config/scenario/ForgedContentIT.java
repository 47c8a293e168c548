package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.pack.PackSource;
import org.azekura.engine.pack.PackWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A chunk that is not what its id says, in a pack of which every checksum is right: who writes packs, a node say, can make one. */
@ExtendWith(Shared.class)
class ForgedContentIT {

    @Test
    void onlyADepthOfContentFindsItAndTheNextBackupHealsIt(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(ForgedContentIT.class)) {
            Path source = workspace.path("source");
            Tree.bulk(source, 200, 20_000_000, 19);
            Path pool = workspace.path("pool");
            azekura.call("pool", "create", "forged", "--driver", "disk", "--set", "path=" + pool).exits(0);
            String before = azekura.backup(source, "--pool", "forged");
            Path pack = pool.resolve(Azekura.files(pool.resolve("packs")).entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .map(entry -> "packs/" + entry.getKey()).orElseThrow());
            forge(pack, workspace.path("forged pack"));

            assertEquals(0, azekura.json(0, "verify", "--pool", "forged").get("damaged").size(), "no checksum is wrong");
            JsonNode damaged = azekura.json(1, "verify", "--pool", "forged", "--depth", "content").get("damaged");
            assertEquals(1, damaged.size(), damaged::toString);
            assertEquals(pack.getFileName().toString(), damaged.get(0).get("pack").asText());
            Set<String> files = new TreeSet<>();
            damaged.get(0).get("files").forEach(file -> files.add(Names.percent(file.asText()).replace(before + ":" + source + "/", "")));
            // A segment has about 1 MiB, at most 4: where it ends depends on the pool's secret.
            assertTrue(!files.isEmpty() && files.size() < 120, files::toString);

            Path target = workspace.path("target");
            Set<String> named = Names.problems(azekura.json(3, "restore", before, "--to", target.toString()).get("notRestored"), source);
            assertEquals(files, named);
            assertEquals(named, Names.differing(Tree.diff(source, Azekura.at(target, source))));

            String after = azekura.backup(source, "--pool", "forged");
            assertEquals(List.of(), Tree.diff(source, azekura.restore(after, source, workspace.path("after"))));
            assertEquals(List.of(), Tree.diff(source, azekura.restore(before, source, workspace.path("healed"))));
        }
    }

    /** The same pack, in which a bit of one chunk in the middle is another and all checksums say that this is right. */
    private static void forge(Path pack, Path draft) throws Exception {
        byte[] whole = Files.readAllBytes(pack);
        PackReader reader = new PackReader(new InMemory(ByteBuffer.wrap(whole)));
        PackIndex index = reader.index();
        try (FileChannel to = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            PackWriter writer = new PackWriter(index.pack(), index.kind(), index.group(), index.sessions(), bytes -> write(to, bytes));
            for (int i = 0; i < index.entries().size(); i++) {
                IndexEntry entry = index.entries().get(i);
                ByteBuffer frame = reader.frame(entry.offset(), entry.length());
                if (i == index.entries().size() / 2) {
                    int last = frame.limit() - 1;
                    frame.put(last, (byte) (frame.get(last) ^ 1));
                    Frame.stamp(frame);
                }
                writer.append(frame);
            }
            writer.finish();
        }
        assertEquals(whole.length, Files.size(draft));
        Files.write(pack, Files.readAllBytes(draft));
    }

    private static void write(FileChannel to, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record InMemory(ByteBuffer bytes) implements PackSource {

        @Override
        public long size() {
            return bytes.capacity();
        }

        @Override
        public int read(long offset, ByteBuffer into) {
            int length = (int) Math.min(into.remaining(), bytes.capacity() - offset);
            into.put(bytes.slice((int) offset, length));
            return length;
        }
    }
}
