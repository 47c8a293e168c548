package org.azekura.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.DriverPackage;
import org.azekura.packages.PublisherKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an author does, from the template to a device that keeps the contract. */
class KitTest {

    @TempDir
    Path dir;
    private Path module;
    private Path key;

    @BeforeEach
    void begin() {
        module = dir.resolve("shelf");
        key = dir.resolve("publisher.key");
        Called.with("key", key, "--name", "Fine Drivers").done();
    }

    private Path packed() throws Exception {
        Called.with("new", "shelf", "--to", module).done();
        TrialModule.build(module, TrialModule.HEADERS);
        Called.with("pack", module, "--key", key).done();
        return module.resolve("target/shelf-1.0.0.azd");
    }

    @Test
    void packsWhatTheTemplateBecomes() throws Exception {
        DriverPackage opened = DriverPackage.open(packed());
        DriverManifest manifest = opened.manifest();
        assertEquals("shelf 1.0.0 DEVICE Fine Drivers Apache-2.0", manifest.name() + " " + manifest.version() + " " + manifest.kind() + " " + manifest.publisher() + " "
                + manifest.licence());
        assertEquals("[org.azekura.api [0.1.0,1.0.0), org.azekura.api.device [0.1.0,1.0.0)]", manifest.needs().toString());
        assertEquals(List.of("Shelf"), manifest.families());
        assertEquals(List.of("The device driver shelf."), manifest.notes());
        assertEquals("Fine Drivers", opened.verified(new PublisherTrust(List.of(PublisherKey.read(key).certificates().getFirst().getEncoded()), false), Instant.now()));
    }

    @Test
    void theBuildLeavesNoPackageOfAnEarlierVersion() throws Exception {
        Path file = packed();
        for (String other : List.of("shelf-0.9.0.azd", "shelf-7.0.0.azd", "shelf-notes.azd", "other-7.0.0.azd")) {
            Files.write(file.resolveSibling(other), new byte[1]);
        }
        Called.with("pack", module, "--key", key, "--alone").done();
        assertTrue(Files.exists(file));
        assertFalse(Files.exists(file.resolveSibling("shelf-0.9.0.azd")) || Files.exists(file.resolveSibling("shelf-7.0.0.azd")));
        assertTrue(Files.exists(file.resolveSibling("shelf-notes.azd")) && Files.exists(file.resolveSibling("other-7.0.0.azd")));
    }

    @Test
    void theTemplateKeepsItsContract() throws Exception {
        Path file = packed();
        String json = Called.with("test", file, "--set", "path=" + dir.resolve("device"), "--json").done().out();
        assertTrue(json.contains("\"driver\":\"shelf\",\"version\":\"1.0.0\",\"passed\":19,\"failed\":0") && json.endsWith("]}\n"), json);
    }

    @Test
    void saysWhichRuleADriverBreaks() throws Exception {
        Called.with("new", "shelf", "--to", module).done();
        Path source = module.resolve("src/main/java/org/azekura/driver/shelf/ShelfDevice.java");
        String right = Files.readString(source);
        String wrong = right.replace("Files.deleteIfExists(file);\n", "");
        assertFalse(right.equals(wrong));
        Files.writeString(source, wrong);
        TrialModule.build(module, TrialModule.HEADERS);
        Called.with("pack", module, "--key", key).done();
        Called called = Called.with("test", module.resolve("target/shelf-1.0.0.azd"), "--set", "path=" + dir.resolve("{rule}"));
        assertEquals(1, called.exit());
        assertTrue(called.out().contains("BROKEN  deletes or refuses to"), called.out());
        assertTrue(called.out().contains("ok      keeps what was written") && called.out().endsWith("shelf 1.0.0: 18 of 19 rules hold\n"), called.out());
    }

    @Test
    void saysWhyADriverMakesNoDevice() throws Exception {
        Called.with("new", "shelf", "--to", module).done();
        Path source = module.resolve("src/main/java/org/azekura/driver/shelf/ShelfDevice.java");
        Files.writeString(source, Files.readString(source).replace("        this(settings.path());", "        this((String) null);\n        throw new IllegalStateException(\"no shelf here\");"));
        TrialModule.build(module, TrialModule.HEADERS);
        Called.with("pack", module, "--key", key).done();
        String said = Called.with("test", module.resolve("target/shelf-1.0.0.azd"), "--set", "path=/x").failed(1);
        assertTrue(said.contains("no shelf here"), said);
    }

