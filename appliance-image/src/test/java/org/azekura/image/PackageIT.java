package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The Debian package of the whole appliance under a systemd that runs: installed, started, used, updated and removed as its owner would, one after the other on
 * the same host, for a start takes minutes without help of the processor.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackageIT {

    private static final String UNIT = "azekura.service";
    private static final String SETTINGS = "AZEKURA_JAVA_OPTS=-Dazekura.start.limit_s=3600\n";
    /** Names, owners, modes, times of files and what links say. */
    private static final String LISTED = " -type d -printf '%P %U:%G %m\\n' -o -printf '%P %U:%G %m %T@ %l\\n' | sort";

    private static Host host;
    private static String snapshot;
    private static int done;

    @BeforeAll
    static void make() throws IOException {
        Host.assume("the Debian package under systemd");
        host = Host.start(Host.made(), "appliance");
    }

    @AfterAll
    static void end() {
        if (host != null) {
            host.close();
        }
    }

    /** Each goes on where the one before has ended. */
    private static void after(int step) {
        assumeTrue(done >= step, "what comes before has failed");
    }

    private static String shown(String property) throws IOException {
        return host.shown(UNIT, property);
    }

    /** What the kernel says of the process. */
    private static String kernel(String field) throws IOException {
        return host.run("sed -n 's/^" + field + ":[[:space:]]*//p' /proc/" + shown("MainPID") + "/status").ok().said().strip();
    }

    private static String lastLine(Ran ran) {
        return ran.said().strip().lines().reduce((one, next) -> next).orElseThrow();
    }

    @Test
    @Order(1)
    void whatWasInstalledIsStartedByItsOwnerAndRunsInItsSandbox() throws IOException {
        Ran installed = host.run("dpkg --install /mnt/azekura_0.1.0_all.deb").ok();
        assertTrue(installed.said().contains("systemctl enable --now azekura.service"), installed::said);
        assertEquals("inactive", shown("ActiveState"), "nothing is started that nobody asked for");
        host.run("printf '" + SETTINGS.replace("\n", "\\n") + "' >/etc/default/azekura").ok();
        host.run("systemctl enable --now " + UNIT).ok();
        host.ready(UNIT);
        assertEquals("azekura", host.run("stat -c %U /proc/" + shown("MainPID")).ok().said().strip());
        assertEquals("1", kernel("NoNewPrivs"));
        assertEquals("2", kernel("Seccomp"), "system calls are filtered");
        assertEquals("0000000000000004", kernel("CapBnd"), "the one power of reading every file");
        assertEquals("0", shown("NRestarts"));
        done = 1;
    }

    @Test
    @Order(2)
    void savesAllFilesOfItsHostAndRestoresThemElsewhere() throws IOException {
        after(1);
        host.run("ln -s shadow '/etc/a link' && install -m 600 /dev/null /etc/empty").ok();
        snapshot = lastLine(host.run("azekura backup /etc").ok());
        host.run("install -d -o azekura -g azekura /srv/restored").ok();
        // Its end is 3: what belongs to root belongs to the appliance now, which is no root.
        Ran restored = host.run("azekura restore " + snapshot + " --to /srv/restored");
        assertEquals(3, restored.code(), restored::said);
        assertEquals("", host.run("diff -r --no-dereference /etc /srv/restored/etc").ok().said());
        Ran refused = host.run("azekura restore " + snapshot + " /etc/hostname --to /opt");
        assertTrue(refused.code() == 3 && refused.said().contains("/etc/hostname: cannot be restored: Read-only file system"), refused::said);
        assertEquals("", host.run("find /opt -mindepth 1; find /var/lib/azekura ! -user azekura").ok().said().strip(), "root's commands leave nothing that the service can't read");
        done = 2;
    }

    @Test
    @Order(3)
    void aNewerVersionTakesItsPlaceWhereItRuns() throws IOException {
        after(2);
        String before = shown("InvocationID");
        host.run("dpkg --install /mnt/azekura_0.2.0_all.deb").ok();
        assertEquals("new in this version", host.run("cat /usr/share/azekura/news").ok().said().strip());
        assertNotEquals(before, shown("InvocationID"), "the old version runs on");
        host.ready(UNIT);
        assertEquals("", host.run("ls -l /proc/" + shown("MainPID") + "/fd | grep '/usr/share/azekura.*(deleted)'").said().strip(), "files of the version before");
        assertEquals(SETTINGS.strip(), host.run("cat /etc/default/azekura").ok().said().strip());
        host.run("azekura verify --snapshot " + snapshot).ok();
        done = 3;
    }

    /** As the settings that come with the package say. */
    @Test
    @Order(4)
    void withThePowersOfAClientItRestoresInPlaceWithOwners() throws IOException {
        after(3);
        host.run("install -D -m 644 /usr/share/doc/azekura/whole-host.conf /etc/systemd/system/azekura.service.d/whole-host.conf && systemctl daemon-reload && systemctl restart " + UNIT).ok();
        host.ready(UNIT);
        String list = "find /etc/pam.d /etc/security /etc/shadow /etc/gshadow /etc/empty '/etc/a link'" + LISTED;
        String before = host.run(list).ok().said();
        host.run("rm -r /etc/pam.d /etc/security '/etc/a link' && chmod 777 /etc/shadow && chown azekura /etc/shadow /etc/gshadow && echo lost >/etc/empty").ok();
        host.run("azekura restore " + snapshot + " /etc/pam.d /etc/security /etc/shadow /etc/gshadow /etc/empty '/etc/a link' --to / --overwrite always").ok();
        assertEquals(before, host.run(list).ok().said());
        done = 4;
    }

    @Test
    @Order(5)
    void removalAndPurgeEndTheServiceAndLeaveTheHome() throws IOException {
        after(3);
        String process = shown("MainPID");
        host.run("dpkg --remove azekura").ok();
        assertEquals("gone", host.run("[ -e /proc/" + process + " ] || echo gone").said().strip(), "the process");
        assertFalse(host.run("systemctl cat " + UNIT).code() == 0, "the unit is there");
        assertEquals("", host.run("find /etc/systemd -name " + UNIT + "; systemctl --failed --no-legend --plain").ok().said().strip());
        assertEquals(SETTINGS.strip(), host.run("cat /etc/default/azekura").ok().said().strip());
        String list = "cd /var/lib/azekura && find . -printf '%P %U %m %T@\\n' | sort && find . -type f -exec sha256sum {} + | sort";
        String home = host.run(list).ok().said();
        assertTrue(home.contains("catalog") && home.contains("pools/default"), home);
        host.run("dpkg --purge azekura").ok();
        assertEquals(home, host.run(list).ok().said());
        assertEquals("", host.run("find /etc/default -name 'azekura*'; find /usr -path '*azekura*' ! -type d").ok().said().strip());
        assertEquals("running", host.run("systemctl is-system-running").said().strip());
        done = 5;
    }
}
