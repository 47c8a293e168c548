package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pool that its owner alone can read: filled without his key, read with it, and closed to a key that was revoked. */
@ExtendWith(Shared.class)
class KeysIT {

    @Test
    void aSealedPoolIsReadWithItsOwnersKeyOnly(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(KeysIT.class)) {
            Path source = Files.createDirectory(workspace.path("secret-folder"));
            Path file = source.resolve("letter");
            Files.writeString(file, "dear diary");
            String owner = workspace.path("owner.key").toString();
            String other = workspace.path("other.key").toString();
            Path pool = workspace.path("vault");
            for (String key : new String[] {owner, other}) {
                azekura.call("key", "generate", "--to", key).exits(0);
            }
            azekura.call("pool", "create", "vault", "--driver", "disk", "--set", "path=" + pool, "--sealed", "--recipient", owner + ".pub").exits(0);
            String first = azekura.backup(source, "--pool", "vault", "--name", "sealed");
            Files.writeString(file, "dear diary, more");
            String second = azekura.backup(source, "--pool", "vault", "--name", "sealed");
            assertEquals(first, azekura.json(0, "snapshot", "show", second).get("parent").asText());
            azekura.call("verify", "--pool", "vault").exits(0);
            assertTrue(azekura.json(0, "snapshot", "show", second).get("sealed").asBoolean());
            azekura.call("snapshot", "ls", second).exits(4);
            assertTrue(azekura.call("verify", "--pool", "vault", "--depth", "content").exits(4).err().contains("key import"));
            assertTrue(azekura.call("restore", second, "--to", workspace.path("no").toString()).exits(4).err().contains("key import"));
            assertTrue(azekura.call("status").exits(0).outLines().stream().noneMatch(line -> line.contains("pool vault")));
            for (Path manifest : Azekura.files(pool.resolve("snapshots")).keySet().stream().map(pool.resolve("snapshots")::resolve).toList()) {
                assertTrue(!new String(Files.readAllBytes(manifest), StandardCharsets.ISO_8859_1).contains("secret-folder"), manifest::toString);
            }

            azekura.call("key", "import", other).exits(4);
            azekura.call("key", "import", owner).exits(0);
            assertEquals(source.toString(), azekura.json(0, "snapshot", "show", second).get("roots").get(0).asText());
            assertEquals("dear diary, more", Files.readString(azekura.restore(second, file, workspace.path("restored"))));

            azekura.call("key", "seal", "--pool", "vault").exits(0);
            azekura.call("snapshot", "ls", second).exits(4);
            azekura.call("key", "recipient", "add", "--pool", "vault", other + ".pub", "--key", owner).exits(0);
            JsonNode state = azekura.json(0, "key", "recipient", "list", "--pool", "vault");
            azekura.call("key", "recipient", "remove", "--pool", "vault", state.get("recipients").get(0).get("id").asText(), "--key", other).exits(0);
            assertTrue(Files.exists(pool.resolve("keyring-3")));
            azekura.call("key", "import", owner).exits(4);
            Files.writeString(file, "dear diary, even more");
            String third = azekura.backup(source, "--pool", "vault", "--name", "sealed");
            azekura.call("key", "import", other).exits(0);
            assertEquals("dear diary, even more", Files.readString(azekura.restore(third, file, workspace.path("new"))));
            assertEquals("dear diary", Files.readString(azekura.restore(first, file, workspace.path("old"))));

            azekura.call("key", "seal", "--pool", "vault").exits(0);
            for (Path pack : Azekura.files(pool.resolve("packs")).keySet().stream().map(pool.resolve("packs")::resolve).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                bytes[bytes.length / 2] ^= 1;
                Files.write(pack, bytes);
            }
            JsonNode damaged = azekura.json(1, "verify", "--pool", "vault").get("damaged");
            assertEquals(Set.of(first, second, third), Set.copyOf(StreamSupport.stream(damaged.spliterator(), false)
                    .flatMap(pack -> StreamSupport.stream(pack.get("snapshots").spliterator(), false)).map(JsonNode::asText).toList()));
            assertTrue(damaged.findValues("files").stream().allMatch(JsonNode::isEmpty), damaged::toString);
        }
    }
}
