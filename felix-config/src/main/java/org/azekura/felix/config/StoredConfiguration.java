package org.azekura.felix.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Brings what the configuration files say into ConfigurationAdmin, where the console and the command line also write. Only what
 * changed in the files since the last start is applied: a setting made in the console stays until its file says something new.
 */
final class StoredConfiguration {

    /** Any bundle may receive it: the names are unique, and a driver's location changes with each update. */
    private static final String ANY_BUNDLE = "?";

    private final ConfigurationAdmin admin;
    private final Path applied;

    /** @param applied remembers what the files said at the last start */
    StoredConfiguration(ConfigurationAdmin admin, Path applied) {
        this.admin = admin;
        this.applied = applied;
    }

    void apply(SortedMap<String, Hashtable<String, Object>> settings) throws IOException {
        Properties before = load();
        Properties now = new Properties();
        for (var entry : settings.entrySet()) {
            String pid = entry.getKey();
            now.setProperty(pid, fingerprint(entry.getValue()));
            if (!now.getProperty(pid).equals(before.getProperty(pid))) {
                configuration(pid).updateIfDifferent(entry.getValue());
            }
        }
        for (String pid : before.stringPropertyNames()) {
            if (!settings.containsKey(pid)) {
                configuration(pid).delete();
            }
        }
        try (OutputStream out = Files.newOutputStream(applied)) {
            now.store(out, null);
        }
    }

    private Configuration configuration(String pid) throws IOException {
        int tilde = pid.indexOf('~');
        return tilde < 0
                ? admin.getConfiguration(pid, ANY_BUNDLE)
                : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), ANY_BUNDLE);
    }

    private Properties load() throws IOException {
        Properties properties = new Properties();
        if (Files.exists(applied)) {
            try (InputStream in = Files.newInputStream(applied)) {
                properties.load(in);
            }
        }
        return properties;
    }

    /** Equal exactly for equal settings: keys in order, each with its type. */
    private static String fingerprint(Hashtable<String, Object> properties) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(properties).forEach((key, value) -> text.append(key).append('\0').append(value.getClass().getName()).append('\0')
                .append(Arrays.deepToString(new Object[] {value})).append('\0'));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
