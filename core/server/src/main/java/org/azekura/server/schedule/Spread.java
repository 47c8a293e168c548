package org.azekura.server.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSetId;

/** How far behind the others a backup of a policy begins: always the same, so that nothing has to be kept. */
final class Spread {

    private Spread() {}

    /** Zero to just below the whole. */
    static Duration of(Duration whole, PolicyName policy, SaveSetId saveSet) {
        CRC32C hash = new CRC32C();
        hash.update((policy + " " + saveSet).getBytes(StandardCharsets.UTF_8));
        return Duration.ofMillis((long) (hash.getValue() / (double) (1L << 32) * whole.toMillis()));
    }
}
