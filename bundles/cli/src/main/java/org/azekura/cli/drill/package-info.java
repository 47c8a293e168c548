/** Drills, and the signed reports about them. */
package org.azekura.cli.drill;
