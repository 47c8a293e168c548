package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.ClientName;
import org.azekura.api.TrustGroup;

/**
 * A host whose data is protected.
 *
 * @param trustGroup whose known chunks it shares
 * @param signingKey its Ed25519 public key (X.509 form), null before its first contact
 * @param lastSeen   null before its first contact
 */
public record Client(ClientName name, TrustGroup trustGroup, byte[] signingKey, Instant lastSeen) {}