    @Test
    void touchesNoDeviceThatIsInUse() throws Exception {
        Path file = packed();
        Path mine = Files.write(Files.createDirectory(dir.resolve("device")).resolve("mine"), new byte[3]);
        String said = Called.with("test", file, "--set", "path=" + mine.getParent()).failed(1);
        assertTrue(said.contains("is not empty: it holds 1 blobs, like mine"), said);
        assertTrue(Files.exists(mine));
    }

    @Test
    void asksForTheSettingsThatThereAre() throws Exception {
        Path file = packed();
        assertTrue(Called.with("test", file).failed(2).contains("needs the settings path"));
        assertTrue(Called.with("test", file, "--set", "path=/x", "--set", "colour=red").failed(2).contains("no setting colour; it has path"));
    }

    @Test
    void saysWhatAnUnresolvableDriverMisses() throws Exception {
        Called.with("new", "shelf", "--to", module).done();
        TrialModule.build(module, TrialModule.HEADERS.replace("Import-Package: ", "Import-Package: com.acme.sdk,"));
        Called.with("pack", module, "--key", key).done();
        String said = Called.with("test", module.resolve("target/shelf-1.0.0.azd"), "--set", "path=/x").failed(1);
        assertTrue(said.contains("osgi.wiring.package=com.acme.sdk"), said);
    }

    @Test
    void refusesADriverOfAnotherApi() throws Exception {
        Called.with("new", "shelf", "--to", module).done();
        TrialModule.build(module, TrialModule.HEADERS.replace("api.device;version=\"[0.1,1)", "api.device;version=\"[9,10)"));
        Called.with("pack", module, "--key", key).done();
        String said = Called.with("test", module.resolve("target/shelf-1.0.0.azd"), "--set", "path=/x").failed(4);
        assertTrue(said.contains("it needs org.azekura.api.device [9.0.0,10.0.0), and here is "), said);
    }

    @Test
    void saysWhatAModuleLacks() throws Exception {
        assertTrue(Called.with("pack", dir, "--key", key).failed(2).contains("there is no " + dir.resolve("pom.xml")));
        Called.with("new", "shelf", "--to", module).done();
        assertTrue(Called.with("pack", module, "--key", key).failed(2).contains("there is no jar in"));
        for (var lack : Map.of("Bundle-SymbolicName: org.azekura.driver.shelf\n", "no Bundle-SymbolicName", "Bundle-Version: 1.0.0\n", "three numbers", "Service-Component:",
                "none of its components", "Bundle-License:", "no licence", "org.azekura.api;version=\"[0.1,1)\"", "org.azekura.api in the versions").entrySet()) {
            String replaced = lack.getKey().endsWith("\n") ? "" : lack.getKey().startsWith("org") ? "org.azekura.api" : "X-" + lack.getKey();
            TrialModule.build(module, TrialModule.HEADERS.replace(lack.getKey(), replaced));
            String said = Called.with("pack", module, "--key", key).failed(2);
            assertTrue(said.contains(lack.getValue()), said);
        }
        TrialModule.build(module, TrialModule.HEADERS);
        assertTrue(Called.with("pack", module).failed(2).contains("--key"));
        assertTrue(Called.with("pack", module, "--key", dir.resolve("none")).failed(1).contains("is not there"));
    }

    @Test
    void signsInPlaceOfAnotherAndRefusesWhatNobodyTakes() throws Exception {
        Path file = packed();
        Called.with("key", dir.resolve("other"), "--name", "Other", "--by", key).done();
        Path signed = dir.resolve("signed.azd");
        assertEquals(signed + "\n", Called.with("sign", file, "--key", dir.resolve("other"), "--to", signed).done().out());
        PublisherTrust trust = new PublisherTrust(List.of(PublisherKey.read(key).certificates().getFirst().getEncoded()), false);
        assertEquals("Other", DriverPackage.open(signed).verified(trust, Instant.now()));
        Path broken = Files.write(dir.resolve("broken.azd"), Zips.with(signed, "../evil", new byte[3]));
        Path to = dir.resolve("evil.azd");
        assertTrue(Called.with("sign", broken, "--key", key, "--to", to).failed(4).contains("leads out"));
        assertFalse(Files.exists(to));
        Called.with("sign", broken, "--key", key, "--to", to, "--anyway").done();
        assertTrue(Called.with("test", to, "--set", "path=/x").failed(4).contains("leads out"));
        assertTrue(Called.with("sign", key, "--key", key, "--to", to).failed(2).contains("no driver package"));
    }

