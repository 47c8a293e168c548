package org.azekura.driver.sftp;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/**
 * The settings, checked.
 *
 * @param path     of the folder, absolute or from where a login begins; without a slash at its end
 * @param hostKeys fingerprints like {@code SHA256:…}, one of which the server has to have
 * @param patience longest silence of the server
 */
record Setup(String host, int port, String user, Login login, String path, Set<String> hostKeys, int connections, Duration patience) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9]{1,15})?");
    private static final Pattern FINGERPRINT = Pattern.compile("(?<![A-Za-z0-9])SHA256:([A-Za-z0-9+/]{43})=?(?![A-Za-z0-9+/=])");
    private static final int MAX_PATH = 1024;
    private static final int MAX_PORT = 65535;
    static final int MAX_CONNECTIONS = 16;
    static final int MAX_PATIENCE_s = 3600;

    /** @throws BackupException {@code setting.NAME} of the first that will not do */
    static Setup check(SftpDevice.Settings settings) throws BackupException {
        String host = text(settings.host()).replaceFirst("^\\[(.*)]$", "$1");
        if (!HOST.matcher(host).matches()) {
            throw refused("host", host, "give the name or address of the server alone, like box.example.net");
        }
        between("port", settings.port(), MAX_PORT);
        String user = text(settings.user());
        if (user.isEmpty() || user.chars().anyMatch(Character::isISOControl)) {
            throw refused("user", user, "give the name to log in with");
        }
        between("connections", settings.connections(), MAX_CONNECTIONS);
        between("timeout_s", settings.timeout__s(), MAX_PATIENCE_s);
        return new Setup(host, settings.port(), user, Login.check(settings), path(text(settings.path())), hostKeys(text(settings.hostKey())), settings.connections(),
                Duration.ofSeconds(settings.timeout__s()));
    }

    /** Where this is, for people. */
    String location() {
        return "sftp://" + user + "@" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + (path.startsWith("/") ? path : "/" + path);
    }

    String at(String key) {
        return path + "/" + key;
    }

    private static String path(String text) throws BackupException {
        String path = text.replaceAll("/{2,}", "/").replaceFirst("(?<=.)/$", "");
        boolean climbs = ("/" + path + "/").contains("/../");
        if (path.isEmpty() || path.equals("/") || climbs || path.length() > MAX_PATH || path.chars().anyMatch(Character::isISOControl)) {
            throw refused("path", text, "give the path of a folder of its own, without \"..\", absolute or from where a login begins, like backups/azekura");
        }
        return path;
    }

    /** Finds them in what people paste, like a line of {@code ssh-keygen -l}. */
    private static Set<String> hostKeys(String text) throws BackupException {
        Set<String> found = new LinkedHashSet<>();
        for (Matcher each = FINGERPRINT.matcher(text); each.find();) {
            found.add("SHA256:" + each.group(1));
        }
        if (found.isEmpty() && !text.isEmpty()) {
            throw refused("hostKey", text, "give the fingerprint of the server's host key, like SHA256: and 43 characters, which \"ssh-keyscan HOST | ssh-keygen -lf -\""
                    + " tells on a machine that you trust, or the server's operator");
        }
        return found;
    }

    private static void between(String name, int value, int most) throws BackupException {
        if (value < 1 || value > most) {
            throw refused(name, Integer.toString(value), "give a number from 1 to " + most);
        }
    }

    static String text(String setting) {
        return setting == null ? "" : setting.strip();
    }

    /** @param value empty where it could hold a secret */
    static BackupException refused(String name, String value, String what) {
        return BackupException.operator("setting." + name, value, "the setting " + name + (value.isEmpty() ? "" : " = " + value) + " will not do: " + what);
    }
}
