package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.engine.volume.PrivateItem;

/**
 * How devices are set, as their nodes said last: the nodes keep it, and a lost host tells nothing any more. After a loss nobody remembers a bucket, its region or where a
 * changer is. A setting of the catalog for each, without its secrets.
 */
public final class KnownDevices {

    private static final String SETTING = "device.known/";

    private KnownDevices() {}

    /** By node and name. */
    static List<PrivateItem.DeviceBefore> of(CatalogView view) throws BackupException {
        List<PrivateItem.DeviceBefore> devices = new ArrayList<>();
        for (String text : view.settings(SETTING).values()) {
            if (PrivateItem.of(Base64.getDecoder().decode(text)) instanceof PrivateItem.DeviceBefore device) {
                devices.add(device);
            }
        }
        return devices;
    }

    /** What nodes that are here say takes the place of what they said; what is of others stays. */
    public static void note(CatalogEdit edit, Set<NodeName> asked, List<PrivateItem.DeviceBefore> said) throws BackupException {
        for (PrivateItem.DeviceBefore known : of(edit)) {
            if (asked.contains(known.node()) && said.stream().noneMatch(device -> device.node().equals(known.node()) && device.name().equals(known.name()))) {
                edit.deleteSetting(setting(known));
            }
        }
        for (PrivateItem.DeviceBefore device : said) {
            edit.putSetting(setting(device), Base64.getEncoder().encodeToString(device.encoded()));
        }
    }

    private static String setting(PrivateItem.DeviceBefore device) {
        return SETTING + device.node() + "/" + device.name();
    }
}
