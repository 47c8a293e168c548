package org.azekura.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.server.Pools;

/**
 * Which cartridges a pool may have, and what becomes of them.
 *
 * @param blank    whether it takes blank ones by itself
 * @param scratch  whether it takes those that are needed no more
 * @param keep     seconds for which none is labelled anew after packs last came on it
 * @param repack   percent that count, below which one is copied away
 * @param cutAfter seconds after its label was made at which one is closed; 0: when it is full
 * @param cutSize  bytes of packs at which one is closed; 0: when it is full
 * @param reserve  cartridges that are left for copies
 * @param setAfter seconds after which a media set is followed by the next; 0: when somebody says so
 * @param setSize  bytes of packs at which one is followed by the next; 0: when somebody says so
 */
record MediaRulesView(boolean blank, boolean scratch, long keep, int repack, long cutAfter, long cutSize, int reserve, long setAfter, long setSize) {

    static MediaRulesView of(MediaRules rules) {
        return new MediaRulesView(rules.blank(), rules.scratch(), rules.keep().toSeconds(), rules.repack(), rules.cutAfter().toSeconds(), rules.cutSize(),
                rules.reserve(), rules.setAfter().toSeconds(), rules.setSize());
    }

    /** @throws Refusal if it is not of this form */
    static Pools.Rules read(ObjectNode body) throws Refusal {
        Change change = Json.read(body, Change.class);
        return new Pools.Rules(change.blank, change.scratch, change.keep, change.repack, change.cutAfter, change.cutSize, change.reserve, change.setAfter,
                change.setSize);
    }

    /** What is null stays. */
    private record Change(Boolean blank, Boolean scratch, Long keep, Integer repack, Long cutAfter, Long cutSize, Integer reserve, Long setAfter,
            Long setSize) {}
}
