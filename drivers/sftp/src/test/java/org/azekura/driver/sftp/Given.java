package org.azekura.driver.sftp;

import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.Map;
import org.azekura.testkit.sftp.Sshd;

/** Settings as somebody has given them. */
record Given(Map<String, Object> values) implements SftpDevice.Settings {

    private static final Map<String, Object> DEFAULTS = Map.of("host", "127.0.0.1", "port", 22, "user", "backup", "path", "/backups", "hostKey", "", "password", "", "privateKey", "",
            "passphrase", "", "connections", 2, "timeout_s", 60);

    Given() {
        this(DEFAULTS);
    }

    /** Settings with which a server lets one in. */
    static Given of(Sshd server) throws Exception {
        return new Given().with("port", server.port()).with("user", server.user()).with("hostKey", server.fingerprint()).with("privateKey", server.key());
    }

    Given with(String name, Object value) {
        Map<String, Object> changed = new HashMap<>(values);
        changed.put(name, value);
        return new Given(changed);
    }

    Setup check() throws Exception {
        return Setup.check(this);
    }

    @Override
    public String host() {
        return (String) values.get("host");
    }

    @Override
    public int port() {
        return (int) values.get("port");
    }

    @Override
    public String user() {
        return (String) values.get("user");
    }

    @Override
    public String path() {
        return (String) values.get("path");
    }

    @Override
    public String hostKey() {
        return (String) values.get("hostKey");
    }

    @Override
    public String password() {
        return (String) values.get("password");
    }

    @Override
    public String privateKey() {
        return (String) values.get("privateKey");
    }

    @Override
    public String passphrase() {
        return (String) values.get("passphrase");
    }

    @Override
    public int connections() {
        return (int) values.get("connections");
    }

    @Override
    public int timeout__s() {
        return (int) values.get("timeout_s");
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return SftpDevice.Settings.class;
    }
}
