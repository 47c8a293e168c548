/** The command {@code azekura bench}. */
package org.azekura.bench;
