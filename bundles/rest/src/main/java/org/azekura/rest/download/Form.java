package org.azekura.rest.download;

import java.util.Locale;

/** How what was selected comes. */
enum Form {
    /** One file, as it is. */
    FILE,
    /** Every system opens it; has neither devices nor extended attributes, and hard links as files of their own. */
    ZIP,
    TAR;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
