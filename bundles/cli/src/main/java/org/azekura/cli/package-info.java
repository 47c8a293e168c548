/** The command line; speaks REST only. */
package org.azekura.cli;
