/** Policies: when what is saved is saved, and how long it stays. */
package org.azekura.cli.policy;
