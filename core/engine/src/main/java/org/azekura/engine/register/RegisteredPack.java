package org.azekura.engine.register;

import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;

/**
 * A pack, as a register names it.
 *
 * @param chunks as many as the pack's own index names
 * @param places as many of them as the register names, each once
 */
public record RegisteredPack(PackId id, boolean tree, TrustGroup group, long size, int chunks, int places) {}
