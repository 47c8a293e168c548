package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The closed ports: rules that can't be read would leave every port open, and with them the console unreachable where a browser asks. */
class NftablesTest {

    private static final Path RULES = Recipe.FILES.resolve("etc/nftables.conf");

    @TempDir
    Path dir;

    /** Where rules can't be tried at all, not even none, for want of a user namespace, that is said. */
    private static Ran check(Path file) {
        return Ran.of("unshare", "--user", "--map-root-user", "--net", "/usr/sbin/nft", "--check", "--file", file.toString());
    }

    @Test
    void rulesCanBeRead() throws IOException {
        Daemon.assume("rules for ports", "/usr/sbin/nft", "nftables");
        Path least = Files.writeString(dir.resolve("least"), "table inet t {\n chain c {\n  type filter hook input priority filter; policy drop;\n }\n}\n");
        if (check(least).code() != 0) {
            System.out.println("*** NOT TESTED: rules for ports: this kernel lets nobody try any: " + check(least).said().strip());
            abort("no rules can be tried");
        }
        assertEquals("", check(RULES).ok().said());
    }

    /** What the appliance's unit listens at, and 443, which leads there; nothing else. */
    @Test
    void openPortsAreTheAppliances() throws IOException {
        String rules = Files.readString(RULES);
        String unit = Files.readString(Recipe.FILES.resolve("usr/lib/systemd/system/azekura.service"));
        String console = option(unit, "--port");
        List<String> open = List.of("443", console, option(unit, "--transport-port"));
        Matcher accepted = Pattern.compile("tcp dport \\{([^}]*)} accept").matcher(rules);
        assertTrue(accepted.find());
        assertEquals(open, Arrays.stream(accepted.group(1).split(",")).map(String::strip).toList());
        assertTrue(!accepted.find() && rules.contains("dport 443 redirect to :" + console), rules);
        assertEquals(2, Pattern.compile("policy drop").matcher(rules).results().count(), "what comes in and what would go through");
    }

    private static String option(String unit, String name) {
        Matcher matcher = Pattern.compile("ExecStart=.* " + name + " (\\d+)").matcher(unit);
        assertTrue(matcher.find(), name);
        return matcher.group(1);
    }
}