    /** One line that names the file, and what would do. */
    @Test
    void saysOfAFileThatIsNoPackageWhatItIs() throws Exception {
        Map<Path, String> none = Map.of(dir.resolve("missing.azd"), "there is no such file", dir, "it is a folder", Files.createFile(dir.resolve("empty.azd")), "is",
                Files.writeString(dir.resolve("text.azd"), "PKG"), "it is no zip");
        for (var one : none.entrySet()) {
            for (Called called : List.of(Called.with("test", one.getKey(), "--set", "path=/x"), Called.with("sign", one.getKey(), "--key", key, "--to", dir.resolve("to")))) {
                String said = called.failed(2);
                assertTrue(said.startsWith("azekura: " + one.getKey() + ": no driver package at all: ") && said.contains(one.getValue()) && said.contains("driver pack"), said);
            }
        }
        Path file = packed();
        byte[] changed = Files.readAllBytes(file);
        changed[changed.length / 2] ^= 1;
        String said = Called.with("test", Files.write(dir.resolve("changed.azd"), changed), "--set", "path=/x").failed(4);
        assertTrue(said.startsWith("azekura: " + dir.resolve("changed.azd") + ": the driver package is refused: it was tampered with: "), said);
        assertTrue(said.endsWith("; get the package anew from its publisher\n"), said);
        for (Path wrong : List.of(file, dir, dir.resolve("missing"), dir.resolve("publisher.key.pub"))) {
            said = Called.with("sign", file, "--key", wrong, "--to", dir.resolve("to")).failed(1);
            assertTrue(said.contains("the publisher key " + wrong + " "), said);
        }
        assertFalse(Files.exists(dir.resolve("to")));
        Path nowhere = dir.resolve("nowhere/to");
        assertEquals("azekura: cannot write " + nowhere + ": there is no folder " + nowhere.getParent() + "; make it first\n",
                Called.with("sign", file, "--key", key, "--to", nowhere).failed(1));
        assertTrue(Called.with("key", nowhere).failed(1).contains("there is no folder " + nowhere.getParent()));
        assertTrue(Called.with("sign", file, "--key", key, "--to", dir).failed(1).contains("it is a folder"));
        assertTrue(Called.with("new", "shelf", "--to", file.resolve("new")).failed(1).contains("cannot read or write " + file));
    }

    @Test
    void makesAKeyOnce() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertTrue(Called.with("key", key).failed(1).contains("never replaced"));
        Called.with("new", "shelf", "--to", module).done();
        TrialModule.build(module, TrialModule.HEADERS);
        Path made = dir.resolve("made");
        Called.with("pack", module, "--key", made, "--make-key", "House").done();
        byte[] first = Files.readAllBytes(made);
        Called.with("pack", module, "--key", made, "--make-key", "House").done();
        assertArrayEquals(first, Files.readAllBytes(made));
    }

    @Test
    void writesAModuleIntoTheCheckout() throws Exception {
        Path pom = Files.writeString(dir.resolve("pom.xml"), "<modules>\n    <module>core/api</module>\n    <module>drivers/disk</module>\n    <module>bench</module>\n</modules>\n");
        Called.with("new", "shelf", "--checkout", dir).done();
        assertEquals("<modules>\n    <module>core/api</module>\n    <module>drivers/disk</module>\n    <module>drivers/shelf</module>\n    <module>bench</module>\n</modules>\n",
                Files.readString(pom));
        assertTrue(Files.isRegularFile(dir.resolve("drivers/shelf/src/test/java/org/azekura/driver/shelf/ShelfDeviceTest.java")));
        assertFalse(Files.readString(dir.resolve("drivers/shelf/pom.xml")).contains("@"));
        assertTrue(Called.with("new", "shelf", "--checkout", dir).failed(2).contains("is there already"));
    }

    @Test
    void takesNoNameThatIsNone() {
        for (String name : List.of("", "Shelf", "my-shelf", "1shelf", "class", "a/b", "..")) {
            assertTrue(Called.with("new", name, "--to", module).failed(2).contains("the name of a new driver"), name);
        }
    }

    @Test
    void everyCommandHelpsWithAnExample() {
        for (String command : List.of("new", "pack", "key", "sign", "test")) {
            String said = Called.with(command, "--help").done().out();
            assertTrue(said.contains("Usage: azekura driver " + command) && said.contains("Example:\n  azekura driver " + command), said);
        }
        assertTrue(Called.with("new").failed(2).contains("see azekura driver new --help"));
    }
}
