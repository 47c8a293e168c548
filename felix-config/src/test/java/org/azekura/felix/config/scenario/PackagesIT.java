package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.felix.config.Certified;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's archive and Debian package, as they are used on a host without this checkout. */
@Timeout(300)
class PackagesIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final long MOST_BYTES = 45L << 20;

    private static Workspace forAll;
    private static List<Path> made;

    private Workspace workspace;

    @BeforeEach
    void makeFolder() throws Exception {
        workspace = new Workspace(PackagesIT.class);
    }

    @AfterEach
    void clean() {
        workspace.close();
    }

    /** What was made, in the order of its names: the archive, then the Debian package. */
    private static List<Path> packages(Workspace workspace) throws Exception {
        Path target = workspace.directory("packages");
        List<Path> files = Run.of(LIMIT, PROJECT + "/felix-config/src/main/packaging/make", PROJECT + "/azekura", PROJECT + "/felix-config/target/azekura",
                target.toString(), "client").exits(0).outLines().stream().map(Path::of).toList();
        try (Stream<Path> found = Files.list(target)) {
            assertEquals(files, found.sorted().toList());
        }
        for (Path file : files) {
            System.out.println(file.getFileName() + ": " + Files.size(file) + " bytes");
        }
        return files;
    }

    /** The same for all tests: to press them takes longer than what is done with them. */
    private static List<Path> once() throws Exception {
        if (made == null) {
            forAll = new Workspace(PackagesIT.class);
            made = packages(forAll);
        }
        return made;
    }

    @AfterAll
    static void cleanForAll() {
        if (forAll != null) {
            forAll.close();
        }
    }

    private Run script(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return Run.of(LIMIT, workspace.directory("working"), Map.of("JAVA_HOME", System.getProperty("java.home"), "AZEKURA_JAVA_OPTS", Azekura.SHORT_LIVED), command);
    }

    @Test
    void theClientsArchiveRunsWhereverItIsUnpacked() throws Exception {
        Path archive = once().getFirst();
        assertTrue(Files.size(archive) < MOST_BYTES, () -> archive + " has grown");
        Path elsewhere = workspace.directory("else where");
        Run.of(LIMIT, "tar", "-xzf", archive.toString(), "-C", elsewhere.toString()).exits(0);
        Path script = elsewhere.resolve("azekura-client-0.1.0/azekura");
        assertTrue(script(script, "--version").exits(0).out().contains("0.1.0"));
        String line = script(script, "up", "--role", "client").exits(1).oneErrorLine();
        assertTrue(line.contains("azekura join URL CODE --role client --home " + script.resolveSibling("home")), line);
        line = script(script, "up").exits(1).oneErrorLine();
        assertTrue(line.contains("has not joined a server"), line);
        line = script(script, "up", "--role", "server").exits(1).oneErrorLine();
        assertTrue(line.contains("this installation has no role server, only client"), line);
        script(script, "build").exits(2);
        assertFalse(Files.exists(script.resolveSibling("home")));

        Certified.as("tls:127.0.0.1:1/server", "client/web1").save(script.resolveSibling("home"));
        try {
            assertEquals("ready\n", script(script, "up", "--detach").exits(0).out());
        } finally {
            assertEquals("stopped\n", script(script, "down").exits(0).out());
        }
    }

    @Test
    void theDebianPackageIsInstalledAndRemovedWithoutTouchingAHome() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg is no part of this system");
        Path deb = once().getLast();
        String facts = Run.of(LIMIT, "dpkg-deb", "--info", deb.toString()).exits(0).out();
        assertTrue(facts.contains(" Package: azekura-client\n") && facts.contains("conffiles"), facts);

        Path root = dpkgRoot();
        Path identity = Files.createDirectories(root.resolve("var/lib/azekura/identity")).resolve("identity.p12");
        Run installed = dpkg(root, "--force-depends", "--install", deb.toString()).exits(0);
        assertTrue(installed.out().contains("azekura join URL CODE"), installed::toString);
        assertFalse(installed.out().contains("systemctl enable"), "a client is started by join");
        assertTrue(Files.isRegularFile(root.resolve("usr/lib/systemd/system/azekura-client.service")));
        assertFalse(Files.exists(root.resolve("usr/share/azekura/bundles/org.azekura.server.jar")));
        String line = script(root.resolve("usr/bin/azekura"), "up", "--host", "nowhere.invalid", "--role", "node").exits(1).oneErrorLine();
        assertTrue(line.contains("no role node"), line);
        assertEquals("nothing runs in /var/lib/azekura\n", script(root.resolve("usr/bin/azekura"), "down").exits(0).out());

        Files.writeString(identity, "a key");
        installed = dpkg(root, "--force-depends", "--install", deb.toString()).exits(0);
        assertFalse(installed.out().contains("azekura join"), installed::toString);
        dpkg(root, "--purge", "azekura-client").exits(0);
        assertFalse(Files.exists(root.resolve("usr/share/azekura")));
        assertFalse(Files.exists(root.resolve("etc/default/azekura")));
        assertEquals("a key", Files.readString(identity));
    }

    /** A home is what no package manager may touch; settings of the owner are theirs, too, until a purge. */
    @Test
    void upgradeRemovalAndPurgeLeaveTheHomeAsItIs() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg is no part of this system");
        Path deb = once().getLast();
        Path newer = newer(deb);
        Path root = dpkgRoot();
        dpkg(root, "--force-depends", "--install", deb.toString()).exits(0);
        Path home = root.resolve("var/lib/azekura");
        Files.createDirectories(home.resolve("catalog"));
        Files.writeString(home.resolve("catalog/catalog.db"), "all that was saved");
        Files.createSymbolicLink(home.resolve("pool"), Path.of("/mnt/pool"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        String before = listing(home);
        Path settings = root.resolve("etc/default/azekura");
        Files.writeString(settings, "AZEKURA_OPTIONS=--host 192.0.2.7\n");
        Path cache = Files.writeString(root.resolve("usr/share/azekura/lib/org.azekura.cli.aot"), "made by use");

        Run upgraded = dpkg(root, "--force-depends", "--force-confold", "--install", newer.toString()).exits(0);
        assertTrue(upgraded.out().contains("over (0.1.0)"), upgraded::toString);
        assertTrue(status(root).contains("Version: 0.2.0\n"), () -> status(root));
        assertEquals("new in this version", Files.readString(root.resolve("usr/share/azekura/news")));
        assertFalse(Files.exists(cache), "what was made of the old version goes with it");
        assertEquals("AZEKURA_OPTIONS=--host 192.0.2.7\n", Files.readString(settings));
        assertEquals(before, listing(home));

        dpkg(root, "--force-depends", "--install", deb.toString()).exits(0);
        assertFalse(Files.exists(root.resolve("usr/share/azekura/news")), "the way back");
        dpkg(root, "--remove", "azekura-client").exits(0);
        assertFalse(Files.exists(root.resolve("usr/share/azekura")));
        assertFalse(Files.exists(root.resolve("usr/lib/systemd/system/azekura-client.service")));
        assertEquals("AZEKURA_OPTIONS=--host 192.0.2.7\n", Files.readString(settings));
        assertEquals(before, listing(home));

        dpkg(root, "--force-depends", "--force-confold", "--install", newer.toString()).exits(0);
        assertEquals("AZEKURA_OPTIONS=--host 192.0.2.7\n", Files.readString(settings));
        dpkg(root, "--purge", "azekura-client").exits(0);
        assertFalse(Files.exists(settings));
        assertEquals(before, listing(home));
    }

    /** The same package, as a later version would be: of another number, and with a file more. */
    private Path newer(Path deb) throws Exception {
        Path tree = workspace.directory("newer").resolve("tree");
        Run.of(LIMIT, "dpkg-deb", "--raw-extract", deb.toString(), tree.toString()).exits(0);
        Path control = tree.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replace("Version: 0.1.0\n", "Version: 0.2.0\n"));
        Files.writeString(tree.resolve("usr/share/azekura/news"), "new in this version");
        Path made = tree.resolveSibling("azekura-client_0.2.0_all.deb");
        Run.of(LIMIT, "dpkg-deb", "--root-owner-group", "-Znone", "--build", tree.toString(), made.toString()).exits(0);
        return made;
    }

    private Path dpkgRoot() throws Exception {
        Path root = workspace.directory("root");
        for (String part : List.of("info", "updates", "triggers")) {
            Files.createDirectories(root.resolve("var/lib/dpkg").resolve(part));
        }
        Files.createFile(root.resolve("var/lib/dpkg/status"));
        return root;
    }

    private static String status(Path root) {
        try {
            return Files.readString(root.resolve("var/lib/dpkg/status"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every name with its rights, its time and what is in it. */
    private static String listing(Path folder) {
        return Run.of(LIMIT, "find", folder.toString(), "-printf", "%P %M %U:%G %T@ %l\n").exits(0).out()
                + Run.of(LIMIT, "find", folder.toString(), "-type", "f", "-exec", "sha256sum", "{}", "+").exits(0).out();
    }

    private Run dpkg(Path root, String... arguments) {
        List<String> command = new ArrayList<>(List.of("dpkg", "--root=" + root, "--log=" + root.resolve("log"), "--force-not-root",
                "--force-script-chrootless", "--force-bad-path"));
        command.addAll(List.of(arguments));
        return Run.of(LIMIT, Path.of("."), Map.of(), command);
    }

    @Test
    void theSameBuildGivesTheSamePackages() throws Exception {
        Path first = once().getFirst().getParent();
        for (Path file : packages(workspace)) {
            assertEquals(-1, Files.mismatch(file, first.resolve(file.getFileName())), file::toString);
        }
    }

    /** Every unit is one that systemd takes; the program itself is not installed where this runs. */
    @Test
    void systemdUnderstandsTheUnits() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd is no part of this system");
        Path units = workspace.directory("units");
        List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify"));
        try (Stream<Path> files = Files.list(Path.of("src/main/systemd"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path unit = units.resolve(file.getFileName());
                Files.writeString(unit, Files.readString(file).replace("/usr/bin/azekura", "/bin/true"));
                command.add(unit.toString());
            }
        }
        assertEquals(6, command.size());
        assertEquals("", Run.of(LIMIT, Path.of("."), Map.of(), command).exits(0).err());
    }
}
