package org.azekura.access;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.access.Passkeys.Site;

/**
 * For which host passkeys are made (the RP id): by itself the name in the address bar, so a passkey is good for one name of the appliance; the setting names one for all,
 * which is that name or a domain that it is in. Browsers have none for addresses.
 *
 * @param setting empty: none
 */
record PasskeyHost(Supplier<String> setting) {

    private static final String ADDRESS = "[0-9.]+|.*:.*";

    /** Empty: none can be there. */
    Optional<String> of(Site site) {
        String host = site.host().toLowerCase(Locale.ROOT);
        String set = setting.get().strip().toLowerCase(Locale.ROOT);
        if (host.matches(ADDRESS) || host.isEmpty()) {
            return Optional.empty();
        }
        return set.isEmpty() ? Optional.of(host) : host.equals(set) || host.endsWith("." + set) ? Optional.of(set) : Optional.empty();
    }

    String require(Site site) throws BackupException {
        return of(site).orElseThrow(() -> BackupException.operator("passkey.host", site.host(), setting.get().isBlank()
                ? "browsers know no passkeys at an address of numbers; open the console by the appliance's name" : "passkeys are made for " + setting.get().strip()
                        + "; open the console by that name"));
    }
}
