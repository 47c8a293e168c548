package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The page for authors of drivers as a newcomer follows it: the commands of its blocks {@code sh follow}, and the code of its blocks {@code java into
 * FILE}, which goes before the last brace of a file, in the page's order. Marks behind a block's language are not shown to who reads it.
 */
final class AuthorsPage {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(8);
    /** Each program is over before better code pays. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";
    private static final Pattern BLOCK = Pattern.compile("^```(?:(sh) follow|java into (\\S+))\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private AuthorsPage() {}

    /** Follows it to its end; fails with all that was said if a step does. */
    static void follow(Path page, Path user, Azekura azekura) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", user.toString(), "AZEKURA_HOME", azekura.home.toString(), "LC_ALL", "C.UTF-8",
                "JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", QUICK + " -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"));
        environment.put("PATH", offlineMaven(user) + ":" + System.getenv("PATH"));
        Path script = Files.writeString(user.resolve("page"), script(Files.readString(page)));
        Run.of(LIMIT, PROJECT, environment, List.of("bash", script.toString())).exits(0);
    }

    private static String script(String page) {
        StringBuilder script = new StringBuilder("set -eux -o pipefail\n");
        int blocks = 0;
        for (Matcher block = BLOCK.matcher(page); block.find(); blocks++) {
            script.append(block.group(1) != null ? block.group(3) : inserted(block.group(3), block.group(2)));
        }
        assertTrue(blocks >= 8, "there is little to follow on the page: " + blocks + " blocks");
        return script.toString();
    }

    private static String inserted(String code, String file) {
        return "[ \"$(tail -n 1 " + file + ")\" = } ]\nsed -i '$ d' " + file + "\ncat >>" + file + " <<'CODE'\n\n" + code + "}\nCODE\n";
    }

    /** A {@code mvn} that asks no network and leaves nothing of this build in the user's repository. */
    private static Path offlineMaven(Path user) throws IOException {
        Path repository = Files.createDirectories(user.resolve("m2/org"));
        Path known = Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));
        link(known, repository.getParent(), "org");
        link(known.resolve("org"), repository, "azekura");
        Path bin = Files.createDirectories(user.resolve("bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\nexec " + maven() + " -q -B -o -Daether.offline.protocols=file -Dmaven.repo.local=" + user.resolve("m2")
                + " -DargLine=" + QUICK + " \"$@\"\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }

    private static void link(Path from, Path to, String without) throws IOException {
        try (Stream<Path> all = Files.list(from)) {
            for (Path one : (Iterable<Path>) all.filter(path -> !path.getFileName().toString().equals(without))::iterator) {
                Files.createSymbolicLink(to.resolve(one.getFileName()), one);
            }
        }
    }

    private static Path maven() {
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "mvn")).filter(Files::isExecutable).findFirst().orElseThrow();
    }
}
