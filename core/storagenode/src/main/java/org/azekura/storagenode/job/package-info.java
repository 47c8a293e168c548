/**
 * What a job does with packs on this node: packs in the making, which end together with it, what it may send and keep, and how a prune writes packs anew.
 */
package org.azekura.storagenode.job;
