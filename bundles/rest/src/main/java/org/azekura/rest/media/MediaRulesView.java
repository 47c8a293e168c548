package org.azekura.rest.media;

import org.azekura.api.catalog.MediaRules;
import org.azekura.api.server.Pools;
import org.azekura.rest.call.Refusal;

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
 * @param encryption drive if drives seal what they write, else none
 * @param errorFactor so many times as many corrected errors as usual make one suspect; 0: never
 */
record MediaRulesView(boolean blank, boolean scratch, long keep, int repack, long cutAfter, long cutSize, int reserve, long setAfter, long setSize,
        String encryption, int errorFactor) {

    private static final String DRIVE = "drive";
    private static final String NONE = "none";

    static MediaRulesView of(MediaRules rules) {
        return new MediaRulesView(rules.blank(), rules.scratch(), rules.keep().toSeconds(), rules.repack(), rules.cutAfter().toSeconds(), rules.cutSize(),
                rules.reserve(), rules.setAfter().toSeconds(), rules.setSize(), rules.sealed() ? DRIVE : NONE, rules.errorFactor());
    }

    /** @throws Refusal if it is not of this form */
    static Pools.Rules read(Change change) throws Refusal {
        return new Pools.Rules(change.blank, change.scratch, change.keep, change.repack, change.cutAfter, change.cutSize, change.reserve, change.setAfter,
                change.setSize, seals(change.encryption), change.errorFactor);
    }

    private static Boolean seals(String word) throws Refusal {
        if (word != null && !word.equals(DRIVE) && !word.equals(NONE)) {
            throw Refusal.badRequest("request.value", "encryption", "the field \"encryption\" is drive or none, not \"" + word + "\"");
        }
        return word == null ? null : word.equals(DRIVE);
    }

    /** What is null stays. */
    record Change(Boolean blank, Boolean scratch, Long keep, Integer repack, Long cutAfter, Long cutSize, Integer reserve, Long setAfter,
            Long setSize, String encryption, Integer errorFactor) {}
}
