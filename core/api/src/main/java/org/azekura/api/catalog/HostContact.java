package org.azekura.api.catalog;

import java.time.Instant;

/** When a host was last connected. @param peer like {@code node/n1} */
public record HostContact(String peer, Instant lastSeen) {}
