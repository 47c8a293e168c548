package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.felix.config.Room.Dependency;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of names and doors: what each built module is called, and what it may import and depend on. */
class DoorsIT {

    /** Of the JDK: ciphers, and names in certificates. */
    private static final Pattern JAVA_TOO = Pattern.compile("javax\\.(crypto(\\.spec)?|net\\.ssl|naming(\\.directory|\\.ldap)?|security\\.auth\\.x500)");
    private static final String OURS = "org.azekura.";
    private static final Set<String> FORBIDDEN_WORDS =
            Set.of("impl", "internal", "util", "utils", "helper", "manager", "handler", "processor", "info", "data", "common", "misc");
    /**
     * Which rooms of the core each room of the core may enter. All other rooms enter only the API; but the command line makes and changes
     * keys, which must not leave their owner's host.
     */
    private static final Map<String, Set<String>> DOORS = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("engine", Set.of("api")),
            Map.entry("wire", Set.of("api")),
            Map.entry("testkit", Set.of("api")),
            // The restorer is the client's, cartridges are the node's: there is only one of each.
            Map.entry("extract", Set.of("api", "engine", "client", "storagenode", "driver.tape")),
            Map.entry("installer", Set.of("api", "packages")),
            Map.entry("packages", Set.of("api")),
            Map.entry("serial", Set.of("api")),
            Map.entry("ups", Set.of("api", "serial")),
            Map.entry("serialchanger", Set.of("api", "serial")),
            Map.entry("catalog-postgresql", Set.of("api", "catalog.sql")),
            Map.entry("catalog-sqlite", Set.of("api", "catalog.sql")),
            // The contracts are what it runs on an author's own device.
            Map.entry("kit", Set.of("api", "packages", "testkit")),
            Map.entry("server", Set.of("api", "engine", "wire")),
            Map.entry("storagenode", Set.of("api", "engine", "wire")),
            Map.entry("client", Set.of("api", "engine", "wire")),
            Map.entry("cli", Set.of("api", "engine")));
    /** Of databases, codecs of messages and web servers the core knows nothing; they come as services. */
    private static final List<String> NOT_IN_CORE = List.of("java.sql", "javax.sql", "org.sqlite", "org.jdbi", "jakarta.servlet",
            "org.apache.felix", "org.eclipse.jetty");

    /**
     * Rooms within a room, by decisions 0043, 0046 and 0048: each imports those before it, never one behind. The last, without a name, is the folder
     * that has the others.
     */
    private static final Map<String, List<String>> WITHIN = Map.of(
            "storagenode.cartridge", List.of("blob", "note", "drive", "volume", "set", "spool", ""),
            "storagenode", List.of("lease", "index", "power", "cartridge", "health", "device", "pool", "job", "client", "copy", "driver", ""),
            "rest", List.of("call", "document", "https", "peer", "snapshot", "job", "download", "alert", "event", "protection", "retention", "proof", "driver", "media", "key", "host", "status", "metrics", "notice", "access", "firmware", "disk", ""),
            "cli", List.of("text", "sheet", "contact", "command", "job", "snapshot", "policy", "drill", "server", "backup", "access", "client", "driver", "key", "media", "upkeep",
                    "mount", "notify", "firmware", "disk", ""),
            "server.job", List.of("run", "client", "damage", "place", "lock", "backup", "restore", "drill", "mount", "copy", "heal", "verify", "recycle", "prune", "rebuild", "expire", "errand", ""));

    /** What is no bundle of its own, but goes with each that needs it: a driver brings what it needs, a store what it has in common with the other. */
    private static final Set<String> INSIDE_OTHERS = Set.of(OURS + "serial", OURS + "catalog.sql", OURS + "catalog.sql.export");

    private static List<Room> rooms;

    @BeforeAll
    static void readRooms() throws IOException {
        rooms = Room.all();
        assertTrue(rooms.size() >= 12, () -> "only " + rooms.size() + " modules found");
    }

    @Test
    void foldersArtifactsBundlesAndPackagesHaveOneName() {
        fails(rooms.stream().flatMap(room -> {
            String name = OURS + (room.wing().equals("drivers") ? "driver." : "") + room.noun().replace('-', '.');
            Stream<String> names = Stream.of(room.artifactId(), room.name()).filter(found -> !found.equals(name))
                    .map(found -> room.folder() + " is called " + found + ", not " + name);
            Stream<String> packages = room.packages().stream()
                    .filter(found -> !found.equals(name) && !found.matches(name.replace(".", "\\.") + "(\\.[a-z0-9]+){1,2}"))
                    .filter(found -> !room.program() && !INSIDE_OTHERS.contains(found) || !mayEnter(room, found))
                    .map(found -> room.folder() + " has the package " + found + ", not " + name + " or a topic below it, or a room of one");
            return Stream.concat(names, packages);
        }));
    }

    @Test
    void noPackageIsCalledByAForbiddenWord() {
        fails(rooms.stream().flatMap(room -> room.packages().stream())
                .filter(name -> Stream.of(name.split("\\.")).anyMatch(FORBIDDEN_WORDS::contains))
                .map(name -> "package " + name));
    }

    @Test
    void roomsExportOnlyTheirOwnPackages() {
        fails(rooms.stream().flatMap(room -> room.exports().stream().filter(name -> !room.packages().contains(name))
                .map(name -> room.folder() + " exports " + name)));
    }

    @Test
    void manifestsImportOnlyThroughDoors() {
        fails(rooms.stream().flatMap(room -> room.imports().stream()
                .filter(name -> name.startsWith(OURS) && !room.packages().contains(name) && !mayEnter(room, name))
                .map(name -> room.folder() + " imports " + name)));
    }

    @Test
    void pomsDependOnlyThroughDoors() {
        fails(rooms.stream().flatMap(room -> room.dependencies().stream()
                .filter(on -> on.groupId().equals("org.azekura") && !mayDepend(room, on))
                .map(on -> room.folder() + " depends on " + on)));
    }

    @Test
    void theApiImportsNothingButJava() {
        fails(room("api").imports().stream().filter(name -> !name.startsWith("java.") && !JAVA_TOO.matcher(name).matches() && !name.startsWith(OURS + "api")));
    }

    @Test
    void theEngineImportsOnlyValuesOfTheApiAndNoOsgi() {
        fails(room("engine").imports().stream()
                .filter(name -> name.startsWith("org.osgi") || name.startsWith(OURS + "api."))
                .map(name -> "core/engine imports " + name));
    }

    /** By their sources: of a constant that is another room's no class says whose it was. */
    @Test
    void roomsWithinARoomImportOnlyThoseBeforeThem() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, List<String>> within : WITHIN.entrySet()) {
            List<String> order = within.getValue();
            Set<List<String>> met = room(within.getKey().split("\\.")[0]).importsWithin(OURS + within.getKey());
            assertEquals(Set.of(), met.stream().flatMap(List::stream).filter(name -> !order.contains(name)).collect(Collectors.toSet()), within.getKey());
            assertTrue(met.size() >= order.size() - 1, () -> within.getKey() + " has few imports: " + met);
            met.stream().filter(one -> order.indexOf(one.getFirst()) < order.indexOf(one.getLast()))
                    .forEach(one -> broken.add(within.getKey() + "." + one.getFirst() + " imports " + one.getLast()));
        }
        fails(broken.stream());
    }

    /** Of the data path it knows values, trees and pack indexes; not one byte of data passes it. */
    @Test
    void theServerCutsSealsAndPacksNothing() throws IOException {
        for (String worker : List.of("chunk.Chunker", "chunk.ChunkNamer", "seal.Sealer", "pack.PackWriter")) {
            assertEquals(List.of(), room("server").classesThatMention(OURS + "engine." + worker), worker);
        }
    }

    @Test
    void theCoreKnowsNoDatabaseAndNoWebServer() {
        fails(rooms.stream().filter(room -> room.wing().equals("core")).flatMap(room -> room.imports().stream()
                .filter(name -> NOT_IN_CORE.stream().anyMatch(name::startsWith)
                        || name.startsWith("com.fasterxml") && !room.noun().equals("wire"))
                .map(name -> room.folder() + " imports " + name)));
    }

    private static boolean mayEnter(Room room, String imported) {
        return doors(room).stream().map(door -> OURS + door).anyMatch(door -> imported.equals(door) || imported.startsWith(door + "."));
    }

    private static boolean mayDepend(Room room, Dependency on) {
        // Tests may use the test kit, and with it any room: they show that rooms fit together.
        return on.scope().equals("test") || doors(room).stream().anyMatch(door -> on.artifactId().equals(OURS + door));
    }

    private static Set<String> doors(Room room) {
        return DOORS.getOrDefault(room.noun(), room.wing().equals("core") ? Set.of() : Set.of("api"));
    }

    private static Room room(String noun) {
        return rooms.stream().filter(room -> !room.wing().equals("drivers") && room.noun().equals(noun)).findFirst().orElseThrow();
    }

    /** Lists everything that breaks the law, not the first only. */
    private static void fails(Stream<String> found) {
        List<String> broken = new ArrayList<>(found.toList());
        assertEquals("", String.join("\n", broken));
    }
}
