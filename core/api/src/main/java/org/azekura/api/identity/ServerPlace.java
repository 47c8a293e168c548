package org.azekura.api.identity;

import org.azekura.api.Endpoint;

/**
 * One of the servers of an appliance, as its hosts know it.
 *
 * @param name like {@code server/backup1}; it is no other's. Empty for one that was not met yet
 * @param at   where hosts reach it; an address that leaves the host out stands for the host at which who tells of it is reached
 */
public record ServerPlace(String name, Endpoint at) {}
