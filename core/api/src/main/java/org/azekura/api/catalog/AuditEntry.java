package org.azekura.api.catalog;

import java.time.Instant;

/**
 * One line of the audit log.
 *
 * @param number    1 for the first, without gaps
 * @param time      retention time
 * @param machine   what the machine's clock said
 * @param who       as {@link org.azekura.api.access.Caller#name}
 * @param from      the address that it came from, empty on this machine
 * @param operation what was asked for
 * @param object    what it was asked of, empty if that is all there is
 * @param outcome   {@code done}, or the code of what it failed with
 * @param hash      SHA-256 over the hash of the line before and this one; see {@link org.azekura.api.access.AuditLog}
 */
public record AuditEntry(long number, Instant time, Instant machine, String who, String from, String operation, String object, String outcome, byte[] hash) {}
