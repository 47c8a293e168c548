/**
 * Libraries as people see them: where every cartridge is, and what is done with them by hand. A storage node moves and reads; here is decided what, and the
 * catalog is brought in step with what was found. The changer's inventory is the truth about where a cartridge is, its label about what it is.
 *
 * <p>Settings in the catalog: {@code cleaning.BARCODE} is how often that cleaning cartridge was used.
 */
package org.azekura.server.library;
