package org.azekura.server.enrol;

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

    /** @return null if it never said one */
    static String of(CatalogView view, String peer) throws BackupException {
        return view.setting(SETTING + peer).filter(said -> !said.isEmpty()).orElse(null);
    }
}
