package org.azekura.storagenode.driver;

import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.driver.SettingsForm;

/** Forms of drivers that are no bundles. */
public final class Forms {

    private Forms() {}

    /** Settings that are texts, and secret if they are called so. */
    public static SettingsForm of(String driver, String... settings) {
        return new SettingsForm(driver, driver, "", Stream.of(settings).map(name -> new SettingsForm.Setting(name, name, "",
                name.equals("secret") ? SettingsForm.Kind.SECRET : SettingsForm.Kind.TEXT, false, null, null, null, List.of())).toList());
    }
}
