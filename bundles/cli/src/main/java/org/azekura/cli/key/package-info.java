/** Keys of pools, and who can open them. */
package org.azekura.cli.key;
