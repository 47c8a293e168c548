package org.azekura.installer;

import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.Version;

/**
 * A version of a driver whose bundles lie on the disk.
 *
 * @param content   its content id; empty for what came with the appliance and in no package
 * @param publisher empty if nobody has signed it, or if it came with the appliance
 * @param folder    of the bundles
 * @param bundles   in the order in which they start
 */
record Whole(String name, Version version, Admission.Kind kind, String content, String publisher, Path folder, List<String> bundles) {

    Whole {
        bundles = List.copyOf(bundles);
    }

    static Whole of(String name, About about, Path folder) {
        return new Whole(name, about.version(), about.kind(), about.content(), about.publisher(), folder, about.bundles());
    }

    /** Whether the launcher finds it in the distribution's own list. */
    boolean isShipped() {
        return content.isEmpty();
    }

    /** For people. */
    String source() {
        return isShipped() ? "the distribution" : publisher.isEmpty() ? "nobody" : publisher;
    }
}
