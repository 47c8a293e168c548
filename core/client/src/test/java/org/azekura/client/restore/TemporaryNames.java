package org.azekura.client.restore;

import org.azekura.api.RawPath;

/** Tells tests what is left of a path. */
public final class TemporaryNames {

    private TemporaryNames() {}

    public static byte[] of(RawPath saved) {
        return TemporaryName.of(TargetPath.of(saved));
    }
}
