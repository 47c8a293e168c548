/**
 * The firmware of a dedicated appliance. What is written and what is believed is the updater's to judge (RAUC, by its own keyring): this room asks it, names
 * the drivers that would not be served, and tells how far it is.
 */
package org.azekura.server.firmware;
