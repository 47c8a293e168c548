package org.azekura.server.enrol;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;

/** Which version a host ran when it last came in; kept, for who plans an update wants to know it of those that are away, too. */
final class HostVersion {

    private static final String SETTING = "host.version.";
    /** A version is a few letters; a host that says more is not believed to the end, nor may it break a line. */
    private static final int LONGEST = 64;

    private HostVersion() {}

    static void keep(CatalogEdit edit, String peer, String version) throws BackupException {
        String said = version == null ? "" : version.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
        edit.putSetting(SETTING + peer, said.substring(0, Math.min(said.length(), LONGEST)));
    }

    /** Of each host that ever said one. */
    static Map<String, String> all(CatalogView view) throws BackupException {
        Map<String, String> versions = new HashMap<>();
        view.settings(SETTING).forEach((name, said) -> {
            if (!said.isEmpty()) {
                versions.put(name.substring(SETTING.length()), said);
            }
        });
        return versions;
    }
}
