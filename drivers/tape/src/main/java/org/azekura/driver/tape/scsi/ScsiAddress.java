package org.azekura.driver.tape.scsi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.iscsi.IscsiPath;
import org.azekura.driver.tape.sg.SgPath;

/** Addresses of logical units as people write them: {@code /dev/sg3}, {@code iscsi://HOST[:PORT]/TARGET/LUN}. */
public final class ScsiAddress {

    /** The target's name ends at the last slash: names of targets have none (RFC 3722). */
    private static final Pattern ISCSI = Pattern.compile("(?i:iscsi)://(\\[[0-9a-fA-F:.%]+\\]|[^/:\\[\\]]+)(?::(\\d{1,5}))?/([^/]{1,223})/(\\d{1,5})");
    private static final Pattern SG = Pattern.compile("/dev/[^\\x00]+");
    private static final int MOST_PORT = 65_535;
    private static final String US = "iqn.2026-01.org.azekura:";

    private ScsiAddress() {}

    /** As {@link #parse(String, String)}, for a setting called {@code address}. */
    public static ScsiPath parse(String url) throws BackupException {
        return parse("address", url);
    }

    /**
     * Opens nothing, and looks nothing up.
     *
     * @param setting in which it was written
     * @throws BackupException {@code setting.*}, with what would do
     */
    public static ScsiPath parse(String setting, String url) throws BackupException {
        String given = url.strip();
        Matcher iscsi = ISCSI.matcher(given);
        if (iscsi.matches()) {
            return iscsi(setting, given, iscsi);
        }
        if (SG.matcher(given).matches()) {
            return new SgPath(Path.of(given));
        }
        throw wrong(setting, url, "write /dev/sgN, as \"lsscsi -g\" lists them, or iscsi://HOST:PORT/TARGET/LUN, like"
                + " iscsi://10.0.0.5/iqn.2020-01.com.example:tape/0");
    }

    private static ScsiPath iscsi(String setting, String url, Matcher parts) throws BackupException {
        String host = parts.group(1).startsWith("[") ? parts.group(1).substring(1, parts.group(1).length() - 1) : parts.group(1);
        int port = parts.group(2) == null ? IscsiPath.USUAL_PORT : Integer.parseInt(parts.group(2));
        int lun = Integer.parseInt(parts.group(4));
        if (port < 1 || port > MOST_PORT) {
            throw wrong(setting, url, "a port is 1 to " + MOST_PORT);
        }
        if (lun > IscsiPath.MOST_LUN) {
            throw wrong(setting, url, "the number of a logical unit is 0 to " + IscsiPath.MOST_LUN);
        }
        return new IscsiPath(initiator(), host, port, parts.group(3), lun, url, null);
    }

    /** The name by which targets know this host. */
    private static String initiator() {
        String host;
        try {
            host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            host = "";
        }
        String name = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        return US + (name.isEmpty() ? "node" : name);
    }

    private static BackupException wrong(String setting, String url, String why) {
        return BackupException.operator("setting." + setting, url, "the setting " + setting + " = " + url + " will not do: " + why);
    }
}
