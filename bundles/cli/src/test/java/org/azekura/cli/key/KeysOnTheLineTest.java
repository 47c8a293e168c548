package org.azekura.cli.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.azekura.cli.text.Json;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.junit.jupiter.api.Test;

class KeysOnTheLineTest extends OnTheLine {

    private String path(String name) {
        return home.resolve(name).toString();
    }

    private void owner(String name) {
        assertEquals(0, shell.run("key", "generate", "--to", path(name), "--name", "Ann's " + name), shell.err);
    }

    @Test
    void makesAnOwnersKeyWithoutAnAppliance() throws Exception {
        appliance.stop();
        Files.delete(home.resolve("run/url"));
        shell.with("AZEKURA_PASSPHRASE", "open sesame");
        assertEquals(0, shell.run("key", "generate", "--to", path("o"), "--name", "Ann", "--sheet", path("o.pdf"), "--json"), shell.err);
        JsonNode answer = Json.read(shell.out);
        assertEquals("", shell.err);
        RecoveryFile file = RecoveryFile.parse(Files.readString(home.resolve("o")));
        RecipientKey key = file.key("open sesame".toCharArray());
        assertEquals(Recipient.of("Ann", key), Recipient.parse(Files.readString(home.resolve("o.pub"))));
        assertEquals(key.id(), answer.path("key").asText());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("o"))));
        assertTrue(Files.size(home.resolve("o.pdf")) > 1000);
        assertEquals(1, shell.run("key", "generate", "--to", path("o")), "an old key is never written over");
        assertEquals(2, shell.run("key", "generate", "--to", path("p"), "--sheet", path("p.gif")));
        assertFalse(Files.exists(home.resolve("p")) || Files.exists(home.resolve("p.pub")));
    }

    @Test
    void protectsAnExportedKeyAndBringsItBack() throws Exception {
        RecipientKey key = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("appliance", key)));
        appliance.on("POST pools/default/recovery", 200, RecoveryFile.of(new PoolName("default"), key, ring).text());
        assertEquals(0, shell.run("key", "export", "--pool", "default", "--to", path("plain.key")), shell.err);
        assertTrue(shell.err.contains("not protected"), shell.err);
        assertEquals(key, RecoveryFile.parse(Files.readString(home.resolve("plain.key"))).key(null));

        shell.with("AZEKURA_PASSPHRASE", "word");
        assertEquals(0, shell.run("key", "export", "--pool", "default", "--to", path("closed.key"), "--sheet", path("closed.png")), shell.err);
        assertEquals("", shell.err);
        assertEquals(key, RecoveryFile.parse(Files.readString(home.resolve("closed.key"))).key("word".toCharArray()));

        appliance.on("POST keys", 200, "{\"pools\":[\"default\"]}");
        assertEquals(0, shell.run("key", "import", path("closed.key")), shell.err);
        RecoveryFile sent = RecoveryFile.parse(appliance.bodies.getLast().path("recovery").asText());
        assertEquals(key, sent.key(null));
        assertEquals(ring.unlock(key).mark(), sent.mark());

        int asked = appliance.asked.size();
        shell.with("AZEKURA_PASSPHRASE", "other word");
        assertEquals(1, shell.run("key", "import", path("closed.key")));
        assertTrue(shell.errLines().size() == 1 && shell.err.contains("not the passphrase"), shell.err);
        shell.with("AZEKURA_PASSPHRASE", "");
        assertEquals(1, shell.run("key", "import", path("closed.key")));
        assertTrue(shell.err.contains("AZEKURA_PASSPHRASE"), shell.err);
        Files.writeString(home.resolve("closed.key"), "hello");
        assertEquals(1, shell.run("key", "import", path("closed.key")));
        assertEquals(1, shell.run("key", "import", path("nowhere.key")));
        assertEquals(asked, appliance.asked.size(), "nothing was asked of the appliance");
    }

    @Test
    void changesTheRingOfASealedPoolOnThisHost() throws Exception {
        owner("ann");
        owner("bob");
        RecipientKey ann = RecoveryFile.parse(Files.readString(home.resolve("ann"))).key(null);
        KeyRing ring = KeyRing.create(List.of(Recipient.of("Ann", ann)));
        String state = "{\"sealed\":true,\"number\":1,\"epoch\":1,\"recipients\":[{\"id\":\"" + ann.id() + "\",\"name\":\"Ann\",\"here\":false}],\"ring\":\""
                + Base64.getEncoder().encodeToString(ring.encoded()) + "\"}";
        appliance.on("GET pools/vault/recipients", 200, state);
        appliance.on("POST pools/vault/keyring", 200, state);
        assertEquals(0, shell.run("key", "recipient", "add", "--pool", "vault", path("bob.pub"), "--key", path("ann")), shell.err);
        KeyRing next = KeyRing.parse(Base64.getDecoder().decode(appliance.bodies.getLast().path("ring").asText()));
        next.requireAfter(ring);
        assertEquals(List.of("Ann", "Ann's bob"), next.recipients().stream().map(Recipient::name).toList());
        assertEquals(4, shell.run("key", "recipient", "add", "--pool", "vault", path("bob.pub"), "--key", path("bob")));
        assertEquals(1, shell.errLines().size());
        assertEquals(1, shell.run("key", "recipient", "remove", "--pool", "vault", ann.id(), "--key", path("ann")));
        assertTrue(shell.err.contains("the only one"), shell.err);
    }

    @Test
    void listsAndChangesRecipients() throws Exception {
        owner("bob");
        String state = "{\"sealed\":false,\"number\":3,\"epoch\":2,\"recipients\":[{\"id\":\"00112233445566aa\",\"name\":\"appliance 1\",\"here\":true}],\"ring\":\"AA==\"}";
        appliance.on("GET pools/default/recipients", 200, state);
        appliance.on("POST pools/default/recipients", 200, state);
        appliance.on("POST pools/default/recipients/00112233445566bb/remove", 200, state);
        assertEquals(0, shell.run("key", "recipient", "list", "--pool", "default"), shell.err);
        assertEquals("KEY               NAME\n00112233445566aa  appliance 1  here\nepoch 2\n", shell.out);
        assertEquals(0, shell.run("key", "recipient", "list", "--pool", "default", "--json"), shell.err);
        assertFalse(shell.out.contains("ring"), shell.out);
        assertEquals(0, shell.run("key", "recipient", "add", "--pool", "default", path("bob.pub")), shell.err);
        assertEquals("Ann's bob", Recipient.parse(appliance.bodies.getLast().path("publicKey").asText()).name());
        assertEquals(0, shell.run("key", "recipient", "remove", "--pool", "default", "00112233445566bb"), shell.err);
        appliance.on("POST pools/default/recipients", 403, FakeAppliance.problem("key.missing", "the key of pool default is not here"));
        assertEquals(4, shell.run("key", "recipient", "add", "--pool", "default", path("bob.pub")));
        assertEquals(2, shell.run("key", "recipient"));
        assertEquals(1, shell.run("key", "recipient", "add", "--pool", "default", path("bob")), "a secret key is no public one");
    }

    @Test
    void makesASealedPoolForItsOwner() throws Exception {
        owner("ann");
        appliance.on("POST pools", 201, "{\"name\":\"vault\"}");
        assertEquals(0, shell.run("pool", "create", "vault", "--driver", "disk", "--set", "path=/v", "--sealed", "--recipient", path("ann.pub")), shell.err);
        JsonNode order = appliance.bodies.getLast();
        assertTrue(order.path("sealed").asBoolean());
        assertEquals(Files.readString(home.resolve("ann.pub")), order.path("recipients").path(0).asText());
        assertEquals(2, shell.run("pool", "create", "vault", "--driver", "disk", "--set", "path=/v", "--sealed"));
    }
}
