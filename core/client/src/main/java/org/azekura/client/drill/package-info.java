/**
 * Rehearsals of restores. What a plan brings is restored as any restore does it ({@link org.azekura.client.restore}) into a scratch place of this client's own, portion by
 * portion as they fit there, and read back: every slice of every file is held against the hash that it had when its chunk came out of its seal and was what its id
 * says; attributes against the plan. Nothing stays but what was found.
 */
package org.azekura.client.drill;
