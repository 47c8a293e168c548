package org.azekura.driver.sftp;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.device.Terms;
import org.junit.jupiter.api.Test;

class SftpDeviceTest {

    private static final Given GOOD = new Given().with("password", "hidden");

    @Test
    void everyCallTellsWhichSettingWillNotDo() {
        for (Map.Entry<String, List<Object>> wrong : Map.<String, List<Object>>of("host", List.of("", " ", "a b", "sftp://box", "box:22", "-box", "a\nb"), "port", List.of(0, 65536),
                "user", List.of("", "a\nb"), "path", List.of("", "/", "//", "a/../b", "..", "a\0b", "x".repeat(1025)), "hostKey", List.of("x", "SHA256:short", "MD5:00:11", "SHA256:" + "A".repeat(44)),
                "password", List.of(""), "privateKey", List.of("x", "-----BEGIN RSA PRIVATE KEY-----"), "connections", List.of(0, 17), "timeout_s", List.of(0, 3601)).entrySet()) {
            for (Object value : wrong.getValue()) {
                SftpDevice device = new SftpDevice(GOOD.with(wrong.getKey(), value));
                String message = assertRefused("setting." + wrong.getKey(), device::space).getMessage();
                assertFalse(message.contains("hidden"), message);
                assertRefused("setting." + wrong.getKey(), () -> device.size("blob"));
                device.close();
            }
        }
    }

    @Test
    void understandsWhatPeoplePaste() throws Exception {
        String key = "SHA256:" + "a/+B".repeat(10) + "abc";
        assertEquals(Set.of(key, key.replace('a', 'b')),
                GOOD.with("hostKey", "256 " + key + " box (ED25519)\n3072 " + key.replace('a', 'b') + "= box (RSA)").check().hostKeys());
        assertEquals("2001:db8::1", GOOD.with("host", "[2001:db8::1]").check().host());
        assertEquals("/srv/backup", GOOD.with("path", "//srv///backup/").check().path());
        assertEquals("backups", GOOD.with("path", "backups/").check().path());
    }

    @Test
    void saysWhereItIsWithoutItsSecret() throws Exception {
        assertEquals("sftp://backup@127.0.0.1:22/backups", new SftpDevice(GOOD).location());
        assertEquals("sftp://me@[::1]:23/box", new SftpDevice(GOOD.with("host", "::1").with("port", 23).with("user", "me").with("path", "box")).location());
        assertEquals("sftp://", new SftpDevice(GOOD.with("host", "")).location());
        assertFalse(GOOD.check().toString().contains("hidden"));
    }

    @Test
    void isAtAnotherPlace() {
        assertEquals(Terms.Medium.CLOUD, new SftpDevice(GOOD).terms().medium());
    }

    @Test
    void isClosedForGood() {
        SftpDevice device = new SftpDevice(GOOD);
        device.close();
        assertRefused("device.closed", device::space);
        assertRefused("device.closed", () -> device.list("", blob -> {}));
    }
}
