package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.api.identity.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client on a host of its own collects for another that runs nothing: rights, quota and trust are those of whom it belongs to. */
@ExtendWith(OnHosts.class)
class OnBehalfIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String[] BACKUP = {"backup", "--client", "app", "--name", "files", "--pool", "behalf"};

    private static Site site;
    private static Azekura server;
    private static Azekura proxy;
    private static Path mount;

    @BeforeAll
    static void begin(Site shared) throws Exception {
        site = shared;
        server = site.server();
        site.node("n1");
        site.client("web1");
        proxy = site.client("proxy").azekura();
        site.pool("behalf", "n1");
        mount = site.workspace().path("mounted");
        Tree.bulk(mount, 20, 3_000_000, 6);
        server.json(0, "save-set", "create", "files", "--client", "app", "--via", "proxy", "--include", mount.toString());
    }

    /** One after the other, for the end of it is the proxy's. */
    @Test
    void whatIsCollectedIsAnothersInEveryRespectAndStaysWhenWhoCollectedIsRevoked() throws Exception {
        JsonNode saved = server.json(0, BACKUP);
        String snapshot = saved.get("snapshot").asText();
        JsonNode job = server.json(0, "job", "show", saved.get("job").asText());
        assertEquals("app via proxy", job.get("client").asText() + " via " + job.get("via").asText());
        assertEquals(List.of(snapshot), snapshots("app"));
        assertEquals(List.of(), snapshots("proxy"));
        Path restored = restored("proxy", snapshot);
        assertEquals(List.of(), Tree.diff(mount, restored));
        onlyWhoMayHasItRestored(snapshot);
        countsForWhomItBelongsTo(saved.get("stored").asLong());
        List<String> kept = snapshots("app");
        revoked(snapshot);
        assertEquals(kept, snapshots("app"));
        assertEquals(List.of(), Tree.diff(restored, restored("web1", snapshot)));
    }

    private static List<String> snapshots(String client) {
        return server.json(0, "snapshot", "list", "--client", client).findValuesAsText("id");
    }

    private static Path restored(String client, String snapshot) {
        Path target = site.workspace().path("behalf-" + client);
        JsonNode restored = server.json(0, "restore", snapshot, "--client", client, "--to", target.toString());
        JsonNode job = server.json(0, "job", "show", restored.get("job").asText());
        assertEquals("app to " + client, job.get("from").asText() + " to " + job.get("client").asText());
        return Azekura.at(target, mount);
    }

    /** Who has collected it orders nothing: that takes the server's token. */
    private static void onlyWhoMayHasItRestored(String snapshot) throws Exception {
        String target = site.workspace().path("behalf-nobody").toString();
        String line = server.call("restore", snapshot, "--to", target).exits(1).oneErrorLine();
        assertTrue(line.contains("client app never came") && line.contains("--client"), line);
        String[] order = {"restore", snapshot, "--client", "proxy", "--to", target, "--url", site.url(), "--fingerprint", fingerprint(), "--token", "guessed"};
        line = proxy.call(order).exits(4).oneErrorLine();
        assertTrue(line.contains("token"), line);
    }

    private static String fingerprint() throws Exception {
        try (InputStream pem = Files.newInputStream(server.home.resolve("tls/console.pem"))) {
            return Identity.fingerprint((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
    }

    /** Also where who collects has the same data: he learns nothing by them, and pays for his own. */
    private static void countsForWhomItBelongsTo(long stored) {
        assertTrue(stored > 1_000_000, () -> "too little to tell: " + stored);
        assertTrue(server.json(0, BACKUP).get("stored").asLong() < stored / 4, "it was known, and sent again");
        assertTrue(site.backup("proxy", "behalf", mount).get("stored").asLong() > stored / 2, "it was not known, and not sent");
        long used = server.json(0, "client", "quota", "app").get("used").asLong();
        assertTrue(used >= stored, () -> used + " of " + stored);
        server.json(0, "client", "quota", "app", Long.toString(used + 200_000));
        Tree.bulk(mount.resolve("more"), 10, 3_000_000, 7);
        String line = server.call(BACKUP).exits(1).oneErrorLine();
        assertTrue(line.contains("azekura client quota app"), line);
        server.json(0, "client", "quota", "app", "none");
    }

    private static void revoked(String snapshot) throws Exception {
        Pipe begun = new Pipe(site.workspace().path("behalf-begun"));
        Hooks.install(proxy, "pour", "echo $$ > " + begun + "; while :; do echo row; sleep 1; done");
        server.json(0, "save-set", "create", "rows", "--client", "app", "--via", "proxy", "--dump", "pour");
        String[] pour = {"backup", "--client", "app", "--name", "rows", "--pool", "behalf"};
        Process running = server.begin(pour);
        ProcessHandle hook = ProcessHandle.of(Long.parseLong(begun.await(LIMIT))).orElseThrow();
        server.call("client", "revoke", "proxy").exits(0);
        String line = Run.await(running, LIMIT, List.of(pour)).exits(1).oneErrorLine();
        assertTrue(line.contains("client/proxy was revoked"), line);
        hook.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        line = server.call(BACKUP).exits(4).oneErrorLine();
        assertTrue(line.contains("client proxy was revoked"), line);
        line = server.call("restore", snapshot, "--client", "proxy", "--to", site.workspace().path("behalf-revoked").toString()).exits(4).oneErrorLine();
        assertTrue(line.contains("client proxy was revoked"), line);
    }
}
