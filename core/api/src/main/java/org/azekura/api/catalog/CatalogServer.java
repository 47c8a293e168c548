package org.azekura.api.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.Endpoint;

/**
 * One of the servers that have a catalog open.
 *
 * @param name   of its host
 * @param place  where it answers, like {@code https://backup2.example.net:8443}; empty if it has not said so yet
 * @param hosts  where hosts reach it when it leads
 * @param leads  whether it is the one that changes something
 * @param here   whether it is this very server
 * @param since  when it began to lead or to stand by
 * @param silent how long nothing was heard of it, by the clock of the catalog's store
 */
public record CatalogServer(String name, String place, List<Endpoint> hosts, boolean leads, boolean here, Instant since, Duration silent) {}
