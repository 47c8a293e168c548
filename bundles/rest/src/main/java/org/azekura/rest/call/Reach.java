package org.azekura.rest.call;

import java.util.List;
import java.util.Set;
import org.azekura.api.access.Right;

/** Whether a route is about things of some clients, or about the appliance as a whole. */
enum Reach {

    /**
     * Nothing is said: what runs or changes the appliance is about all of it, unless its path names a client, which the frame looks at. What is only
     * looked at, like pools and devices, is nobody's in particular.
     */
    BY_RIGHTS,

    /** The endpoint looks at what its caller sees. */
    SCOPED,

    /** It is about all. */
    ALL;

    boolean isOfAll(Set<Right> rights, List<String> places) {
        return switch (this) {
            case BY_RIGHTS -> !places.contains("client") && (rights.contains(Right.OPERATE) || rights.contains(Right.ADMINISTER));
            case SCOPED -> false;
            case ALL -> true;
        };
    }
}
